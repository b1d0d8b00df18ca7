import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attachment } from '../../model/attachment.ts';
import type { Message } from '../../model/message.ts';
import { aMessage, anAttachment, anOwn, attachmentsOf, NOW, transcriptOf } from '../panel.testing.tsx';
import { hasStopped, spotsOf } from './photoGrid.ts';

const fileOf = (id: string, fileType: string, caption: string, at = NOW) =>
  aMessage(id, '', { at, body: { type: 'file', file: { relativePath: `/${id}`, fileType, caption, preview: null } } });

/** A list by one letter a message: a photo, one with a caption, a document, text, an own photo that is uploaded, one with a caption. */
function listOf(letters: string) {
  const attachments: Attachment[] = [];
  const messages = [...letters].map((letter, index): Message => {
    const id = String(index);
    if (letter === 'p') return fileOf(id, 'JPG', `${id}.jpg`);
    if (letter === 'c') return fileOf(id, 'JPG', 'The gate, from the south');
    if (letter === 'd') return fileOf(id, 'PDF', `${id}.pdf`);
    if (letter === 't') return aMessage(id, 'words');
    const caption = letter === 'v' ? 'The gate, from the south' : '';
    attachments.push(anAttachment(id, { at: 'uploading', sent: 0 }, { caption }));
    return anOwn(id, { type: 'upload', attachmentId: id });
  });
  const ids = messages.map(({ id }) => id);
  return { ids, transcript: transcriptOf(messages), attachments: attachmentsOf(...attachments) };
}

function spots(letters: string, { start = 0, end = letters.length } = {}, breaks: readonly string[] = []): string {
  const { ids, ...facts } = listOf(letters);
  const breaksBefore = (id: string) => breaks.includes(id);
  return spotsOf({ ids, breaksBefore }, { start, end }, facts)
    .map((spot) => ({ start: '<', end: '>', wide: '=', '': '.' })[spot])
    .join('');
}

describe('photos that follow each other', () => {
  test.each([
    ['p', '.'],
    ['pp', '<>'],
    ['ppp', '<>='],
    ['pppp', '<><>'],
    ['uuu', '<>='],
    ['tppt', '.<>.'],
    ['pptppp', '<>.<>='],
  ])('%s stand so: %s', (letters, expected) => expect(spots(letters)).toBe(expected));

  test.each([
    ['a caption', 'pcp', '...'],
    ['an own caption', 'uvu', '...'],
    ['a document', 'ppdp', '<>..'],
    ['another sender', 'puu', '.<>'],
  ])('are parted by %s', (_, letters, expected) => expect(spots(letters)).toBe(expected));

  test('are parted by a line', () => {
    expect(spots('pppp', {}, ['1'])).toBe('.<>=');
    expect(spots('pppp', {}, ['2'])).toBe('<><>');
    expect(spots('pppp', {}, ['3'])).toBe('<>=.');
  });

  test('are parted by time', () => {
    const messages = [0, 1, 4, 5].map((minute) => fileOf(`${minute}`, 'PNG', '', NOW + minute * 60_000));
    const listed = { ids: messages.map(({ id }) => id), breaksBefore: () => false };
    const facts = { transcript: transcriptOf(messages), attachments: new Map() };
    expect(spotsOf(listed, { start: 0, end: 4 }, facts)).toEqual(['start', 'end', 'start', 'end']);
  });
});

const letters = fc.array(fc.constantFrom('p', 'p', 'p', 'u', 'u', 'c', 't'), { minLength: 1, maxLength: 30 });

test('a part of the list that is painted has the spots that it has in the whole', () => {
  fc.assert(
    fc.property(letters, fc.nat(30), fc.nat(30), (list, one, other) => {
      const [start = 0, end = 0] = [one, other].map((at) => at % (list.length + 1)).sort((a, b) => a - b);
      const text = list.join('');
      expect(spots(text, { start, end })).toBe(spots(text).slice(start, end));
    }),
  );
});

test('one more message moves the last one at most', () => {
  fc.assert(
    fc.property(letters, fc.constantFrom('p', 'u', 't'), (list, next) => {
      const before = spots(list.join(''));
      expect(spots([...list, next].join('')).slice(0, before.length - 1)).toBe(before.slice(0, -1));
    }),
  );
});

test('what has stopped on its way is known by its upload and by its message', () => {
  const why = { kind: 'dropped', delivery: 'unknown' } as const;
  const facts = {
    transcript: transcriptOf([
      anOwn('a', { type: 'upload', attachmentId: 'a' }),
      anOwn('b', { type: 'upload', attachmentId: 'b' }),
      anOwn('c', { type: 'upload', attachmentId: 'c' }, { at: 'failed', why }),
    ]),
    attachments: attachmentsOf(
      anAttachment('a', { at: 'failed', why, resume: 'signing', path: null }),
      anAttachment('b', { at: 'queued', sent: 0 }),
      anAttachment('c', { at: 'queued', sent: 0 }),
    ),
  };
  expect(['a', 'b', 'c', 'gone'].map((id) => hasStopped(facts, id))).toEqual([true, false, true, false]);
});
