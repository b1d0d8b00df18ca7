/** What became of one message that was sent by Enter. */
export interface SendFigures {
  /** Ms from the key's handlers until its bubble is in the document. */
  readonly domMs: number;
  /** Frames begun since the key, up to the one that paints the bubble. */
  readonly paintFrames: number;
  /** Ms from the key's own time stamp until that frame is done. */
  readonly paintMs: number;
  /** Ms from the key's handlers until the bubble is labelled "Sent". */
  readonly sentMs: number;
}

/** Watches the widget's transcript or the bare one (bare.ts). `watch…` arms it; what it saw is asked for afterwards. */
export interface ScreenProbe {
  watchSend(text: string, where: 'widget' | 'bare'): void;
  sendFigures(): Promise<SendFigures>;
  watchTexts(texts: readonly string[]): void;
  /** `performance.now()` once a frame with the last of the texts is done. */
  textsPaintedAt(): Promise<number>;
}

/** Runs in the page before anything else does; sees nothing of this module but itself. */
export function installScreen(): void {
  let figures: Promise<SendFigures> | null = null;
  let paintedAt: Promise<number> | null = null;
  /** Waits for the next key. */
  let pressed: ((at: number) => void) | null = null;
  // Before the widget's own listener, which keeps the chat's keys from the page.
  const onKey = ({ timeStamp }: KeyboardEvent) => {
    pressed?.(timeStamp);
    pressed = null;
  };
  window.addEventListener('keydown', onKey, { capture: true });

  function transcript(where: 'widget' | 'bare'): ShadowRoot | Element {
    const root =
      where === 'bare' ? document.querySelector('#bare') : document.querySelector('attache-chat')?.shadowRoot;
    if (!root) throw new Error(`there is no ${where} transcript on the page`);
    return root;
  }
  const articles = (root: ParentNode) => Array.from(root.querySelectorAll('article'));

  /** A message posted in a frame's callback is delivered when the frame is done. */
  function afterThisFrame(then: () => void): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  }

  /** Calls `check` on every change below the root until it says true. */
  function watch(root: Node, check: () => boolean): void {
    const observer = new MutationObserver(() => check() && observer.disconnect());
    const options = { childList: true, characterData: true, attributes: true, attributeFilter: ['aria-label'] };
    observer.observe(root, { ...options, subtree: true });
    if (check()) observer.disconnect();
  }

  function follow(
    text: string,
    root: ShadowRoot | Element,
    pressed: number,
    resolve: (figures: SendFigures) => void,
  ): void {
    const began = performance.now();
    let domMs: number | null = null;
    let sentMs: number | null = null;
    let painted: { frames: number; at: number } | null = null;
    let frames = 0;

    function settle(): void {
      if (domMs === null || sentMs === null || painted === null) return;
      resolve({ domMs, sentMs, paintFrames: painted.frames, paintMs: painted.at - pressed });
    }
    function frame(): void {
      frames += 1;
      if (domMs === null) {
        requestAnimationFrame(frame);
        return;
      }
      afterThisFrame(() => {
        painted = { frames, at: performance.now() };
        settle();
      });
    }
    requestAnimationFrame(frame);
    watch(root, () => {
      const article = articles(root).findLast((one) => one.textContent?.includes(text));
      if (!article) return false;
      const now = performance.now();
      domMs ??= now - began;
      if (!/, Sent$/.test(article.ariaLabel ?? '')) return false;
      sentMs = now - began;
      settle();
      return true;
    });
  }

  const probe: ScreenProbe = {
    watchSend(text, where) {
      const root = transcript(where);
      figures = new Promise((resolve) => {
        pressed = (at) => follow(text, root, at, resolve);
      });
    },
    async sendFigures() {
      if (!figures) throw new Error('no message is watched');
      return figures;
    },
    watchTexts(texts) {
      const root = transcript('widget');
      paintedAt = new Promise((resolve) => {
        watch(root, () => {
          const shown = articles(root).map((article) => article.textContent ?? '');
          // The transcript keeps its order and paints only what is near: the last one says that all are there.
          const last = texts.at(-1) ?? '';
          if (!shown.some((content) => content.includes(last))) return false;
          requestAnimationFrame(() => afterThisFrame(() => resolve(performance.now())));
          return true;
        });
      });
    },
    async textsPaintedAt() {
      if (paintedAt === null) throw new Error('no texts are watched');
      return paintedAt;
    },
  };
  Object.assign(window, { screenProbe: probe });
}
