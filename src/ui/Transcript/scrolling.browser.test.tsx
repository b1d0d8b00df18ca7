import { afterEach, describe, expect, test, vi } from 'vitest';
import { aMessage, anOwn, transcriptOf } from '../panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from '../shadow.testing.tsx';

afterEach(leaveShadow);

const many = (count: number) => Array.from({ length: count }, (_, i) => aMessage(`${i}`, `message #${i} `));

const topOf = (element: Element) => element.getBoundingClientRect().top;

describe('scrolling', () => {
  test('stays at the end while the reader is there, and where they are while they are not', async () => {
    const messages = many(50);
    const { find, set } = paintInShadow({ transcript: transcriptOf(messages) });
    await nextPaint();
    const scroller = find('.scroller');
    const fromEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    expect(fromEnd()).toBeLessThan(2);
    set({ transcript: transcriptOf([...messages, aMessage('a', 'one more')]) });
    await nextPaint();
    expect(fromEnd()).toBeLessThan(2);
    scroller.scrollTop -= 300;
    await nextPaint();
    const before = scroller.scrollTop;
    set({
      transcript: transcriptOf([...messages, aMessage('a', 'one more'), aMessage('b', 'another')]),
      unread: ['b'],
    });
    await nextPaint();
    expect(Math.abs(scroller.scrollTop - before)).toBeLessThan(2);
    expect(find('.jump').textContent).toBe('1 new message');
  });

  test('an own message brings the reader back to the end', async () => {
    const messages = many(50);
    const { find, set } = paintInShadow({ transcript: transcriptOf(messages) });
    await nextPaint();
    const scroller = find('.scroller');
    scroller.scrollTop = 200;
    await nextPaint();
    set({ transcript: transcriptOf([...messages, anOwn('mine', { type: 'text', text: 'Hi' })]) });
    await nextPaint();
    expect(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight).toBeLessThan(2);
  });

  test('a back-log that arrives in parts leaves the view at the end, and few rows painted', async () => {
    const messages = many(1000);
    const { find, root, set } = paintInShadow({ transcript: transcriptOf(messages.slice(0, 90)) });
    for (const count of [100, 350, 650, 1000]) {
      set({ transcript: transcriptOf(messages.slice(0, count)) });
      await nextPaint();
      const scroller = find('.scroller');
      expect(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight).toBeLessThan(2);
    }
    await nextPaint();
    expect(root.querySelectorAll('article').length).toBeLessThan(40);
  });

  test('closing and opening leaves the reader where they were', async () => {
    const { find, set } = paintInShadow({ transcript: transcriptOf(many(50)) });
    await nextPaint();
    const scroller = find('.scroller');
    scroller.scrollTop = 300;
    await nextPaint();
    const before = topOf(find('[data-message="8"]'));
    set({ panelOpen: false });
    await nextPaint();
    set({ panelOpen: true });
    await nextPaint();
    expect(Math.abs(topOf(find('[data-message="8"]')) - before)).toBeLessThan(2);
  });

  test('at the end they are at the end again, past what has arrived', async () => {
    const messages = many(50);
    const { find, set } = paintInShadow({ transcript: transcriptOf(messages) });
    await nextPaint();
    set({ panelOpen: false });
    set({ transcript: transcriptOf([...messages, aMessage('a', 'one more')]) });
    await nextPaint();
    set({ panelOpen: true });
    await nextPaint();
    const scroller = find('.scroller');
    expect(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight).toBeLessThan(2);
  });

  test('opens at the first unread message and tells what has been seen', async () => {
    const messages = many(50);
    const { find, asked } = paintInShadow({
      transcript: transcriptOf(messages),
      newFrom: '20',
      unread: messages.slice(20).map((message) => message.id),
    });
    await nextPaint();
    await nextPaint();
    const scroller = find('.scroller').getBoundingClientRect();
    const line = find('.line-new').getBoundingClientRect();
    expect(line.top).toBeGreaterThan(scroller.top);
    expect(line.bottom).toBeLessThan(scroller.top + scroller.height / 2);
    await vi.waitFor(() => expect(asked('seen')).not.toEqual([]));
    const seen = asked('seen').flat(2);
    expect(seen).toContain('20');
    expect(seen).not.toContain('49');
  });
});
