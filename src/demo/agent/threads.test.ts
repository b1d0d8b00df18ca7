import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Conversation, EventContent, MessagingEvent } from '../../protocol/types.ts';
import { activeAt, deliveryOf, joined, openDialog, orderOf, unacceptedOf, unreadOf } from './selectors.ts';
import { announcedOf, conversationsChanged, heard, type Threads, withThread } from './threads.ts';

const ME = ['agent-pid', '12345678.7'];
const NOTHING: Threads = new Map();

function conversation(change: Partial<Conversation> = {}): Conversation {
  return {
    id: 'C',
    open: true,
    closeReason: null,
    dialogs: [{ id: 'C', type: 'MAIN', channel: 'MESSAGING', open: true, closedBy: null }],
    participants: [{ id: 'consumer', role: 'CONSUMER' }],
    startedAt: 1000,
    updatedAt: 1000,
    ...change,
  };
}

function upsert(change: Partial<Conversation> = {}) {
  return [{ type: 'upsert' as const, conversation: conversation(change) }];
}

function event(sequence: number | null, from: string, content: EventContent, more: Partial<MessagingEvent> = {}) {
  const role = from === 'consumer' ? 'CONSUMER' : 'ASSIGNED_AGENT';
  const at = sequence === null ? null : 1000 + sequence;
  const all = { dialogId: 'C', conversationId: 'C', sequence, at, from: { id: from, role }, clientId: null, content };
  return { ...all, ...more } satisfies MessagingEvent;
}

const text = (words: string): EventContent => ({ type: 'text', text: words });
const receipt = (status: 'ACCEPT' | 'READ', ...sequences: number[]): EventContent => ({
  type: 'receipt',
  status,
  sequences,
});

function threadOf(threads: Threads) {
  const thread = threads.get('C');
  if (!thread) throw new Error('no thread');
  return thread;
}

const STORY = [
  event(1, 'consumer', text('Hello')),
  event(2, 'agent-pid', receipt('ACCEPT', 1)),
  event(3, 'agent-pid', text('Good day')),
  event(4, 'consumer', receipt('ACCEPT', 3)),
  event(5, 'agent-pid', receipt('READ', 1)),
  event(6, 'consumer', receipt('READ', 3)),
  event(7, 'consumer', text('Thanks')),
];

describe('what is heard of a conversation', () => {
  it('is the same in whatever order and however often it comes', () => {
    const expected = heard(conversationsChanged(NOTHING, upsert()), STORY, ME);
    const anyOrder = fc.shuffledSubarray([...STORY, ...STORY], { minLength: STORY.length * 2 });
    fc.assert(
      fc.property(anyOrder, fc.boolean(), (events, noticeFirst) => {
        const before = noticeFirst ? conversationsChanged(NOTHING, upsert()) : NOTHING;
        const after = heard(before, events, ME);
        expect(noticeFirst ? after : conversationsChanged(after, upsert())).toEqual(expected);
      }),
    );
  });

  it('changes nothing when it was heard before', () => {
    const once = heard(conversationsChanged(NOTHING, upsert()), STORY, ME);
    expect(heard(once, STORY, ME)).toBe(once);
  });

  it('tells the agent, colleagues, the service and the consumer apart', () => {
    const from = (id: string, role: string, sequence: number) => event(sequence, id, text('x'), { from: { id, role } });
    const events = [
      from('consumer', 'CONSUMER', 1),
      from('12345678.7', 'ASSIGNED_AGENT', 2),
      from('someone', 'ASSIGNED_AGENT', 3),
      from('bot', 'CONTROLLER', 4),
    ];
    expect(threadOf(heard(NOTHING, events, ME)).entries.map((entry) => entry.by)).toEqual([
      'consumer',
      'me',
      'colleague',
      'service',
    ]);
  });

  it('puts the dialogs of a conversation one after the other, also when it learns of their order last', () => {
    const survey = { id: 'S', type: 'POST_SURVEY', channel: 'MESSAGING', open: true, closedBy: null };
    const events = [event(1, 'consumer', text('4'), { dialogId: 'S' }), event(9, 'consumer', text('Bye'))];
    const threads = conversationsChanged(
      heard(NOTHING, events, ME),
      upsert({ dialogs: [...conversation().dialogs, survey] }),
    );
    expect(threadOf(threads).entries.map((entry) => entry.key)).toEqual(['C/9', 'S/1']);
  });

  it('finds the conversation of an event that names only its dialog', () => {
    const survey = { id: 'S', type: 'POST_SURVEY', channel: 'MESSAGING', open: true, closedBy: null };
    const known = conversationsChanged(NOTHING, upsert({ dialogs: [...conversation().dialogs, survey] }));
    const threads = heard(known, [event(1, 'consumer', text('4'), { dialogId: 'S', conversationId: null })], ME);
    expect([...threads.keys()]).toEqual(['C']);
    expect(threadOf(threads).entries).toHaveLength(1);
  });

  it('shows the consumer typing until a pause or a message', () => {
    const typing = (state: 'COMPOSING' | 'PAUSE') => event(null, 'consumer', { type: 'typing', state });
    const composing = heard(conversationsChanged(NOTHING, upsert()), [typing('COMPOSING')], ME);
    expect(threadOf(composing).typing).toBe(true);
    expect(threadOf(heard(composing, [typing('PAUSE')], ME)).typing).toBe(false);
    expect(threadOf(heard(composing, [event(1, 'consumer', text('Hi'))], ME)).typing).toBe(false);
    const mine = event(null, 'agent-pid', { type: 'typing', state: 'COMPOSING' });
    expect(threadOf(heard(conversationsChanged(NOTHING, upsert()), [mine], ME)).typing).toBe(false);
  });

  it('lets the echo of an outgoing message take its place', () => {
    const outgoing = { id: 'mine-1', at: 1, label: 'Hi', kind: 'text', state: 'sending', why: null } as const;
    const sending = withThread(conversationsChanged(NOTHING, upsert()), 'C', (thread) => ({
      ...thread,
      outgoing: [outgoing],
    }));
    const echoed = threadOf(heard(sending, [event(1, 'agent-pid', text('Hi'), { clientId: 'mine-1' })], ME));
    expect(echoed.outgoing).toEqual([]);
    expect(echoed.entries).toHaveLength(1);
  });
});

