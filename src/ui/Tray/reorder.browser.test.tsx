import { afterEach, expect, test } from 'vitest';
import { anAttachment, attachmentsOf } from '../panel.testing.tsx';
import { leaveShadow, nextPaint, paintInShadow } from '../shadow.testing.tsx';

/** Real places and real pointer events, inside a shadow root as on a brand's page. */

afterEach(leaveShadow);

const IDS = ['a', 'b', 'c'];

function paintThree() {
  const files = IDS.map((id) => anAttachment(id, { at: 'ready' }, { name: `${id}.jpg` }));
  const painted = paintInShadow({ tray: IDS, attachments: attachmentsOf(...files) });
  const tile = (id: string) => painted.find(`[data-id="${id}"]`);
  const middle = (id: string) => {
    const { left, width } = tile(id).getBoundingClientRect();
    return left + width / 2;
  };
  const point = (target: EventTarget, type: string, clientX: number, more: PointerEventInit = {}) =>
    target.dispatchEvent(
      new PointerEvent(type, {
        ...{ bubbles: true, composed: true, pointerId: 1, pointerType: 'mouse', button: 0, clientX },
        ...more,
      }),
    );
  const face = (id: string) => painted.find(`[data-id="${id}"] .tray-face`);
  return { ...painted, tile, middle, point, face };
}

test('a tile dragged over another takes its place, and stays under the pointer', async () => {
  const { asked, tile, middle, point, face, set } = paintThree();
  const [from, to] = [middle('a'), middle('b')];
  point(face('a'), 'pointerdown', from);
  point(document, 'pointermove', from + 20);
  await nextPaint();
  expect(middle('a')).toBeCloseTo(from + 20, 0);
  expect(asked('moveInTray')).toEqual([]);
  point(document, 'pointermove', to);
  expect(asked('moveInTray')).toEqual([['a', 1]]);
  set({ tray: ['b', 'a', 'c'] });
  await nextPaint();
  expect(middle('a')).toBeCloseTo(to, 0);
  point(document, 'pointermove', to + 4);
  expect(asked('moveInTray')).toHaveLength(1);
  point(document, 'pointerup', to + 4);
  expect(tile('a').style.transform).toBe('');
  point(document, 'pointermove', from);
  expect(asked('moveInTray')).toHaveLength(1);
});

test('a press that hardly strays moves nothing', () => {
  const { tile, middle, point, face } = paintThree();
  point(face('a'), 'pointerdown', middle('a'));
  point(document, 'pointermove', middle('a') + 3);
  expect(tile('a').style.transform).toBe('');
  point(document, 'pointerup', middle('a'));
});

test('a finger scrolls the tray instead', () => {
  const { asked, middle, point, face } = paintThree();
  point(face('a'), 'pointerdown', middle('a'), { pointerType: 'touch' });
  point(document, 'pointermove', middle('b'), { pointerType: 'touch' });
  expect(asked('moveInTray')).toEqual([]);
});

test('the focus stays on the button when its tile is put elsewhere', async () => {
  const { find, root, set } = paintThree();
  const earlier = find('[data-id="c"] [data-move="earlier"]');
  earlier.focus();
  earlier.click();
  set({ tray: ['a', 'c', 'b'] });
  await nextPaint();
  expect(root.activeElement).toBe(find('[data-id="c"] [data-move="earlier"]'));
  const later = find('[data-id="a"] [data-move="later"]');
  later.focus();
  later.click();
  set({ tray: ['c', 'a', 'b'] });
  await nextPaint();
  expect(root.activeElement).toBe(find('[data-id="a"] [data-move="later"]'));
});
