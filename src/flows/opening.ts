import { prefixOf } from '../net/storedKeys.ts';
import { pause } from '../net/throttle.ts';
import { failureOf } from '../protocol/failure.ts';
import type { ConversationChange } from '../protocol/types.ts';
import type { Ports } from './ports.ts';
import type { Place } from './session.ts';

/** Ms after which a conversation that another tab is opening should be there. */
const OTHER_OPENS_WITHIN = 500;
/** Ms in which the other tabs should have heard of a conversation that this one has opened. */
const OTHERS_HEAR_WITHIN = 5_000;

/** What the session knows of conversations, and is to be told. */
interface Known {
  /** The open dialog, as far as is known. */
  present(): Place | null;
  /** Settles when conversations have been read again; rejects with FailureError. */
  caughtUp(): Promise<void>;
  opened(change: ConversationChange): void;
  /** Whether a conversation was opened is not known. */
  doubted(): void;
}

/** Asks for conversations: one at a time in this tab, and one tab at a time, because two would split what is said. */
export interface Opening {
  /** The new conversation, or the one that another tab opened meanwhile. Rejects with FailureError. */
  place(): Promise<Place>;
  dispose(): void;
}

export function startOpening({ service, clock, locks, account, locale }: Ports, known: Known): Opening {
  let asked: Promise<Place> | null = null;
  /** Lets go of the lock, while this tab has it. */
  let release: (() => void) | null = null;
  let stopKeeping = () => {};

  function endTurn(): void {
    stopKeeping();
    release?.();
    release = null;
  }

  /** The turn is kept for a while after opening: a tab that has not heard of the new conversation would open another. */
  async function inTurn(): Promise<Place> {
    release ??= await locks.take(`${prefixOf(account)}:open`);
    if (!release) {
      // What the other tab opens may be heard of late.
      await pause(clock, OTHER_OPENS_WITHIN);
      await known.caughtUp();
      return known.present() ?? inTurn();
    }
    stopKeeping();
    try {
      const place = await open();
      stopKeeping = clock.after(OTHERS_HEAR_WITHIN, endTurn);
      return place;
    } catch (error) {
      endTurn();
      throw error;
    }
  }

  async function open(): Promise<Place> {
    const answer = service.request('cm.ConsumerRequestConversation', {
      channelType: 'MESSAGING',
      brandId: account,
      ttrDefName: 'NORMAL',
      conversationContext: { type: 'SharkContext', lang: locale },
    });
    const { conversationId } = await answer.catch((error: unknown) => {
      // It may exist by now; a second one would split what is said.
      if (failureOf(error).kind === 'timeout') known.doubted();
      throw error;
    });
    known.opened(fresh(conversationId, clock.now()));
    return { conversationId, dialogId: conversationId };
  }

  return {
    place() {
      asked ??= inTurn().finally(() => {
        asked = null;
      });
      return asked;
    },
    dispose: endTurn,
  };
}

/** A conversation of which only the id is known. Its main dialog's id is the same (PROTOCOL §0); metadata may still come. */
function fresh(id: string, startedAt: number): ConversationChange {
  return {
    type: 'upsert',
    conversation: {
      id,
      open: true,
      closeReason: null,
      dialogs: [{ id, type: 'MAIN', channel: 'MESSAGING', open: true, closedBy: null }],
      participants: [],
      startedAt,
      // Any word of the service on it is newer.
      updatedAt: 0,
    },
  };
}
