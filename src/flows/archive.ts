import type { Service } from '../net/ports.ts';
import { decodePastConversations, decodePastEvents, historyPaths, type PastConversation } from '../protocol/history.ts';
import type { MessagingEvent } from '../protocol/types.ts';

/** Conversations and events asked for at a time. */
const CONVERSATIONS = 20;
const EVENTS = 100;

/** Conversations that have left the metadata stream, for authenticated consumers. */
export interface Archive {
  /** The newest one that `isNew`, with everything said in it; null when there are no more. Rejects with FailureError. */
  next(isNew: (conversationId: string) => boolean): Promise<{ id: string; events: readonly MessagingEvent[] } | null>;
}

export function createArchive(account: string, service: Service): Archive {
  const found: PastConversation[] = [];
  let asked = 0;
  let total = Number.POSITIVE_INFINITY;

  const get = (path: string) => service.authorized('msgHist', path);

  async function readOn(): Promise<void> {
    const page = decodePastConversations(await get(historyPaths.conversations(account, asked, CONVERSATIONS)));
    // A page that says there is more and holds nothing must not be asked for for ever.
    total = page.received === 0 ? asked : page.total;
    asked += page.received;
    found.push(...page.items);
  }

  async function eventsOf(id: string): Promise<readonly MessagingEvent[]> {
    const events: MessagingEvent[] = [];
    for (let offset = 0; ; ) {
      const page = decodePastEvents(await get(historyPaths.content(account, id, offset, EVENTS)), id);
      events.push(...page.items);
      offset += page.received;
      if (page.received === 0 || offset >= page.total) return events;
    }
  }

  return {
    async next(isNew) {
      for (;;) {
        const candidate = found.find(({ id }) => isNew(id));
        if (candidate) return { id: candidate.id, events: await eventsOf(candidate.id) };
        if (asked >= total) return null;
        await readOn();
      }
    },
  };
}
