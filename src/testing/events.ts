import type { EventContent, MessagingEvent } from '../protocol/types.ts';

export const ME = 'me';
export const AGENT = 'agent';

/** A stored event of dialog D. */
export function event(sequence: number, content: EventContent, more: Partial<MessagingEvent> = {}): MessagingEvent {
  return {
    dialogId: 'D',
    conversationId: 'C',
    sequence,
    at: 1_000 + sequence,
    from: { id: AGENT, role: 'ASSIGNED_AGENT' },
    clientId: null,
    content,
    ...more,
  };
}

export function text(sequence: number, words: string, more: Partial<MessagingEvent> = {}): MessagingEvent {
  return event(sequence, { type: 'text', text: words }, more);
}

/** An own text as the service echoes it. */
export function mine(sequence: number, words: string, clientId: string | null): MessagingEvent {
  return text(sequence, words, { from: { id: ME, role: 'CONSUMER' }, clientId });
}

export function receipt(
  sequence: number,
  status: 'ACCEPT' | 'READ',
  sequences: number[],
  from = AGENT,
): MessagingEvent {
  return event(sequence, { type: 'receipt', status, sequences }, { from: { id: from, role: null } });
}
