/** Watches the widget's transcript. `watch…` arms it; what it saw is asked for afterwards. Times are ms. */
export interface TranscriptProbe {
  /** The next click opens a conversation that ends with this text. */
  watchOpening(lastText: string): void;
  /** From the click's own time stamp until a frame with the last message and a composer is done. */
  openedMs(): Promise<number>;
  /** A message with this text is about to come over the wire. */
  watchMessage(text: string): void;
  /** From the frame's arrival until the message is in the document, measured and scrolled to. */
  appendedMs(): Promise<number>;
  /** Scrolls by so many px in each of so many frames. */
  scroll(frames: number, by: number): Promise<ScrollFigures>;
  /** Each key from now on, from its own time stamp until the next frame is done. */
  watchKeys(): void;
  keyMs(): readonly number[];
  /** Elements of the widget. */
  elements(): number;
}

export interface ScrollFigures {
  /** Between two frames, at most. */
  readonly longestGapMs: number;
  /** Frames in which a part of the view showed no message although there was one. */
  readonly bareFrames: number;
}

/** Runs in the page before anything else does; sees nothing of this module but itself. */
export function installTranscript(): void {
  /** Px of view without a message that are a gap between two of them. */
  const BETWEEN = 90;
  const Native = window.WebSocket;
  let opened: Promise<number> | null = null;
  let appended: Promise<number> | null = null;
  let arrivedAt = Number.NaN;
  const keys: number[] = [];

  window.WebSocket = new Proxy(Native, {
    construct(target, given: [string]) {
      const socket = new target(...given);
      socket.addEventListener('message', () => {
        arrivedAt = performance.now();
      });
      return socket;
    },
  });

  function root(): ShadowRoot {
    const found = document.querySelector('attache-chat')?.shadowRoot;
    if (!found) throw new Error('there is no widget on the page');
    return found;
  }
  const articles = () => Array.from(root().querySelectorAll('article'));
  const shows = (text: string) => articles().some((article) => article.textContent?.includes(text));
  const nextFrame = () => new Promise<number>((resolve) => requestAnimationFrame(resolve));

  /** A message posted in a frame's callback is delivered when the frame is done. */
  async function frameDone(): Promise<number> {
    await nextFrame();
    return new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  }

  function once(is: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const observer = new MutationObserver(() => {
        if (!is()) return;
        observer.disconnect();
        resolve();
      });
      observer.observe(root(), { childList: true, subtree: true, characterData: true, attributes: true });
    });
  }

  function bare(scroller: Element): boolean {
    const { top, bottom } = scroller.getBoundingClientRect();
    let covered = top;
    for (const article of articles()) {
      const rect = article.getBoundingClientRect();
      if (rect.bottom <= top || rect.top >= bottom) continue;
      if (rect.top - covered > BETWEEN) return true;
      covered = rect.bottom;
    }
    return bottom - covered > BETWEEN;
  }

  let watching = false;
  // Before the widget's own listener, which keeps the chat's keys from the page.
  const onKey = ({ timeStamp }: KeyboardEvent) => {
    if (watching) void frameDone().then((at) => keys.push(at - timeStamp));
  };
  window.addEventListener('keydown', onKey, { capture: true });
  const probe: TranscriptProbe = {
    watchOpening(lastText) {
      opened = new Promise((resolve) => {
        const options = { capture: true, once: true };
        window.addEventListener(
          'click',
          async ({ timeStamp }) => {
            await once(() => shows(lastText) && root().querySelector('textarea') !== null);
            resolve((await frameDone()) - timeStamp);
          },
          options,
        );
      });
    },
    async openedMs() {
      if (!opened) throw new Error('no opening is watched');
      return opened;
    },
    watchMessage(text) {
      appended = once(() => shows(text)).then(() => performance.now() - arrivedAt);
    },
    async appendedMs() {
      if (!appended) throw new Error('no message is watched');
      return appended;
    },
    async scroll(frames, by) {
      const scroller = root().querySelector('.scroller');
      if (!scroller) throw new Error('there is nothing to scroll');
      let last = await nextFrame();
      let longestGapMs = 0;
      let bareFrames = 0;
      for (let frame = 0; frame < frames; frame += 1) {
        scroller.scrollTop += by;
        const now = await nextFrame();
        longestGapMs = Math.max(longestGapMs, now - last);
        if (bare(scroller)) bareFrames += 1;
        last = now;
      }
      return { longestGapMs, bareFrames };
    },
    watchKeys() {
      keys.length = 0;
      watching = true;
    },
    keyMs: () => keys,
    elements: () => root().querySelectorAll('*').length,
  };
  Object.assign(window, { transcriptProbe: probe });
}
