import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Download } from '../../store/state.ts';
import { aMessage, NOW, transcriptOf } from '../panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from '../shadow.testing.tsx';

/** A photo of another in a real layout, inside a shadow root as on a brand's page. */

afterEach(() => {
  leaveShadow();
  vi.restoreAllMocks();
});

/** 40 × 40 px. */
const PREVIEW = 'data:image/gif;base64,R0lGODlhKAAoAIAAAAAAAP///ywAAAAAAQABAAACAkQBADs=';

function paintPhoto(preview: string | null, download?: Download) {
  const file = { relativePath: '/p', fileType: 'GIF', caption: 'a.gif', preview };
  return paintInShadow({
    transcript: transcriptOf([aMessage('1', '', { body: { type: 'file', file } })]),
    ...(download ? { downloads: new Map([['/p', download]]) } : {}),
  });
}

const ready = (expires: number): Download => ({ at: 'ready', url: URL.createObjectURL(new Blob(['x'])), expires });
const FAILED: Download = { at: 'failed', why: { kind: 'dropped', delivery: 'unknown' } };

describe('the preview', () => {
  test('is shown from a blob of its own, which goes with it', async () => {
    const made = vi.spyOn(URL, 'createObjectURL');
    const revoked = vi.spyOn(URL, 'revokeObjectURL');
    const { find, unmount } = paintPhoto(PREVIEW);
    const { src } = find<HTMLImageElement>('.tile-photo img');
    expect(src).toMatch(/^blob:/);
    expect(made.mock.calls.map(([blob]) => (blob as Blob).type)).toEqual(['image/gif']);
    unmount();
    expect(revoked.mock.calls).toEqual([[src]]);
  });

  test('of a type that it is not leaves a mark in its place', async () => {
    const { root } = paintPhoto(PREVIEW.replace('gif', 'png'));
    await nextPaint();
    expect(root.querySelector('.tile img')).toBeNull();
    expect(root.querySelector('.tile-photo > .icon')).not.toBeNull();
  });
});

describe('the file', () => {
  test('is asked for when it is near the viewport', async () => {
    const { asked } = paintPhoto(PREVIEW);
    await expect.poll(() => asked('wantFile')).toEqual([['/p']]);
  });

  test('that has failed is not asked for by looking, but by pressing', async () => {
    const { asked, find, root } = paintPhoto(PREVIEW, FAILED);
    for (let n = 0; n < 3; n += 1) await nextPaint();
    expect(asked('wantFile')).toEqual([]);
    const again = find('.not-loaded button');
    again.focus();
    again.click();
    expect(asked('wantFile')).toEqual([['/p']]);
    expect(root.activeElement).toBe(find('.photo-open'));
  });

  test('is not tried by an address that has aged before anybody looked', async () => {
    const { root } = paintPhoto(PREVIEW, ready(NOW - 1));
    await nextPaint();
    expect(root.querySelector('.photo-real')).toBeNull();
  });

  test('has one name for screen readers, whichever of its images is there', async () => {
    const { root, set } = paintPhoto(PREVIEW);
    const names = () => [...root.querySelectorAll<HTMLImageElement>('.tile img')].map(({ alt }) => alt).filter(Boolean);
    expect(names()).toEqual(['Photo from Ana: a.gif']);
    set({ downloads: new Map([['/p', ready(NOW + 60_000)]]) });
    expect(root.querySelector('.photo-real')).not.toBeNull();
    expect(names()).toEqual(['Photo from Ana: a.gif']);
  });
});
