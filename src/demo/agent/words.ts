import type { Conversation } from '../../protocol/types.ts';
import type { LinkStatus } from './agentLink.ts';
import { nameOf } from './files.ts';
import { joined, openDialog } from './selectors.ts';
import type { Entry, Thread } from './threads.ts';

const CLOCK = new Intl.DateTimeFormat(undefined, { hour: 'numeric', minute: '2-digit' });
const DAY = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

/** Time of day, or nothing where the service gave no time. */
export function timeWords(at: number): string {
  return at > 0 ? CLOCK.format(at) : '';
}

export function dayWords(at: number): string {
  return at > 0 ? DAY.format(at) : '';
}

/** Consumers have no names here: the beginning of their id tells them apart. */
export function consumerWords(conversation: Conversation): string {
  const id = conversation.participants.find(({ role }) => role === 'CONSUMER')?.id ?? conversation.id;
  return `Visitor ${id
    .replaceAll(/[^a-z0-9]/gi, '')
    .slice(0, 4)
    .toUpperCase()}`;
}

export function authorWords(by: Entry['by']): string {
  return AUTHORS[by];
}

const AUTHORS: Record<Entry['by'], string> = {
  consumer: 'Visitor',
  me: 'You',
  colleague: 'Scripted agent',
  service: 'Automatic message',
};

/** How a conversation stands, in the line under its name. */
export function stateWords(thread: Thread, me: readonly string[]): string {
  if (openDialog(thread) === null) return 'Ended';
  const since = `Since ${timeWords(thread.conversation.startedAt)}`;
  return joined(thread, me) ? since : `${since} · You have not joined`;
}

/** The last thing said, in one line for the list. */
export function snippetWords(thread: Thread): string {
  if (thread.typing) return 'Typing…';
  const last = thread.entries.at(-1);
  if (!last) return 'No messages yet';
  const said =
    last.body.type === 'text' ? last.body.text : last.body.type === 'file' ? nameOf(last.body.file) : 'Message';
  return last.by === 'consumer' ? said : `${authorWords(last.by)}: ${said}`;
}

export function linkWords(link: LinkStatus): string {
  switch (link.at) {
    case 'connecting':
      return 'Connecting…';
    case 'online':
      return 'Online';
    case 'waiting':
      return 'Reconnecting…';
    case 'refused':
      return link.why;
  }
}

export const DELIVERY_WORDS = { sent: 'Sent', delivered: 'Delivered', read: 'Read' } as const;
