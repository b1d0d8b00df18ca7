import { afterEach, describe, expect, test } from 'vitest';
import type { Delivery, Message } from '../../model/message.ts';
import { aMessage, anAttachment, anOwn, attachmentsOf, transcriptOf } from '../panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from '../shadow.testing.tsx';

/** Photos beside each other in a real layout, in which each is still a row and an article of its own. */

afterEach(leaveShadow);

const SENDING: Delivery = { at: 'sending' };
const own = (id: string, delivery: Delivery) => anOwn(id, { type: 'upload', attachmentId: id }, delivery);
const received = (id: string) =>
  aMessage(id, '', {
    body: { type: 'file', file: { relativePath: `/${id}`, fileType: 'JPG', caption: `${id}.jpg`, preview: null } },
  });
const uploading = (id: string) => anAttachment(id, { at: 'uploading', sent: 700_000 }, { name: `${id}.jpg` });
const published = (id: string) => anAttachment(id, { at: 'published', path: `/${id}` }, { name: `${id}.jpg` });

async function open(state: Parameters<typeof paintInShadow>[0]) {
  const painted = paintInShadow(state);
  await nextPaint();
  const rect = (id: string, of = '.tile') => painted.find(`[data-message="${id}"] ${of}`).getBoundingClientRect();
  return { ...painted, rect };
}

/** Three photos and a word under them. */
const THREE = ['a', 'b', 'c'];
const ownThree = (delivery: Delivery): Message[] => [...THREE.map((id) => own(id, delivery)), own('d', delivery)];

describe.each([
  ['own', transcriptOf(['a', 'b', 'c'].map((id) => own(id, { at: 'sent' }))), true],
  ['received', transcriptOf(['a', 'b', 'c'].map(received)), false],
] as const)('%s photos', (_, transcript, mine) => {
  const attachments = attachmentsOf(...THREE.map(published));

  test.each(['ltr', 'rtl'])('stand in pairs, and the last one under them as wide as both (%s)', async (direction) => {
    const { rect, find } = await open({ transcript, attachments });
    find('.attache').setAttribute('dir', direction);
    await nextPaint();
    const [a, b, c] = [rect('a'), rect('b'), rect('c')];
    expect([a.top, a.bottom]).toEqual([b.top, b.bottom]);
    expect(Math.abs(a.width - a.height)).toBeLessThan(0.1);
    const [first, second] = direction === 'ltr' ? [a, b] : [b, a];
    expect(Math.abs(second.left - first.right - 3)).toBeLessThan(0.1);
    expect([first.left, second.right].map(Math.round)).toEqual([c.left, c.right].map(Math.round));
    expect(Math.round(c.top - a.bottom)).toBe(3);
    const rows = find('.rows').getBoundingClientRect();
    const edge = mine === (direction === 'ltr') ? rows.right - second.right : first.left - rows.left;
    expect(Math.round(edge)).toBe(mine ? 16 : 16 + 36);
  });

  test('fit where there is hardly any room', async () => {
    const { rect, find } = await open({ transcript, attachments });
    find('.panel').style.inlineSize = '320px';
    await nextPaint();
    const [a, b] = [rect('a'), rect('b')];
    expect([a.top, a.bottom]).toEqual([b.top, b.bottom]);
    const { left, right } = find('.panel').getBoundingClientRect();
    expect(a.left).toBeGreaterThanOrEqual(left + 16);
    expect(b.right).toBeLessThanOrEqual(right - 15);
  });

  test('are each pressed where they are seen, and are articles of their own', async () => {
    const { rect, root, screen } = await open({ transcript, attachments });
    for (const id of THREE) {
      const { left, top, width, height } = rect(id);
      const hit = root.elementFromPoint(left + width / 2, top + height / 4);
      expect(hit?.closest<HTMLElement>('[data-message]')?.dataset.message).toBe(id);
    }
    expect(screen.getAllByRole('article')).toHaveLength(3);
  });
});

describe('nothing moves', () => {
  /** Where everything stands. */
  const places = (rows: Iterable<Element>) =>
    [...rows].map((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return [top, bottom];
    });

  test('when photos beside each other go from sending to sent', async () => {
    const messages = (delivery: Delivery) => transcriptOf([...ownThree(delivery), aMessage('w', 'Thank you!')]);
    const { root, set } = await open({
      transcript: messages(SENDING),
      attachments: attachmentsOf(...[...THREE, 'd'].map(uploading)),
    });
    const rows = () => places(root.querySelectorAll('[data-message]'));
    const before = rows();
    expect(root.querySelectorAll('.ring')).toHaveLength(4);
    set({ transcript: messages({ at: 'sent' }), attachments: attachmentsOf(...[...THREE, 'd'].map(published)) });
    await nextPaint();
    expect(root.querySelectorAll('.ring')).toHaveLength(0);
    expect(rows()).toEqual(before);
  });

  test('when their files arrive', async () => {
    const { root, set } = await open({ transcript: transcriptOf(THREE.map(received)) });
    const rows = () => places(root.querySelectorAll('[data-message]'));
    const before = rows();
    const url = URL.createObjectURL(new Blob(['x']));
    set({ downloads: new Map([['/a', { at: 'ready', url, expires: Number.POSITIVE_INFINITY }]]) });
    await nextPaint();
    expect(root.querySelector('.photo-real')).not.toBeNull();
    expect(rows()).toEqual(before);
  });
});

test('what is said of a photo that is on its way lies on it, and lets its button be pressed', async () => {
  const { find, rect, root } = await open({
    transcript: transcriptOf(ownThree(SENDING)),
    attachments: attachmentsOf(...[...THREE, 'd'].map(uploading)),
  });
  const [tile, line] = [rect('a'), rect('a', '.state')];
  expect(line.bottom).toBeLessThanOrEqual(tile.bottom + 0.1);
  expect([line.left, line.right].map(Math.round)).toEqual([tile.left, tile.right].map(Math.round));
  const { left, top, width, height } = rect('a', '.ring');
  expect(line.top).toBeGreaterThanOrEqual(top + height - 12);
  const hit = root.elementFromPoint(left + width / 2, top + height / 2);
  expect(hit?.closest('button')).toBe(find('[data-message="a"] .ring button'));
});

test('one that has failed stands alone with its sentence, and so does the one beside it', async () => {
  const why = { kind: 'timeout', delivery: 'unknown' } as const;
  const attachments = (b: object) =>
    attachmentsOf(
      published('a'),
      { ...uploading('b'), ...b } as ReturnType<typeof uploading>,
      uploading('c'),
      uploading('d'),
    );
  const failed = attachments({ at: 'failed', why, resume: 'signing', path: null });
  const { rect, set } = await open({ transcript: transcriptOf(ownThree(SENDING)), attachments: failed });
  expect(rect('b').top).toBeGreaterThan(rect('a').bottom);
  expect(rect('b', '.state-failed').top).toBeGreaterThanOrEqual(rect('b').bottom);
  expect(rect('c').top).toBe(rect('d').top);
  set({ attachments: attachments({ at: 'queued', sent: 0 }) });
  await nextPaint();
  expect(rect('b').top).toBe(rect('a').top);
});
