import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { MessagingEvent } from '../protocol/types.ts';
import { event, ME, mine, receipt, text } from '../testing/events.ts';
import { frozen } from '../testing/freeze.ts';
import { EMPTY_TRANSCRIPT, type Transcript } from './message.ts';
import { acknowledged, heard, marked, placedFirst, withdrawn, written } from './transcript.ts';
import { outgoingOf } from './transcriptDraft.ts';

const draft = (id: string, words: string) => ({ id, at: 500, body: { type: 'text' as const, text: words } });

/** What a reader sees. */
function shown(transcript: Transcript) {
  return transcript.ids.map((id) => {
    const message = transcript.byId.get(id);
    return { id, sequence: message?.sequence, delivery: message?.delivery?.at ?? null };
  });
}

const story: MessagingEvent[] = [
  mine(0, 'hello', 'c1'),
  receipt(1, 'ACCEPT', [0]),
  text(2, 'hi'),
  receipt(3, 'READ', [0]),
  mine(4, 'a photo follows', 'c2'),
  receipt(5, 'ACCEPT', [2], ME),
  event(6, { type: 'unsupported', what: 'forms/secure-invitation' }),
];

describe('heard', () => {
  test('[T1] any permutation, repetition and splitting of the same events gives the same transcript', () => {
    const whole = heard(EMPTY_TRANSCRIPT, story, ME);
    expect(shown(whole)).toEqual([
      { id: 'c1', sequence: 0, delivery: 'read' },
      { id: 'D/2', sequence: 2, delivery: null },
      { id: 'c2', sequence: 4, delivery: 'sent' },
      { id: 'D/6', sequence: 6, delivery: null },
    ]);
    const shuffled = fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 });
    fc.assert(
      fc.property(shuffled, fc.integer({ min: 1, max: 5 }), (events, size) => {
        let transcript = frozen(EMPTY_TRANSCRIPT);
        for (let at = 0; at < events.length; at += size) {
          transcript = frozen(heard(transcript, events.slice(at, at + size), ME));
        }
        expect(shown(transcript)).toEqual(shown(whole));
      }),
    );
  });

  test('[T2] the same event again changes nothing, not even identity', () => {
    const once = heard(EMPTY_TRANSCRIPT, story, ME);
    expect(heard(once, story, ME)).toBe(once);
  });

  test('keeps dialogs apart that number their events alike', () => {
    const both = heard(EMPTY_TRANSCRIPT, [text(1, 'a'), text(1, 'b', { dialogId: 'E' })], ME);
    expect(both.ids).toEqual(['D/1', 'E/1']);
  });

  test('[T4] a receipt never takes READ back, and an own receipt marks nothing', () => {
    const read = heard(EMPTY_TRANSCRIPT, [mine(0, 'x', 'c'), receipt(1, 'READ', [0])], ME);
    expect(heard(read, [receipt(2, 'ACCEPT', [0])], ME)).toBe(read);
    const own = heard(EMPTY_TRANSCRIPT, [mine(0, 'x', 'c')], ME);
    expect(heard(own, [receipt(1, 'READ', [0], ME)], ME)).toBe(own);
  });
});

