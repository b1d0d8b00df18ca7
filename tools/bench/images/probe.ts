import type { Ports } from '../../../src/flows/ports.ts';

/** What one piece of work took. */
export interface Taken {
  readonly ms: number;
  /** Longest time for which a heartbeat of 1 ms did not come; timers nested deeply are 4 ms apart in Chromium anyway. */
  readonly gapMs: number;
  /** Longest task of more than 50 ms, 0 when there was none. */
  readonly longTaskMs: number;
  /** Bytes of the file that would be sent. */
  readonly bytes: number;
  /** Characters of the preview. */
  readonly characters: number;
}

/** Works on the picked file. */
export interface ImagesProbe {
  /** From the picked file to what is sent and shown, with this limit in bytes. */
  ready(limit: number): Promise<Taken>;
  /** What becomes of the picked file: why it is refused, or `shown` or `unseen` where it may be sent; and in how many ms. */
  end(): Promise<{ readonly ms: number; readonly ends: string }>;
  /** What would be sent of the picked file with this limit in bytes, in base64. */
  sent(limit: number): Promise<string>;
  /** Directives of the page's policy that anything has come up against. */
  violations(): readonly string[];
  /** Ms from the picked file until a frame that shows its embedded view is done. */
  glimpse(): Promise<number>;
  /** browser-image-compression with these options. */
  compress(options: object): Promise<Taken>;
}

/** What the page has loaded. */
interface Loaded {
  readonly fileWork: Ports['media'];
  imageCompression(file: File, options: object): Promise<Blob>;
}

/** Runs in the page before anything else does; sees nothing of this module but itself. */
export function installImages(): void {
  function picked(): { file: File; work: Ports['media'] } {
    const file = document.querySelector('input')?.files?.[0];
    if (!file) throw new Error('nothing is picked');
    return { file, work: (window as unknown as Loaded).fileWork };
  }

  const violations: string[] = [];
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) => violations.push(effectiveDirective));

  async function made(limit: number) {
    const { file, work } = picked();
    const limits = { image: limit, document: limit };
    const accepted = await work.examine(file, limits, 'on');
    return 'why' in accepted ? accepted : work.ready(file, accepted, { limits, signal: new AbortController().signal });
  }

  async function readied(limit: number) {
    const ready = await made(limit);
    if ('why' in ready) throw new Error(ready.why);
    return ready;
  }

  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));

  async function watched(job: () => Promise<{ bytes: number; characters: number }>): Promise<Taken> {
    let [gapMs, longTaskMs, last] = [0, 0, performance.now()];
    const ended = new AbortController();
    const beat = () => {
      const now = performance.now();
      gapMs = Math.max(gapMs, now - last);
      last = now;
      if (!ended.signal.aborted) setTimeout(beat, 1);
    };
    const observer = new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) longTaskMs = Math.max(longTaskMs, duration);
    });
    beat();
    await pause(50);
    observer.observe({ type: 'longtask' });
    gapMs = 0;
    const began = performance.now();
    const made = await job();
    const ms = performance.now() - began;
    // Long tasks are told late, and what the job has set off belongs to it.
    await pause(200);
    ended.abort();
    observer.disconnect();
    return { ms, gapMs, longTaskMs, ...made };
  }

  const probe: ImagesProbe = {
    ready: (limit) =>
      watched(async () => {
        const { blob, about } = await readied(limit);
        return { bytes: blob.size, characters: about.preview?.length ?? 0 };
      }),
    async end() {
      const began = performance.now();
      const ended = await made(3_000_000);
      const ms = performance.now() - began;
      return { ms, ends: 'why' in ended ? ended.why : ended.about.preview ? 'shown' : 'unseen' };
    },
    async sent(limit) {
      const { blob } = await readied(limit);
      const reader = new FileReader();
      reader.readAsDataURL(blob);
      await new Promise((resolve) => reader.addEventListener('load', resolve));
      return String(reader.result).split(',')[1] ?? '';
    },
    violations: () => violations,
    async glimpse() {
      const { file, work } = picked();
      const limits = { image: 3_000_000, document: 3_000_000 };
      const image = new Image();
      const began = performance.now();
      const accepted = await work.examine(file, limits, 'on');
      if ('why' in accepted) throw new Error(`${file.name}: ${accepted.why}`);
      image.src = (await work.glimpse(file, accepted.inspection)) ?? '';
      await image.decode();
      document.body.append(image);
      // The second frame begins when the first is done.
      await frame();
      await frame();
      image.remove();
      return performance.now() - began;
    },
    compress(options) {
      const { file } = picked();
      const { imageCompression } = window as unknown as Loaded;
      return watched(async () => ({ bytes: (await imageCompression(file, options)).size, characters: 0 }));
    },
  };
  Object.assign(window, { imagesProbe: probe });
}
