import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { sheetText } from './styles.ts';
import { aMessage, anOwn, paint, transcriptOf } from './testPanel.tsx';
import { themeText } from './theme.ts';

/** What needs a real layout, a real clipboard or a real drag: in Chromium, inside a shadow root as on a brand's page. */

let host: HTMLElement;

beforeEach(() => {
  host = document.createElement('attache-chat');
  document.body.append(host);
});

afterEach(() => {
  cleanup();
  host.remove();
});

function paintInShadow(state: Parameters<typeof paint>[0]) {
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  // Without the panel's entrance, so that places can be compared from the first frame.
  sheet.replaceSync(`${sheetText}${themeText('#126c42')}.attache .panel { animation: none }`);
  root.adoptedStyleSheets = [sheet];
  const container = document.createElement('div');
  root.append(container);
  const painted = paint(state, { container });
  const find = <E extends HTMLElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  return { ...painted, root, find };
}

const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const many = (count: number) => Array.from({ length: count }, (_, i) => aMessage(`${i}`, `message #${i} `));

describe('scrolling', () => {
  test('stays at the end while the reader is there, and where they are while they are not', async () => {
    const messages = many(50);
    const { find, set } = paintInShadow({ transcript: transcriptOf(messages) });
    await painted();
    const scroller = find('.scroller');
    const fromEnd = () => scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight;
    expect(fromEnd()).toBeLessThan(2);
    set({ transcript: transcriptOf([...messages, aMessage('a', 'one more')]) });
    await painted();
    expect(fromEnd()).toBeLessThan(2);
    scroller.scrollTop -= 300;
    await painted();
    const before = scroller.scrollTop;
    set({
      transcript: transcriptOf([...messages, aMessage('a', 'one more'), aMessage('b', 'another')]),
      unread: ['b'],
    });
    await painted();
    expect(Math.abs(scroller.scrollTop - before)).toBeLessThan(2);
    expect(find('.jump').textContent).toBe('1 new message');
  });

  test('an own message brings the reader back to the end', async () => {
    const messages = many(50);
    const { find, set } = paintInShadow({ transcript: transcriptOf(messages) });
    await painted();
    const scroller = find('.scroller');
    scroller.scrollTop = 200;
    await painted();
    set({ transcript: transcriptOf([...messages, anOwn('mine', { type: 'text', text: 'Hi' })]) });
    await painted();
    expect(scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight).toBeLessThan(2);
  });

  test('earlier messages come above without moving what is read', async () => {
    const { find, root, screen } = paintInShadow({ transcript: transcriptOf(many(200)) });
    await painted();
    const scroller = find('.scroller');
    scroller.scrollTop = 100;
    await painted();
    const first = find('[data-message="140"]');
    const before = first.getBoundingClientRect().top;
    screen.getByRole('button', { name: 'Show earlier messages' }).click();
    await painted();
    expect(root.querySelectorAll('article')).toHaveLength(120);
    expect(Math.abs(first.getBoundingClientRect().top - before)).toBeLessThan(2);
  });

  test('scrolling to the top reveals earlier messages', async () => {
    const { find, root } = paintInShadow({ transcript: transcriptOf(many(200)) });
    await painted();
    const scroller = find('.scroller');
    scroller.scrollTop = 200;
    await painted();
    scroller.scrollTop = 10;
    await painted();
    await painted();
    expect(root.querySelectorAll('article')).toHaveLength(120);
    expect(scroller.scrollTop).toBeGreaterThan(200);
  });

  test('opens at the first unread message and tells what has been seen', async () => {
    const messages = many(50);
    const { find, asked } = paintInShadow({
      transcript: transcriptOf(messages),
      newFrom: '20',
      unread: messages.slice(20).map((message) => message.id),
    });
    await painted();
    await painted();
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

describe('dropping', () => {
  function drag(target: Element, type: string, dataTransfer: DataTransfer): DragEvent {
    const event = new DragEvent(type, { bubbles: true, composed: true, cancelable: true, dataTransfer });
    target.dispatchEvent(event);
    return event;
  }
  const withFile = () => {
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'slope.png', { type: 'image/png' }));
    return data;
  };

  test('files over the panel show what is accepted; dropped they are attached, and the page hears nothing', async () => {
    const { find, root, asked } = paintInShadow({});
    const page: string[] = [];
    const listen = (event: Event) => page.push(event.type);
    for (const type of ['dragenter', 'dragover', 'drop']) document.addEventListener(type, listen);
    const data = withFile();
    drag(find('.panel'), 'dragenter', data);
    drag(find('.header'), 'dragenter', data);
    drag(find('.panel'), 'dragleave', data);
    await painted();
    expect(find('.drop').textContent).toContain('Photos up to 3 MB: JPG, PNG, GIF');
    expect(drag(find('.header'), 'dragover', data).defaultPrevented).toBe(true);
    expect(drag(find('.header'), 'drop', data).defaultPrevented).toBe(true);
    await painted();
    for (const type of ['dragenter', 'dragover', 'drop']) document.removeEventListener(type, listen);
    expect(root.querySelector('.drop')).toBeNull();
    expect(asked('attach').map(([files]) => (files as File[]).map((file) => file.name))).toEqual([['slope.png']]);
    expect(page).toEqual([]);
  });

  test('the overlay goes when the files leave', async () => {
    const { find, root } = paintInShadow({});
    const data = withFile();
    drag(find('.header'), 'dragenter', data);
    drag(find('.header'), 'dragleave', data);
    await painted();
    expect(root.querySelector('.drop')).toBeNull();
  });

  test('dragged text and links are left alone', async () => {
    const { find, root, asked } = paintInShadow({});
    const data = new DataTransfer();
    data.setData('text/uri-list', 'https://example.com/');
    expect(drag(find('.panel'), 'dragenter', data).defaultPrevented).toBe(false);
    expect(drag(find('.panel'), 'drop', data).defaultPrevented).toBe(false);
    await painted();
    expect(root.querySelector('.drop')).toBeNull();
    expect(asked('attach')).toEqual([]);
  });
});

describe('picking', () => {
  test('the same file can be picked twice', () => {
    const { find, asked } = paintInShadow({});
    const input = find<HTMLInputElement>('input[type=file]');
    const data = new DataTransfer();
    data.items.add(new File(['x'], 'slope.png', { type: 'image/png' }));
    input.files = data.files;
    input.dispatchEvent(new Event('change', { bubbles: true }));
    expect(asked('attach')).toHaveLength(1);
    expect(input.files).toHaveLength(0);
  });
});

describe('pasting', () => {
  function paste(target: HTMLElement, fill: (data: DataTransfer) => void): boolean {
    const clipboardData = new DataTransfer();
    fill(clipboardData);
    const event = new ClipboardEvent('paste', { bubbles: true, composed: true, cancelable: true, clipboardData });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  }
  const png = () => new File(['x'], 'image.png', { type: 'image/png' });

  test('a picture is attached', () => {
    const { find, asked } = paintInShadow({});
    expect(paste(find('textarea'), (data) => data.items.add(png()))).toBe(true);
    expect(asked('attach')).toHaveLength(1);
  });

  test('text with a picture of itself, as Word copies it, is text', () => {
    const { find, asked } = paintInShadow({});
    const taken = paste(find('textarea'), (data) => {
      data.setData('text/plain', 'Hello');
      data.setData('text/html', '<p>Hello</p>');
      data.items.add(png());
    });
    expect(taken).toBe(false);
    expect(asked('attach')).toEqual([]);
  });
});

describe('layout', () => {
  test('a photo keeps its height from before it loads', async () => {
    const preview = 'data:image/gif;base64,R0lGODlhKAEoAYAAAAAAAP///ywAAAAAAQABAAACAkQBADs=';
    const file = { relativePath: '/p', fileType: 'GIF', caption: 'a.gif', preview };
    const { find } = paintInShadow({ transcript: transcriptOf([aMessage('1', '', { body: { type: 'file', file } })]) });
    const height = find('.tile').getBoundingClientRect().height;
    expect(height).toBe(240);
    await painted();
    expect(find('.tile').getBoundingClientRect().height).toBe(height);
  });

  test('the composer grows to about six lines and no further', async () => {
    const { find, set } = paintInShadow({});
    const box = find('textarea');
    const one = box.getBoundingClientRect().height;
    set({ draft: 'a\nb\nc' });
    await painted();
    expect(box.getBoundingClientRect().height).toBeGreaterThan(one + 30);
    set({ draft: 'a\n'.repeat(40) });
    await painted();
    expect(box.getBoundingClientRect().height).toBe(150);
  });
});
