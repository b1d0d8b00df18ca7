import { expect, test, vi } from 'vitest';
import type { Codec } from './codec.ts';
import { decode } from './decode.ts';
import { inspect } from './inspect.ts';
import { drawn, pictureOf, quarters, turnedPhoto } from './pictures.testing.ts';
import { bytesOf, frameHeader, png, START_OF_IMAGE, START_OF_SCAN } from './samples.ts';

const EDGES = { least: 400, best: 400 };

function codec(asked: string[], name: string, accepts: boolean, reduce: Codec['reduce']): Codec {
  return {
    accepts: () => accepts,
    reduce: (...args) => {
      asked.push(name);
      return reduce(...args);
    },
  };
}

test('codecs are tried in order, and one that never settles is given up', async () => {
  const photo = await turnedPhoto(1);
  const asked: string[] = [];
  const codecs = [
    codec(asked, 'declines', false, (blob) => createImageBitmap(blob)),
    codec(asked, 'fails', true, () => Promise.reject(new Event('error'))),
    codec(asked, 'hangs', true, () => new Promise(() => undefined)),
    codec(asked, 'works', true, (blob) => createImageBitmap(blob)),
    codec(asked, 'is not needed', true, (blob) => createImageBitmap(blob)),
  ];
  const picture = await decode(photo, await inspect(photo), EDGES, { codecs, patience: 200 });
  expect(picture).toBeInstanceOf(ImageBitmap);
  picture?.close();
  expect(asked).toEqual(['fails', 'hangs', 'works']);
});

test.each(['image/jpeg', 'image/png', 'image/webp'] as const)('%s is reduced while it is decoded', async (type) => {
  const picture = await pictureOf(drawn(3200, 2400, quarters), type);
  const bitmap = await decode(picture, await inspect(picture), EDGES);
  expect([bitmap?.width, bitmap?.height]).toEqual([400, 300]);
  bitmap?.close();
});

test('of a JPEG the next fraction that will do is taken, however it is turned', async () => {
  const full = vi.spyOn(window, 'createImageBitmap');
  for (const [orientation, size] of [
    [1, [560, 420]],
    [6, [560, 420]],
  ] as const) {
    const photo = await turnedPhoto(orientation, 3.5);
    const bitmap = await decode(photo, await inspect(photo), { least: 500, best: 510 });
    expect([bitmap?.width, bitmap?.height]).toEqual(size);
    bitmap?.close();
  }
  expect(full.mock.calls.map(([source]) => source instanceof VideoFrame)).toEqual([true, true]);
});

test('more pixels than can be borne, or nobody knows how many, are not decoded by anything', async () => {
  const decoder = vi.fn();
  vi.stubGlobal('ImageDecoder', decoder);
  for (const marker of [0xc0, 0xc2]) {
    const [width, height] = marker === 0xc0 ? [20_000, 10_001] : [10_000, 5_001];
    const photo = new Blob([bytesOf(START_OF_IMAGE, frameHeader(width, height, marker), START_OF_SCAN)]);
    expect(await decode(photo, await inspect(photo), EDGES)).toBeNull();
  }
  vi.unstubAllGlobals();
  expect(decoder).not.toHaveBeenCalled();
  const asked = new Blob([png(20_000, 20_000)]);
  expect(await decode(asked, await inspect(asked), EDGES)).toBeNull();
  const unknown = new Blob([png(0, 0)]);
  expect(await decode(unknown, await inspect(unknown), EDGES)).toBeNull();
});
