import { advancedBy, completed, hasGap, type Progress, UNHEARD } from '../model/progress.ts';
import type { Clock, Service } from '../net/ports.ts';
import type { MessagingEvent } from '../protocol/types.ts';

/** Ms to wait for a first notification once a subscription is granted; a service may send none for an empty back-log. */
export const BACKLOG_WITHIN = 1_500;
/** Ms in which an event that was overtaken may still arrive by itself. */
const GAP_PATIENCE = 300;

/** Keeps dialogs subscribed on the present connection, and knows how far each has been heard without a hole. */
export interface Follower {
  /** A new connection: every subscription died with the last one. */
  renew(): void;
  /** Subscribes once per connection, from the first event not yet heard; settles when the back-log has been read. */
  follow(conversationId: string, dialogId: string): Promise<void>;
  /** Reads a followed dialog again. */
  reread(dialogId: string): Promise<void>;
  dispose(): void;
}

export function startFollower(service: Service, clock: Clock): Follower {
  /** Dialog id → its subscription on this connection. */
  let followed = new Map<string, Promise<void>>();
  const conversationOf = new Map<string, string>();
  const progress = new Map<string, Progress>();
  /** Called with the dialogs of each notification. */
  const waiting = new Set<(dialogIds: ReadonlySet<string>) => void>();
  let cancelGapCheck: (() => void) | null = null;

  async function subscribe(conversationId: string, dialogId: string): Promise<void> {
    const fromSeq = progress.get(dialogId)?.next ?? 0;
    const word = firstWord(dialogId);
    try {
      await service.request('ms.SubscribeMessagingEvents', { fromSeq, dialogId, conversationId });
      await word.come();
    } finally {
      word.end();
    }
    // A long back-log comes in several frames. Frames keep their order, so an answer asked for now comes after the last.
    await service.request('GetClock', undefined);
    progress.set(dialogId, completed(progress.get(dialogId) ?? UNHEARD));
  }

  /** The first notification of a dialog, before or after the answer to the subscription (PROTOCOL §4.1). */
  function firstWord(dialogId: string): { come(): Promise<void>; end(): void } {
    let came = () => {};
    const word = new Promise<void>((resolve) => {
      came = resolve;
    });
    const listen = (dialogIds: ReadonlySet<string>) => dialogIds.has(dialogId) && came();
    waiting.add(listen);
    let stop = () => {};
    return {
      come() {
        stop = clock.after(BACKLOG_WITHIN, came);
        return word;
      },
      end() {
        stop();
        waiting.delete(listen);
      },
    };
  }

  function follow(conversationId: string, dialogId: string): Promise<void> {
    conversationOf.set(dialogId, conversationId);
    const known = followed.get(dialogId);
    if (known) return known;
    const mine = followed;
    const done = subscribe(conversationId, dialogId).catch((error: unknown) => {
      if (mine.get(dialogId) === done) mine.delete(dialogId);
      throw error;
    });
    followed.set(dialogId, done);
    return done;
  }

  async function reread(dialogId: string): Promise<void> {
    const conversationId = conversationOf.get(dialogId);
    if (conversationId === undefined) return;
    // A reading that is under way may have begun before what is missing was said.
    await followed.get(dialogId)?.catch(() => {});
    followed.delete(dialogId);
    await follow(conversationId, dialogId);
  }

  /** Gaps are asked for, not guessed: an event that was overtaken is given a moment, then the dialog is read again. */
  function checkGaps(): void {
    if (cancelGapCheck || ![...progress.values()].some(hasGap)) return;
    cancelGapCheck = clock.after(GAP_PATIENCE, () => {
      cancelGapCheck = null;
      for (const [dialogId, heardSoFar] of progress) if (hasGap(heardSoFar)) reread(dialogId).catch(() => {});
    });
  }

  function heard(events: readonly MessagingEvent[]): void {
    for (const { dialogId, sequence } of events) {
      if (sequence !== null) progress.set(dialogId, advancedBy(progress.get(dialogId) ?? UNHEARD, sequence));
    }
    checkGaps();
  }

  const stop = service.on('messages', ({ events, dialogId }) => {
    heard(events);
    const dialogIds = new Set(events.map((event) => event.dialogId));
    if (dialogId !== null) dialogIds.add(dialogId);
    for (const listen of [...waiting]) listen(dialogIds);
  });

  return {
    renew() {
      followed = new Map();
    },
    follow,
    reread,
    dispose() {
      stop();
      cancelGapCheck?.();
    },
  };
}
