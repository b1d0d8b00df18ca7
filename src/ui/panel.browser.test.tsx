import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLaterViews } from './arrival.ts';
import { aMessage, anAttachment, attachmentsOf, transcriptOf } from './panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from './shadow.testing.tsx';
import * as views from './views.tsx';

/** What needs a real layout, a real clipboard or a real drag: in Chromium, inside a shadow root as on a brand's page. */

afterEach(leaveShadow);

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
    await nextPaint();
    expect(find('.drop').textContent).toContain('Photos up to 3 MB: JPG, PNG, GIF');
    expect(drag(find('.header'), 'dragover', data).defaultPrevented).toBe(true);
    expect(drag(find('.header'), 'drop', data).defaultPrevented).toBe(true);
    await nextPaint();
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
    await nextPaint();
    expect(root.querySelector('.drop')).toBeNull();
  });

  test('dragged text and links are left alone', async () => {
    const { find, root, asked } = paintInShadow({});
    const data = new DataTransfer();
    data.setData('text/uri-list', 'https://example.com/');
    expect(drag(find('.panel'), 'dragenter', data).defaultPrevented).toBe(false);
    expect(drag(find('.panel'), 'drop', data).defaultPrevented).toBe(false);
    await nextPaint();
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
  test('the tray keeps its place while the views are on their way', async () => {
    let arrive: (part: typeof views) => void = () => {};
    const promise = new Promise<typeof views>((resolve) => {
      arrive = resolve;
    });
    const attachments = attachmentsOf(anAttachment('a', { at: 'picked' }));
    const { find } = paintInShadow(
      { tray: ['a'], attachments },
      createLaterViews(
        () => promise,
        () => {},
      ),
    );
    const height = find('.body').getBoundingClientRect().height;
    arrive(views);
    await vi.waitFor(() => find('.tray-tile'));
    expect(find('.body').getBoundingClientRect().height).toBe(height);
  });

  test('a photo keeps its height from before it loads', async () => {
    const preview = 'data:image/gif;base64,R0lGODlhKAEoAYAAAAAAAP///ywAAAAAAQABAAACAkQBADs=';
    const file = { relativePath: '/p', fileType: 'GIF', caption: 'a.gif', preview };
    const { find } = paintInShadow({ transcript: transcriptOf([aMessage('1', '', { body: { type: 'file', file } })]) });
    const height = find('.tile').getBoundingClientRect().height;
    expect(height).toBe(240);
    await nextPaint();
    expect(find('.tile').getBoundingClientRect().height).toBe(height);
  });

  test('the composer grows to about six lines and no further', async () => {
    const { find, set } = paintInShadow({});
    const box = find('textarea');
    const one = box.getBoundingClientRect().height;
    set({ draft: 'a\nb\nc' });
    await nextPaint();
    expect(box.getBoundingClientRect().height).toBeGreaterThan(one + 30);
    set({ draft: 'a\n'.repeat(40) });
    await nextPaint();
    expect(box.getBoundingClientRect().height).toBe(150);
  });
});
