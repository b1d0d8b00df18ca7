import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Message } from '../../model/message.ts';
import { aMessage, transcriptOf } from '../panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from '../shadow.testing.tsx';

afterEach(leaveShadow);

/** Rows of many heights, none of which is as tall as a row is taken for. */
const textAt = (index: number) => `message #${index}. ${'More of what was said. '.repeat((index * 7) % 12)}`;
const many = (count: number, from = 0): Message[] =>
  Array.from({ length: count }, (_, index) => aMessage(`${from + index}`, textAt(from + index)));

/** Rows that are painted at most. */
const MOST = 40;

async function open(messages: readonly Message[], more: Parameters<typeof paintInShadow>[0] = {}) {
  const painted = paintInShadow({ transcript: transcriptOf(messages), ...more });
  await nextPaint();
  await nextPaint();
  const scroller = painted.find('.scroller');
  const edges = () => scroller.getBoundingClientRect();
  const rows = () => Array.from(painted.root.querySelectorAll<HTMLElement>('[data-message]'));
  const inView = () => {
    const { top, bottom } = edges();
    return rows().filter((row) => {
      const rect = row.getBoundingClientRect();
      return rect.bottom > top && rect.top < bottom;
    });
  };
  /** Px from the view's edges that no row, line or gap between rows covers. */
  const bare = () => {
    const shown = inView();
    const { top, bottom } = edges();
    const [first, last] = [shown[0], shown.at(-1)];
    if (!first || !last) return Number.POSITIVE_INFINITY;
    return Math.max(first.getBoundingClientRect().top - top, bottom - last.getBoundingClientRect().bottom);
  };
  const fromEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
  const scrollTo = async (top: number) => {
    scroller.scrollTop = top;
    await nextPaint();
    await nextPaint();
  };
  return { ...painted, scroller, rows, inView, bare, fromEnd, scrollTo };
}

describe('ten thousand messages', () => {
  const messages = many(10_000);

  test('scrolling up and down moves what is read by what was scrolled, and keeps few rows painted', async () => {
    const { scroller, rows, inView, bare } = await open(messages);
    for (const step of [...Array(40).fill(-230), ...Array(20).fill(170)] as number[]) {
      const row = inView()[step < 0 ? 0 : inView().length - 1];
      const before = row?.getBoundingClientRect().top ?? Number.NaN;
      scroller.scrollTop += step;
      const top = scroller.scrollTop;
      await nextPaint();
      // Moving the scroller under a finger ends its momentum.
      expect(scroller.scrollTop).toBe(top);
      expect(row?.isConnected).toBe(true);
      expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - (before - step))).toBeLessThan(1.5);
      expect(rows().length).toBeLessThan(MOST);
      expect(bare()).toBeLessThan(60);
    }
  });

  test('both ends and every place between can be reached at once', async () => {
    const { scroller, rows, inView, bare, fromEnd, scrollTo } = await open(messages);
    await scrollTo(0);
    expect(inView()[0]?.dataset.message).toBe('0');
    expect(scroller.scrollTop).toBe(0);
    await scrollTo(scroller.scrollHeight / 2);
    expect(Math.abs(Number(inView()[0]?.dataset.message) - 5_000)).toBeLessThan(100);
    expect(bare()).toBeLessThan(60);
    await scrollTo(scroller.scrollHeight);
    expect(inView().at(-1)?.dataset.message).toBe('9999');
    expect(fromEnd()).toBeLessThan(2);
    expect(rows().length).toBeLessThan(MOST);
  });

  test('scrolling up by small steps ends at the first message and at the top', async () => {
    const { scroller, inView, scrollTo } = await open(messages);
    await scrollTo(3_000);
    for (let left = 60; left > 0 && scroller.scrollTop > 0; left -= 1) await scrollTo(scroller.scrollTop - 200);
    expect(inView()[0]?.dataset.message).toBe('0');
    expect(scroller.scrollTop).toBe(0);
  });

  test('"jump to latest" comes to the end from anywhere', async () => {
    const { find, fromEnd, inView, scrollTo } = await open(messages);
    await scrollTo(0);
    find('.jump').click();
    await vi.waitFor(() => expect(fromEnd()).toBeLessThan(2));
    expect(inView().at(-1)?.dataset.message).toBe('9999');
  });

  test('opens at the first unread message, wherever it is', async () => {
    const unread = messages.slice(4_000).map(({ id }) => id);
    const { find, scroller, rows } = await open(messages, { newFrom: '4000', unread });
    const below = find('.line-new').getBoundingClientRect().top - scroller.getBoundingClientRect().top;
    expect(below).toBeGreaterThan(0);
    expect(below).toBeLessThan(80);
    expect(rows().length).toBeLessThan(MOST);
  });

  test('goes on to the end when nothing is new any more', async () => {
    const unread = messages.slice(4_000).map(({ id }) => id);
    const { fromEnd, inView, set } = await open(messages, { newFrom: '4000', unread });
    set({ newFrom: null, unread: [] });
    await nextPaint();
    expect(fromEnd()).toBeLessThan(2);
    expect(inView().at(-1)?.dataset.message).toBe('9999');
  });

  test('tells what has been seen after scrolling to it', async () => {
    const { asked, scrollTo } = await open(messages, { unread: ['3', '9000'] });
    await scrollTo(0);
    await vi.waitFor(() => expect(asked('seen').flat(2)).toContain('3'));
    expect(asked('seen').flat(2)).not.toContain('9000');
  });
});