describe('an own message', () => {
  const sending = written(EMPTY_TRANSCRIPT, draft('c1', 'hello'), ME);

  test('is there before anything has left', () => {
    expect(shown(sending)).toEqual([{ id: 'c1', sequence: null, delivery: 'sending' }]);
  });

  test('[T3] ends the same whichever comes first, echo or acknowledgement', () => {
    const echo = mine(3, 'hello', 'c1');
    const echoFirst = acknowledged(heard(sending, [echo], ME), 'c1', 'D', 3);
    const answerFirst = heard(acknowledged(sending, 'c1', 'D', 3), [echo], ME);
    expect(shown(echoFirst)).toEqual([{ id: 'c1', sequence: 3, delivery: 'sent' }]);
    expect(shown(answerFirst)).toEqual(shown(echoFirst));
  });

  test('gets its number without the list becoming another one, so that nothing is laid out again', () => {
    const before = heard(sending, [text(1, 'hi')], ME);
    expect(acknowledged(before, 'c1', 'D', 3).ids).toBe(before.ids);
    expect(heard(before, [mine(3, 'hello', 'c1')], ME).ids).toBe(before.ids);
  });

  test('takes nothing from another message that has its number already', () => {
    const theirs = heard(sending, [text(3, 'mine is this number')], ME);
    expect(acknowledged(theirs, 'c1', 'D', 3).ids).toEqual(expect.arrayContaining(['D/3', 'c1']));
  });

  test('is found by its words where the service does not echo client ids', () => {
    const two = written(sending, draft('c2', 'hello'), ME);
    const after = heard(two, [mine(3, 'hello', null)], ME);
    expect(shown(after)).toEqual([
      { id: 'c1', sequence: 3, delivery: 'sent' },
      { id: 'c2', sequence: null, delivery: 'sending' },
    ]);
  });

  test('swallows an echo that could not be told for ours when its acknowledgement names the same number', () => {
    const file = written(EMPTY_TRANSCRIPT, { id: 'f', at: 1, body: { type: 'upload', attachmentId: 'f' } }, ME);
    const strangers = heard(file, [mine(4, 'whatever it says', null)], ME);
    expect(strangers.ids).toHaveLength(2);
    expect(shown(acknowledged(strangers, 'f', 'D', 4))).toEqual([{ id: 'f', sequence: 4, delivery: 'sent' }]);
  });

  test('stands behind everything confirmed until it is numbered', () => {
    const after = heard(sending, [text(9, 'late')], ME);
    expect(after.ids).toEqual(['D/9', 'c1']);
    expect(heard(after, [mine(10, 'hello', 'c1')], ME).ids).toEqual(['D/9', 'c1']);
    expect(heard(after, [mine(8, 'hello', 'c1')], ME).ids).toEqual(['c1', 'D/9']);
  });

  test('can fail, be sent again and be taken back, but not once it is numbered', () => {
    const failed = marked(sending, 'c1', { at: 'failed', why: { kind: 'offline', delivery: 'not-sent' } });
    expect(failed.byId.get('c1')?.delivery?.at).toBe('failed');
    expect(withdrawn(failed, 'c1').ids).toEqual([]);
    const numbered = acknowledged(failed, 'c1', 'D', 1);
    expect(marked(numbered, 'c1', { at: 'sending' })).toBe(numbered);
    expect(withdrawn(numbered, 'c1')).toBe(numbered);
  });
});

test('an earlier dialog stands before everything known, whenever it is heard', () => {
  const now = heard(EMPTY_TRANSCRIPT, [text(0, 'now')], ME);
  const placed = placedFirst(frozen(now), ['old', 'D']);
  expect(heard(placed, [text(3, 'then', { dialogId: 'old' })], ME).ids).toEqual(['old/3', 'D/0']);
  expect(placedFirst(placed, ['old'])).toBe(placed);
});

test('[T1] keeps dialogs, sequences and what is still outgoing in their order, however they come', () => {
  const said = ['D', 'E', 'F'].flatMap((dialogId) => [1, 2, 3, 4].map((sequence) => text(sequence, 'x', { dialogId })));
  const own = (sequence: number) => ({ ...mine(sequence, 'mine', `own${sequence}`), dialogId: 'E' });
  const events = [...said, own(5), own(6)];
  const start = placedFirst(EMPTY_TRANSCRIPT, ['D', 'E', 'F']);
  const numbered = said.map(({ dialogId, sequence }) => `${dialogId}/${sequence}`);
  const expected = [...numbered.slice(0, 8), 'own5', 'own6', ...numbered.slice(8), 'waits'];
  const shuffled = fc.shuffledSubarray(events, { minLength: events.length });
  fc.assert(
    fc.property(shuffled, fc.integer({ min: 1, max: 7 }), (order, size) => {
      let transcript = ['own5', 'waits', 'own6'].reduce((t, id) => written(t, draft(id, 'mine'), ME), frozen(start));
      for (let at = 0; at < order.length; at += size) {
        transcript = frozen(heard(transcript, order.slice(at, at + size), ME));
      }
      expect(transcript.ids).toEqual(expected);
      expect(outgoingOf(transcript)).toEqual(['waits']);
    }),
  );
});

test('[T1] knows the first words of each person, in whatever order they come', () => {
  const bot = { id: 'bot', role: 'CONTROLLER' } as const;
  const ana = { id: 'ana', role: 'ASSIGNED_AGENT' } as const;
  const bob = { id: 'bob', role: 'MANAGER' } as const;
  const events = [
    text(1, 'a', { from: bot }),
    text(2, 'b', { from: ana }),
    text(3, 'c', { from: bob }),
    text(4, 'd', { from: ana }),
    text(1, 'e', { from: bob, dialogId: 'E' }),
    mine(5, 'f', null),
  ];
  const start = placedFirst(EMPTY_TRANSCRIPT, ['E', 'D']);
  fc.assert(
    fc.property(fc.shuffledSubarray(events, { minLength: events.length }), (order) => {
      const { firstWords } = order.reduce((t, one) => heard(t, [one], ME), start);
      expect(Object.fromEntries(firstWords)).toEqual({ ana: 'D/2', bob: 'E/1' });
    }),
  );
});

test('survives ids that are names of inherited properties', () => {
  const odd = heard(EMPTY_TRANSCRIPT, [mine(1, 'x', '__proto__'), text(2, 'y', { dialogId: 'constructor' })], ME);
  expect(odd.ids).toEqual(['__proto__', 'constructor/2']);
});
