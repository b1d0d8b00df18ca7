import { expect, test } from 'vitest';
import { glimpse } from './glimpse.ts';
import { inspect } from './inspect.ts';
import { cornersOf, drawn, pictureOf, quarters, stored, turnedPhoto, UPRIGHT, withExif } from './pictures.testing.ts';
import { phoneTiff } from './samples.ts';

/** A photo of 640 × 480 as shown, with this view of itself inside of its EXIF block. */
async function photoWith(view: Blob, orientation: number): Promise<Blob> {
  const bytes = Array.from(new Uint8Array(await view.arrayBuffer()));
  const plain = await pictureOf(drawn(...((orientation >= 5 ? [480, 640] : [640, 480]) as [number, number]), () => {}));
  return withExif(plain, phoneTiff(orientation, bytes));
}

const small = (canvas: HTMLCanvasElement) =>
  drawn(canvas.width / 4, canvas.height / 4, (context, width, height) =>
    context.drawImage(canvas, 0, 0, width, height),
  );

test.each([1, 2, 3, 4, 5, 6, 7, 8])('the embedded view of orientation %i is shown upright', async (orientation) => {
  const photo = await photoWith(await pictureOf(small(stored(orientation))), orientation);
  const shown = await glimpse(photo, await inspect(photo));
  expect(await cornersOf(shown ?? '')).toEqual({ corners: UPRIGHT, width: 320, height: 240 });
});

test('the bars around a view of another shape are cut off', async () => {
  const barred = drawn(160, 160, (context) => {
    context.fillRect(0, 0, 160, 160);
    context.translate(0, 20);
    quarters(context, 160, 120);
  });
  const photo = await photoWith(await pictureOf(barred), 1);
  const shown = await glimpse(photo, await inspect(photo));
  const edges = await createImageBitmap(await (await fetch(shown ?? '')).blob());
  const top = drawn(edges.width, edges.height, (context) => context.drawImage(edges, 0, 0));
  expect(Array.from(top.getContext('2d')?.getImageData(20, 2, 1, 1).data ?? [])[0]).toBeGreaterThan(200);
});

test('there is none without a view, and none when it cannot be decoded', async () => {
  const plain = await turnedPhoto(1);
  expect(await glimpse(plain, await inspect(plain))).toBeNull();
  const view = new Uint8Array(await (await pictureOf(small(stored(1)))).arrayBuffer());
  const broken = await photoWith(new Blob([view.subarray(0, 200), view.subarray(-2)]), 1);
  expect(await glimpse(broken, await inspect(broken))).toBeNull();
});
