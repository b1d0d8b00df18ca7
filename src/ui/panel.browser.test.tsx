import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLaterViews } from './arrival.ts';
import { aMessage, anAttachment, attachmentsOf, transcriptOf } from './panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from './shadow.testing.tsx';
import * as views from './views.tsx';

/** What needs a real layout or a real file input: in Chromium, inside a shadow root as on a brand's page. */

afterEach(leaveShadow);

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