describe('thousands of photos in pairs', () => {
  const photoAt = (index: number) =>
    aMessage(`${index}`, '', {
      body: { type: 'file', file: { relativePath: `/${index}`, fileType: 'JPG', caption: '', preview: null } },
    });
  // Runs of one to six, and words of several heights between them.
  const photos = many(4_000).map((message, index) => ((index * index) % 7 === 4 ? message : photoAt(index)));

  test('scroll as rows of text do, and no pair is torn', async () => {
    const { rows, scroller, inView } = await open(photos);
    for (const step of [...Array(60).fill(-230), ...Array(30).fill(170)] as number[]) {
      const row = inView()[step < 0 ? 0 : inView().length - 1];
      const before = row?.getBoundingClientRect().top ?? Number.NaN;
      scroller.scrollTop += step;
      const top = scroller.scrollTop;
      await nextPaint();
      expect(scroller.scrollTop).toBe(top);
      expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - (before - step))).toBeLessThan(1.5);
      for (const second of inView().filter(({ dataset }) => dataset.spot === 'end')) {
        const first = second.previousElementSibling as HTMLElement;
        expect(first.dataset.spot).toBe('start');
        const tops = [first, second].map((each) => each.querySelector('.tile')?.getBoundingClientRect().top);
        expect(Math.abs((tops[0] ?? 0) - (tops[1] ?? Number.NaN))).toBeLessThan(0.5);
      }
      expect(rows().length).toBeLessThan(MOST);
    }
  });

  test('end where they ended before they were scrolled through', async () => {
    const { inView, fromEnd, scroller, scrollTo } = await open(photos);
    await scrollTo(0);
    expect(inView()[0]?.dataset.message).toBe('0');
    await scrollTo(scroller.scrollHeight);
    expect(inView().at(-1)?.dataset.message).toBe('3999');
    expect(fromEnd()).toBeLessThan(2);
  });
});

describe('what is read stays where it is', () => {
  test('when an earlier conversation comes before it', async () => {
    const { inView, rows, scrollTo, set } = await open(many(300, 1_000));
    await scrollTo(4_000);
    const row = inView()[2];
    const before = row?.getBoundingClientRect().top ?? Number.NaN;
    set({ transcript: transcriptOf([...many(500), ...many(300, 1_000)]) });
    await nextPaint();
    expect(row?.isConnected).toBe(true);
    expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - before)).toBeLessThan(1.5);
    expect(rows().length).toBeLessThan(MOST);
  });

  test('at the top as well, where there is no gap to make it good in', async () => {
    const { inView, scrollTo, set } = await open(many(300, 1_000));
    await scrollTo(0);
    const row = inView()[0];
    const before = row?.getBoundingClientRect().top ?? Number.NaN;
    set({ transcript: transcriptOf([...many(5), ...many(300, 1_000)]) });
    await nextPaint();
    expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - before)).toBeLessThan(1.5);
  });

  test('when a row above it grows late', async () => {
    const { inView, rows, scrollTo } = await open(many(300));
    await scrollTo(4_000);
    const row = inView()[1];
    const above = rows()[rows().indexOf(row as HTMLElement) - 3];
    const before = row?.getBoundingClientRect().top ?? Number.NaN;
    if (above) above.style.paddingBlockEnd = '120px';
    await nextPaint();
    await nextPaint();
    expect(Math.abs((row?.getBoundingClientRect().top ?? 0) - before)).toBeLessThan(1.5);
  });
});

describe('a row with the focus', () => {
  // One of the last, which a view of any height shows.
  const linked = many(2_000).map((message, index) =>
    index === 1_996 ? aMessage('1996', 'See https://meadow.example/mix') : message,
  );

  test('stays with its focus when it is scrolled out of sight, and is the same when it comes back', async () => {
    const { find, root, rows, scroller, scrollTo } = await open(linked);
    const link = find('[data-message="1996"] a');
    link.focus();
    for (const top of [scroller.scrollTop - 5_000, 20_000, 0]) {
      await scrollTo(top);
      expect(root.activeElement).toBe(link);
      expect(rows().length).toBeLessThan(MOST);
    }
    await scrollTo(scroller.scrollHeight);
    expect(root.activeElement).toBe(link);
    expect(rows().map((row) => row.dataset.message)).toEqual([...new Set(rows().map((row) => row.dataset.message))]);
  });

  test('above the rows that are painted, it leaves what is read where it is', async () => {
    const { find, inView, root, scroller, scrollTo } = await open(linked);
    await scrollTo(0);
    const row = find('[data-message="2"]');
    row.tabIndex = -1;
    row.focus();
    await scrollTo(30_000);
    const shown = inView()[1];
    const before = shown?.getBoundingClientRect().top ?? Number.NaN;
    await scrollTo(scroller.scrollTop - 150);
    expect(Math.abs((shown?.getBoundingClientRect().top ?? 0) - before - 150)).toBeLessThan(1.5);
    expect(root.activeElement).toBe(row);
  });

  test('goes once the focus has gone', async () => {
    const { find, root, scrollTo } = await open(linked);
    const link = find('[data-message="1996"] a');
    link.focus();
    await scrollTo(0);
    link.blur();
    await nextPaint();
    expect(root.querySelector('[data-message="1996"]')).toBeNull();
  });
});