describe('changes of conversations', () => {
  it('keep what was said, and drop a notice that is older than the last', () => {
    const threads = heard(conversationsChanged(NOTHING, upsert({ updatedAt: 20 })), STORY, ME);
    const closed = conversationsChanged(threads, upsert({ open: false, updatedAt: 30 }));
    const late = conversationsChanged(closed, upsert({ open: true, updatedAt: 25 }));
    expect(threadOf(late).conversation.open).toBe(false);
    expect(threadOf(late).entries).toHaveLength(3);
  });

  it('leave out what a whole list does not name', () => {
    const threads = conversationsChanged(NOTHING, [...upsert(), ...upsert({ id: 'gone' })]);
    expect([...announcedOf(threads, upsert()).keys()]).toEqual(['C']);
  });

  it('take away what left the stream', () => {
    const threads = conversationsChanged(NOTHING, upsert());
    expect(conversationsChanged(threads, [{ type: 'delete', conversationId: 'C' }]).size).toBe(0);
  });
});

describe('receipts', () => {
  const threads = heard(conversationsChanged(NOTHING, upsert()), STORY, ME);

  it('say how far a message of ours has come', () => {
    expect(deliveryOf(threadOf(threads), 'C/3')).toBe('read');
    const accepted = heard(conversationsChanged(NOTHING, upsert()), STORY.slice(0, 4), ME);
    expect(deliveryOf(threadOf(accepted), 'C/3')).toBe('delivered');
    const stored = heard(conversationsChanged(NOTHING, upsert()), STORY.slice(0, 3), ME);
    expect(deliveryOf(threadOf(stored), 'C/3')).toBe('sent');
  });

  it('leave unread and unacknowledged only what this agent has not answered for', () => {
    expect(unreadOf(threadOf(threads)).map((entry) => entry.sequence)).toEqual([7]);
    expect(unacceptedOf(threadOf(threads)).map((entry) => entry.sequence)).toEqual([7]);
    const colleague = heard(threads, [event(8, 'someone', receipt('READ', 7))], ME);
    expect(unreadOf(threadOf(colleague))).toHaveLength(1);
  });

  it('do not wait in a conversation that has ended', () => {
    const closed = conversationsChanged(threads, upsert({ open: false, updatedAt: 2000 }));
    expect(unreadOf(threadOf(closed))).toEqual([]);
  });
});

describe('conversations', () => {
  it('stand newest first, ended ones last', () => {
    const list = conversationsChanged(NOTHING, [
      ...upsert({ id: 'old', startedAt: 10 }),
      ...upsert({ id: 'ended', startedAt: 99, open: false }),
      ...upsert({ id: 'new', startedAt: 20 }),
    ]);
    expect(orderOf(list)).toEqual(['new', 'old', 'ended']);
  });

  it('are as new as the last thing said in them', () => {
    expect(activeAt(threadOf(heard(NOTHING, STORY, ME)))).toBe(1007);
  });

  it('know who takes part and where to write', () => {
    const thread = threadOf(conversationsChanged(NOTHING, upsert()));
    expect(joined(thread, ME)).toBe(false);
    const participants = [...conversation().participants, { id: 'agent-pid', role: 'ASSIGNED_AGENT' }];
    expect(joined(threadOf(conversationsChanged(NOTHING, upsert({ participants }))), ME)).toBe(true);
    expect(openDialog(thread)).toBe('C');
    const cobrowse = { id: 'X', type: 'OTHER', channel: 'COBROWSE', open: true, closedBy: null };
    const closedMain = conversation().dialogs.map((dialog) => ({ ...dialog, open: false }));
    const survey = threadOf(conversationsChanged(NOTHING, upsert({ dialogs: [...closedMain, cobrowse] })));
    expect(openDialog(survey)).toBeNull();
  });
});
