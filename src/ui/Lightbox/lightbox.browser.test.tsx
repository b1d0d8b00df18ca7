import { afterEach, describe, expect, test } from 'vitest';
import { aMessage, transcriptOf } from '../panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from '../shadow.testing.tsx';

/** A real modal dialog with real places and pointers, inside a shadow root as on a brand's page. */

const { setPointerCapture } = HTMLElement.prototype;

afterEach(() => {
  HTMLElement.prototype.setPointerCapture = setPointerCapture;
  leaveShadow();
});

/** 40 × 296 px. */
const PREVIEW = 'data:image/gif;base64,R0lGODlhKAAoAYAAAAAAAP///ywAAAAAAQABAAACAkQBADs=';

async function paintPhotos() {
  const messages = Array.from({ length: 3 }, (_, n) => {
    const file = { relativePath: `/${n}`, fileType: 'GIF', caption: `${n}.gif`, preview: PREVIEW };
    return aMessage(String(n), '', { body: { type: 'file', file } });
  });
  const painted = paintInShadow({ transcript: transcriptOf(messages) });
  const opener = painted.find('[data-message="1"] .photo-open');
  opener.focus();
  opener.click();
  await nextPaint();
  const key = async (name: string) => {
    const target = painted.root.activeElement ?? painted.find('.lightbox');
    target.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, composed: true, cancelable: true }));
    await nextPaint();
  };
  const scale = () => new DOMMatrix(getComputedStyle(painted.find('.lightbox-frame')).transform).a;
  return { ...painted, messages, opener, key, scale };
}

describe('focus', () => {
  test('goes into the dialog, and back to the photo it was opened from', async () => {
    const { find, root, opener, set } = await paintPhotos();
    expect(find('.lightbox').contains(root.activeElement)).toBe(true);
    set({ lightbox: null });
    await nextPaint();
    expect(root.activeElement).toBe(opener);
  });

  test('goes to the conversation when that photo is no longer there', async () => {
    const { root, messages, set } = await paintPhotos();
    set({ lightbox: '2', transcript: transcriptOf(messages.slice(2)) });
    set({ lightbox: null });
    await nextPaint();
    expect(root.activeElement?.getAttribute('role')).toBe('log');
  });

  test('stays on the arrow at the end of the photos', async () => {
    const { find, root } = await paintPhotos();
    const next = find('[data-step="next"]');
    next.focus();
    next.click();
    await nextPaint();
    expect(root.activeElement).toBe(find('[data-step="next"]'));
    expect(find('[data-step="next"]').getAttribute('aria-disabled')).toBe('true');
  });
});

describe('keys', () => {
  test('+, − and 0 enlarge, shrink and show the whole', async () => {
    const { key, scale } = await paintPhotos();
    await key('+');
    await expect.poll(scale).toBeCloseTo(1.5);
    await key('+');
    await expect.poll(scale).toBeCloseTo(2.25);
    await key('-');
    await expect.poll(scale).toBeCloseTo(1.5);
    await key('0');
    await expect.poll(scale).toBe(1);
    await key('-');
    expect(scale()).toBe(1);
  });

  test('arrows go from photo to photo, and over one that is enlarged', async () => {
    const { key, scale, store } = await paintPhotos();
    await key('ArrowRight');
    expect(store.getState().lightbox).toBe('2');
    await key('ArrowLeft');
    expect(store.getState().lightbox).toBe('1');
    await key('+');
    await expect.poll(scale).toBeCloseTo(1.5);
    await key('ArrowRight');
    expect(store.getState().lightbox).toBe('1');
    await key('0');
    await key('ArrowRight');
    expect(store.getState().lightbox).toBe('2');
  });

  test('another photo is seen whole', async () => {
    const { key, scale, find } = await paintPhotos();
    await key('+');
    await expect.poll(scale).toBeCloseTo(1.5);
    find('[data-step="next"]').click();
    await nextPaint();
    expect(scale()).toBe(1);
  });
});

const still = { bubbles: true, composed: true, cancelable: true };

describe('pointers', () => {
  async function paintStage() {
    const painted = await paintPhotos();
    const stage = painted.find('.lightbox-stage');
    // A capture needs a pointer that the browser itself has made.
    HTMLElement.prototype.setPointerCapture = () => {};
    const box = stage.getBoundingClientRect();
    const centre = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
    const point = (type: string, x: number, y: number, more: PointerEventInit = {}) =>
      painted.find('.lightbox-stage').dispatchEvent(
        new PointerEvent(type, {
          ...{ ...still, pointerId: 1, pointerType: 'touch', clientX: centre.x + x, clientY: centre.y + y },
          ...more,
        }),
      );
    const tap = (x: number, y: number) => {
      point('pointerdown', x, y);
      point('pointerup', x, y);
      stage.dispatchEvent(new MouseEvent('click', { ...still, clientX: centre.x + x, clientY: centre.y + y }));
    };
    return { ...painted, stage, centre, point, tap };
  }

  test('the wheel enlarges, and neither scrolls nor zooms the page', async () => {
    const { stage, centre, scale } = await paintStage();
    const event = new WheelEvent('wheel', { ...still, deltaY: -200, clientX: centre.x, clientY: centre.y });
    stage.dispatchEvent(event);
    await expect.poll(scale).toBeGreaterThan(1.5);
    expect(event.defaultPrevented).toBe(true);
  });

  test('a double tap on the photo enlarges it, another shows the whole; one tap does nothing', async () => {
    const { tap, scale, store } = await paintStage();
    tap(0, 0);
    await nextPaint();
    expect(scale()).toBe(1);
    tap(0, 0);
    await expect.poll(scale).toBeCloseTo(2.5);
    tap(0, 0);
    tap(0, 0);
    await expect.poll(scale).toBe(1);
    expect(store.getState().lightbox).toBe('1');
  });

  test('two fingers enlarge by as much as they part', async () => {
    const { point, scale } = await paintStage();
    point('pointerdown', -20, 0);
    point('pointerdown', 20, 0, { pointerId: 2 });
    point('pointermove', 60, 0, { pointerId: 2 });
    await expect.poll(scale).toBeCloseTo(2);
    point('pointerup', 60, 0, { pointerId: 2 });
    point('pointerup', -20, 0);
  });

  test('a stroke turns to the next photo, and over an enlarged one moves it', async () => {
    const { point, key, scale, store, find } = await paintStage();
    point('pointerdown', 80, 0);
    point('pointermove', -20, 0);
    point('pointerup', -20, 0);
    await nextPaint();
    expect(store.getState().lightbox).toBe('2');
    await key('ArrowLeft');
    await key('+');
    await key('+');
    await expect.poll(scale).toBeCloseTo(2.25);
    const top = () => find('.lightbox-frame').getBoundingClientRect().top;
    const before = top();
    point('pointerdown', 80, 0);
    point('pointermove', -20, 60);
    point('pointerup', -20, 60);
    await expect.poll(top).toBeCloseTo(before + 60, 0);
    expect(store.getState().lightbox).toBe('1');
  });

  test('a click beside the photo closes it, a click on it does not', async () => {
    const { tap, store, centre } = await paintStage();
    tap(0, 0);
    expect(store.getState().lightbox).toBe('1');
    tap(10 - centre.x, 0);
    expect(store.getState().lightbox).toBeNull();
  });
});
