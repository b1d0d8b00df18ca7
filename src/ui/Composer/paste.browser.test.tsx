import { afterEach, expect, test } from 'vitest';
import { leaveShadow, nextPaint, paintInShadow } from '../shadow.testing.tsx';

/** A real clipboard event, inside a shadow root as on a brand's page. */

afterEach(leaveShadow);

function paste(target: HTMLElement, fill: (data: DataTransfer) => void): boolean {
  const clipboardData = new DataTransfer();
  fill(clipboardData);
  const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true, clipboardData });
  target.dispatchEvent(event);
  return event.defaultPrevented;
}

const png = (name = 'image.png') => new File(['x'], name, { type: 'image/png' });

function fillFromWord(data: DataTransfer): void {
  data.setData('text/plain', 'Hello');
  data.setData('text/html', '<p>Hello</p>');
  data.items.add(png());
}

function painted() {
  const { asked, root, ...more } = paintInShadow({});
  const names = () => asked('attach').map(([files]) => (files as File[]).map(({ name }) => name));
  const offer = () => root.querySelector('.picture-offer');
  const press = (name: string) => {
    const button = [...root.querySelectorAll('button')].find((one) => (one.ariaLabel ?? one.textContent) === name);
    if (!button) throw new Error(`no button ${name}`);
    button.click();
    return nextPaint();
  };
  return { ...more, names, offer, press };
}

test('a screenshot is attached under a name that says when', () => {
  const { find, names } = painted();
  expect(paste(find('textarea'), (data) => data.items.add(png()))).toBe(true);
  expect(names()).toEqual([['Screenshot 2026-03-03 14.00.00.png']]);
});

test('files that have a name keep it, and nameless ones of one paste are told apart', () => {
  const { find, names } = painted();
  paste(find('textarea'), (data) => {
    data.items.add(png('slope.png'));
    data.items.add(png());
    data.items.add(new File(['x'], 'image.jpg', { type: 'image/jpeg' }));
  });
  expect(names()).toEqual([
    ['slope.png', 'Screenshot 2026-03-03 14.00.00 2.png', 'Screenshot 2026-03-03 14.00.00 3.jpg'],
  ]);
});

test('pasting beside the text takes files too', () => {
  const { find, names } = painted();
  expect(paste(find('.header button'), (data) => data.items.add(png('a.png')))).toBe(true);
  expect(names()).toEqual([['a.png']]);
});

test('text with a picture of itself, as Word copies it, is text, and the picture is offered', async () => {
  const { find, names, offer, press } = painted();
  expect(paste(find('textarea'), fillFromWord)).toBe(false);
  await nextPaint();
  expect(names()).toEqual([]);
  expect(offer()?.textContent).toContain('The text came with a picture.');
  await press('Add it too');
  expect(names()).toEqual([['Screenshot 2026-03-03 14.00.00.png']]);
  expect(offer()).toBeNull();
});

test('the offer can be declined, and goes with the text', async () => {
  const { find, names, offer, press, set } = painted();
  paste(find('textarea'), fillFromWord);
  await nextPaint();
  await press('Leave the picture out');
  expect(offer()).toBeNull();
  paste(find('textarea'), fillFromWord);
  set({ draft: 'Hello' });
  await nextPaint();
  expect(offer()).not.toBeNull();
  set({ draft: '' });
  await nextPaint();
  expect(offer()).toBeNull();
  expect(names()).toEqual([]);
});

test('text alone is left to the field', async () => {
  const { find, names, offer } = painted();
  expect(paste(find('textarea'), (data) => data.setData('text/plain', 'Hello'))).toBe(false);
  await nextPaint();
  expect(names()).toEqual([]);
  expect(offer()).toBeNull();
});
