import type { Locks, PageFace, Surroundings } from '../net/ports.ts';
import { prefixOf } from '../net/storedKeys.ts';
import type { ChatStore } from '../store/store.ts';

export interface AttentionPorts {
  readonly account: string;
  readonly page: PageFace;
  readonly locks: Locks;
  readonly surroundings: Surroundings;
  /** Sound is the brand's choice and off by default. */
  readonly sound: boolean;
}

/**
 * While the page is out of sight, the number of unread messages stands before its title, in one tab of the browser only,
 * and one sound is made where the brand wants one. Coming back restores the title exactly (docs/PROTOCOL N1).
 */
export function startAttention(ports: AttentionPorts, store: ChatStore): { dispose(): void } {
  const { page, locks, surroundings } = ports;
  /** The page's own title, and ours as long as it stands there. */
  let worn: { own: string; ours: string; release(): void } | null = null;
  let asking = false;
  let ended = false;

  async function wear(count: number): Promise<void> {
    if (worn) {
      // The page has changed its title meanwhile: that one is to come back.
      const own = page.title() === worn.ours ? worn.own : page.title();
      worn = { ...worn, own, ours: `(${count}) ${own}` };
      return page.setTitle(worn.ours);
    }
    if (asking) return;
    asking = true;
    const release = await locks.take(`${prefixOf(ports.account)}:attention`);
    asking = false;
    // Another tab has the consumer's attention, or the consumer came back, or the chat ended while we asked.
    if (!release) return;
    const unread = store.getState().unread.length;
    if (ended || unread === 0 || surroundings.visible()) return release();
    const own = page.title();
    worn = { own, ours: `(${unread}) ${own}`, release };
    page.setTitle(worn.ours);
    if (ports.sound) page.chime();
  }

  function takeOff(): void {
    if (!worn) return;
    if (page.title() === worn.ours) page.setTitle(worn.own);
    worn.release();
    worn = null;
  }

  const stops = [
    store.subscribe(({ unread }, before) => {
      if (unread.length === 0) takeOff();
      else if (unread.length > before.unread.length && !surroundings.visible()) void wear(unread.length);
    }),
    surroundings.onVisible((visible) => visible && takeOff()),
  ];
  return {
    dispose() {
      ended = true;
      for (const stop of stops) stop();
      takeOff();
    },
  };
}
