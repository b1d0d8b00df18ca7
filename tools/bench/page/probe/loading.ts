/** Watches a page from its first moment. Times are `performance.now()`, ms. */
export interface LoadingProbe {
  /** Once a frame with the launcher, the widget's or a floor's, is done. */
  launcherShownAt(): Promise<number>;
  /** The next click opens a panel. */
  watchPanel(): void;
  /** From the click's own time stamp until a frame with a field that can be written in is done. */
  panelMs(): Promise<number>;
  vitals(): Vitals;
  /** Elements of the page, those in the widget's shadow root included. */
  elements(): number;
}

export interface Vitals {
  readonly lcpMs: number;
  readonly cls: number;
  /** What long tasks take beyond 50 ms, summed. */
  readonly tbtMs: number;
  readonly longTasks: number;
  /** Of frames that blocked input, what scripts of the loader took, ms. */
  readonly loaderMs: number;
}

/** Runs in the page before anything else does; sees nothing of this module but itself. */
export function installLoading(): void {
  const LONG = 50;
  let lcpMs = 0;
  let cls = 0;
  let tbtMs = 0;
  let longTasks = 0;
  let loaderMs = 0;
  let panel: Promise<number> | null = null;

  function watch(type: string, each: (entry: PerformanceEntry) => void): void {
    new PerformanceObserver((list) => list.getEntries().forEach(each)).observe({ type, buffered: true });
  }
  watch('largest-contentful-paint', ({ startTime }) => {
    lcpMs = startTime;
  });
  watch('layout-shift', (entry) => {
    cls += (entry as unknown as { value: number }).value;
  });
  watch('longtask', ({ duration }) => {
    longTasks += 1;
    tbtMs += duration - LONG;
  });
  watch('long-animation-frame', (entry) => {
    const { scripts } = entry as unknown as { scripts: { sourceURL: string; duration: number }[] };
    for (const { sourceURL, duration } of scripts) if (sourceURL.includes('/loader.js')) loaderMs += duration;
  });

  const shadow = () => document.querySelector('attache-chat')?.shadowRoot;
  const launcher = () => shadow()?.querySelector('button') ?? document.querySelector('#launcher');
  const field = () => (shadow() ?? document).querySelector('textarea');
  const seen = (element: Element | null | undefined) => (element?.getBoundingClientRect().width ?? 0) > 0;

  /** When the first frame in which it is so is done: a message posted in a frame's callback is delivered then. */
  function frameWith(is: () => boolean): Promise<number> {
    return new Promise((resolve) => {
      const look = () => {
        if (!is()) return requestAnimationFrame(look);
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = () => resolve(performance.now());
        return port2.postMessage(null);
      };
      requestAnimationFrame(look);
    });
  }
  const shown = frameWith(() => seen(launcher()));

  const probe: LoadingProbe = {
    launcherShownAt: () => shown,
    watchPanel() {
      panel = new Promise((resolve) => {
        const options = { capture: true, once: true };
        window.addEventListener(
          'click',
          ({ timeStamp }) => {
            void frameWith(() => seen(field()) && !field()?.disabled).then((at) => resolve(at - timeStamp));
          },
          options,
        );
      });
    },
    async panelMs() {
      if (!panel) throw new Error('no click is watched');
      return panel;
    },
    vitals: () => ({ lcpMs, cls, tbtMs, longTasks, loaderMs }),
    elements: () => document.querySelectorAll('*').length + (shadow()?.querySelectorAll('*').length ?? 0),
  };
  Object.assign(window, { loadingProbe: probe });
}
