import { advancedBy, completed, hasGap, type Progress, UNHEARD } from '../model/progress.ts';
import type { Clock, Service } from '../net/ports.ts';
import { failureOf } from '../protocol/failure.ts';
import type { MessagingEvent } from '../protocol/types.ts';

/**
 * Ms to wait for a first notification once a subscription is granted; a service may send none where there is nothing to
 * tell. Long, because what comes later would be taken for absent: a conversation opened again, a message sent again.
 */
export const FIRST_WORD_WITHIN = 3_000;
/** Ms in which an event that was overtaken may still arrive by itself. */
const GAP_PATIENCE = 300;

interface Reading {
  readonly told: boolean;
  readonly events: readonly MessagingEvent[];
}

/** Keeps dialogs subscribed on the present connection, and knows how far each has been heard without a hole. */
export interface Follower {
  /** A new connection: every subscription died with the last one. */
  renew(): void;
  /** The consumer is somebody else from now on. */
  forget(): void;
  /** Subscribes once per connection, from where the dialog is known to; settles when the back-log has been read. */
  follow(conversationId: string, dialogId: string): Promise<void>;
  /** Whether a dialog has been asked for; what was cut off is among those that are left. */
  knows(dialogId: string): boolean;
  /** Dialogs of earlier connections that are not followed on this one: what was said last in them may be unknown. */
  left(): readonly { readonly conversationId: string; readonly dialogId: string }[];
  /** Reads a followed dialog again. */
  reread(dialogId: string): Promise<void>;
  dispose(): void;
}

/** What the messages that are known say of a dialog, by which a service that has forgotten some is found out. */
export interface Known {
  /** The highest number of a message; null where there is none. */
  last(dialogId: string): number | null;
  /** Whether these events hold the message of that number. */
  confirmed(dialogId: string, sequence: number, events: readonly MessagingEvent[]): boolean;
  /** These events are all that the service has of the dialog. */
  reconcile(dialogId: string, events: readonly MessagingEvent[]): void;
}

/** `lost` is told why a gap could not be asked for. */
export function startFollower(service: Service, clock: Clock, known: Known, lost: (error: unknown) => void): Follower {
  /** Dialog id → its subscription on this connection. */
  let followed = new Map<string, Promise<void>>();
  const conversationOf = new Map<string, string>();
  const progress = new Map<string, Progress>();
  /** Back-logs that are being read, each with what has been heard of its dialog meanwhile. */
  const readings = new Set<{ readonly dialogId: string; readonly events: MessagingEvent[] }>();
  /** Who waits for the first notification of which dialog, oldest first. */
  const waiting = new Set<{ readonly dialogId: string; readonly came: () => void }>();
  let cancelGapCheck: (() => void) | null = null;

  /** From the last message known, not from above it: a service that no longer has it has forgotten (docs/PROTOCOL O7). */
  async function subscribe(conversationId: string, dialogId: string): Promise<void> {
    const last = known.last(dialogId);
    const next = progress.get(dialogId)?.next ?? 0;
    const { events } = await read({ conversationId, dialogId, fromSeq: Math.min(next, last ?? next) });
    if (last !== null && !known.confirmed(dialogId, last, events)) await startOver(conversationId, dialogId);
    progress.set(dialogId, completed(progress.get(dialogId) ?? UNHEARD));
  }

  async function startOver(conversationId: string, dialogId: string): Promise<void> {
    progress.delete(dialogId);
    const { told, events } = await read({ conversationId, dialogId, fromSeq: 0 });
    // A service that says nothing at all has not said that there is nothing.
    if (told) known.reconcile(dialogId, events);
  }

  /** Reads a back-log; `told` is whether the service has said anything of it. */
  async function read(from: { conversationId: string; dialogId: string; fromSeq: number }): Promise<Reading> {
    const { dialogId } = from;
    const word = firstWord(dialogId);
    const events: MessagingEvent[] = [];
    const reading = { dialogId, events };
    readings.add(reading);
    try {
      await service.request('ms.SubscribeMessagingEvents', from);
      const told = await word.come();
      // A long back-log comes in several frames. Frames keep their order, so an answer asked for now comes after the last.
      await service.request('GetClock', undefined);
      return { told, events };
    } finally {
      readings.delete(reading);
      word.end();
    }
  }

  /** The first notification of a dialog, before or after the answer to the subscription (PROTOCOL §4.1). */
  function firstWord(dialogId: string): { come(): Promise<boolean>; end(): void } {
    let settle = (_: boolean) => {};
    const word = new Promise<boolean>((resolve) => {
      settle = resolve;
    });
    const came = () => settle(true);
    const waiter = { dialogId, came };
    waiting.add(waiter);
    let stop = () => {};
    return {
      come() {
        stop = clock.after(FIRST_WORD_WITHIN, () => settle(false));
        return word;
      },
      end() {
        stop();
        waiting.delete(waiter);
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
      if (failureOf(error).delivery === 'refused' && !progress.has(dialogId)) conversationOf.delete(dialogId);
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
      for (const [dialogId, heardSoFar] of progress) if (hasGap(heardSoFar)) reread(dialogId).catch(lost);
    });
  }

  function heard(events: readonly MessagingEvent[]): void {
    for (const event of events) {
      const { dialogId, sequence } = event;
      if (sequence !== null) progress.set(dialogId, advancedBy(progress.get(dialogId) ?? UNHEARD, sequence));
      for (const reading of readings) if (reading.dialogId === dialogId) reading.events.push(event);
    }
    checkGaps();
  }

  const stop = service.on('messages', ({ events, dialogId }) => {
    heard(events);
    const dialogIds = new Set(events.map((event) => event.dialogId));
    if (dialogId !== null) dialogIds.add(dialogId);
    // An empty back-log may not say whose it is; they come in the order of asking.
    const [oldest] = waiting;
    if (dialogIds.size === 0 && oldest) dialogIds.add(oldest.dialogId);
    for (const waiter of waiting) if (dialogIds.has(waiter.dialogId)) waiter.came();
  });

  return {
    renew() {
      followed = new Map();
    },
    forget() {
      followed = new Map();
      conversationOf.clear();
      progress.clear();
    },
    follow,
    knows: (dialogId) => conversationOf.has(dialogId),
    left() {
      const dialogs = [...conversationOf].filter(([dialogId]) => !followed.has(dialogId));
      return dialogs.map(([dialogId, conversationId]) => ({ conversationId, dialogId }));
    },
    reread,
    dispose() {
      stop();
      cancelGapCheck?.();
    },
  };
}
