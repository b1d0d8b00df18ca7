/** Watches a photo on its way through the panel, and puts it without the widget. Times are `performance.now()`. */
export interface UploadProbe {
  /** Draws a grainy photo to send; settles with its bytes. */
  draw(): Promise<number>;
  /** Drops the photo under this name and waits until it lies in the tray, looked at; ms from the drop. */
  drop(name: string): Promise<number>;
  /** Presses the button that sends and waits until the message with the photo is sent; ms from the press. */
  send(name: string): Promise<number>;
  /** Ms of the widget's newest PUT, by the browser's own account. Settles when the photo has been fetched to be shown. */
  lastPut(): Promise<number>;
  /** Ms of the barest PUT of the same photo to a signed address, by the same account. Rejects unless it is stored. */
  barePut(url: string): Promise<number>;
}

/** Runs in the page before anything else does; sees nothing of this module but itself. */
export function installUploads(): void {
  const puts: PerformanceEntry[] = [];
  /** Addresses without signatures of what was fetched to be shown. */
  const shown = new Set<string>();
  let expected = 0;
  let photo = new Blob();
  const addressOf = ({ name }: PerformanceEntry) => name.split('?')[0] ?? '';
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
      if (entry.initiatorType === 'img') shown.add(addressOf(entry));
      else if (entry.initiatorType === 'xmlhttprequest' && entry.name.includes('temp_url_sig')) puts.push(entry);
    }
  }).observe({ type: 'resource', buffered: true });

  function panel(): ShadowRoot {
    const root = [...document.querySelectorAll('*')].find(({ shadowRoot }) => shadowRoot)?.shadowRoot;
    if (!root) throw new Error('the page has no chat');
    return root;
  }

  /** Settles in the frame in which something is there. */
  function until<T>(find: () => T | undefined | null | false): Promise<T> {
    return new Promise((resolve) => {
      const look = () => {
        const found = find();
        if (found) resolve(found);
        else requestAnimationFrame(look);
      };
      look();
    });
  }

  const labelled = (label: string) => panel().querySelector<HTMLButtonElement>(`button[aria-label="${label}"]`);

  function isSent(name: string): boolean {
    const rows = [...panel().querySelectorAll('article[aria-label$=", Sent"]')];
    return rows.some((row) => row.querySelector(`[aria-label*="${name}"], [alt*="${name}"]`));
  }

  /** Every PUT is told of once, some time after it has ended. */
  function newest(): Promise<PerformanceEntry> {
    expected += 1;
    return until(() => puts.length >= expected && puts.at(-1));
  }

  const probe: UploadProbe = {
    async draw() {
      const canvas = new OffscreenCanvas(2_400, 1_800);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      const image = context.createImageData(canvas.width, canvas.height);
      let seed = 7;
      for (let at = 0; at < image.data.length; at += 4) {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        const shade = 128 + 90 * Math.sin(at / 40_000) + (seed / 2_147_483_648 - 0.5) * 50;
        image.data.set([shade, shade * 0.8, 255 - shade, 255], at);
      }
      context.putImageData(image, 0, 0);
      photo = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
      return photo.size;
    },
    async drop(name) {
      const transfer = new DataTransfer();
      transfer.items.add(new File([photo], name, { type: photo.type }));
      const target = await until(() => panel().querySelector('[role=dialog]'));
      const began = performance.now();
      for (const type of ['dragenter', 'dragover', 'drop'])
        target.dispatchEvent(
          new DragEvent(type, { bubbles: true, cancelable: true, composed: true, dataTransfer: transfer }),
        );
      await until(() => labelled(`Remove ${name}`) && !panel().textContent?.includes(`Checking ${name}`));
      return performance.now() - began;
    },
    async send(name) {
      const began = performance.now();
      labelled('Send')?.click();
      await until(() => isSent(name));
      return performance.now() - began;
    },
    async lastPut() {
      const put = await newest();
      // The panel fetches what it has sent, and nothing else may run beside the next PUT.
      await until(() => shown.has(addressOf(put)));
      return put.duration;
    },
    async barePut(url) {
      await new Promise<void>((resolve, reject) => {
        const xhr = new XMLHttpRequest();
        xhr.open('PUT', url);
        xhr.setRequestHeader('Content-Type', photo.type);
        xhr.onload = () => (xhr.status === 201 ? resolve() : reject(new Error(`the store answered ${xhr.status}`)));
        xhr.onerror = () => reject(new Error('the store did not answer'));
        xhr.send(photo);
      });
      return (await newest()).duration;
    },
  };
  Object.assign(window, { uploadProbe: probe });
}
