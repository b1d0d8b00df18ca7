import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createLaterViews } from './arrival.ts';
import { aMessage, anAttachment, attachmentsOf, NOW, transcriptOf } from './panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from './shadow.testing.tsx';
import * as views from './views.tsx';

/** What needs a real layout or a real file input: in Chromium, inside a shadow root as on a brand's page. */

beforeEach(() => page.viewport(414, 896));
afterEach(leaveShadow);

const CONVERSATION = {
  id: 'c',
  open: true,
  closeReason: null,
  dialogs: [],
  participants: [],
  startedAt: NOW,
  updatedAt: NOW,
};

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

describe('the question whether to end', () => {
  test('keeps Tab to itself', async () => {
    const { find, root } = paintInShadow({ conversation: CONVERSATION });
    find('.menu > .icon-button').click();
    await nextPaint();
    find('[role="menuitem"]').click();
    await nextPaint();
    const [end, stay] = [find('.button-danger'), find('.button-plain')];
    const tab = (shiftKey = false) =>
      root.activeElement?.dispatchEvent(
        new KeyboardEvent('keydown', { key: 'Tab', shiftKey, bubbles: true, composed: true, cancelable: true }),
      );
    expect(root.activeElement).toBe(stay);
    // Moved by the question: a real Tab would have gone on to what is behind it.
    expect(tab()).toBe(false);
    expect(root.activeElement).toBe(end);
    expect(tab(true)).toBe(false);
    expect(root.activeElement).toBe(stay);
  });
});

describe('layout', () => {
  test.each([
    ['an ordinary view', 800, 92],
    ['a low one, where the launcher gives way', 400, 8],
  ])('leaves below the panel in %s %d px high: %d px', async (_, height, below) => {
    await page.viewport(640, height);
    const { find } = paintInShadow({});
    expect(innerHeight - find('.panel').getBoundingClientRect().bottom).toBe(below);
  });

  test('a name has room between the buttons of its tile on a phone', async () => {
    await page.viewport(360, 740);
    const files = ['a.pdf', 'b.pdf'].map((name) =>
      anAttachment(name, { at: 'ready' }, { name: `A long name of ${name}`, kind: 'document', fileType: 'PDF' }),
    );
    const { find } = paintInShadow({ tray: ['a.pdf', 'b.pdf'], attachments: attachmentsOf(...files) });
    const name = find('.tray-face .file-name').getBoundingClientRect();
    expect(name.top).toBeGreaterThanOrEqual(find('.tray-remove').getBoundingClientRect().bottom);
    expect(name.bottom).toBeLessThanOrEqual(find('.tray-moves').getBoundingClientRect().top);
  });

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
