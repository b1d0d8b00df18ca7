import { expect, test } from 'vitest';
import { inspect } from './inspect.ts';
import {
  cmykPhoto,
  deepPng,
  drawn,
  noise,
  pictureOf,
  progressivePhoto,
  turnedPhoto,
  withChunk,
  withExif,
} from './pictures.testing.ts';
import { bytesOf, jpegSegment, phoneTiff, tiff } from './samples.ts';
import { strip } from './strip.ts';

/** Every pixel as shown, upright, without any conversion of colours. */
async function pixelsOf(image: Blob): Promise<{ width: number; height: number; data: Uint8ClampedArray }> {
  const bitmap = await createImageBitmap(image, { colorSpaceConversion: 'none', premultiplyAlpha: 'none' });
  const { width, height } = bitmap;
  const canvas = drawn(width, height, (context) => context.drawImage(bitmap, 0, 0));
  bitmap.close();
  const data = canvas.getContext('2d')?.getImageData(0, 0, width, height).data;
  return { width, height, data: data ?? new Uint8ClampedArray() };
}

/** Everything that an application may write, before the first segment and behind the end. */
async function overwritten(photo: Blob): Promise<Blob> {
  const bytes = new Uint8Array(await photo.arrayBuffer());
  const written = [
    ...[jpegSegment(0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'), jpegSegment(0xe2, 'MPF\0II*\0')],
    ...[jpegSegment(0xed, 'Photoshop 3.0\0'), jpegSegment(0xfe, 'at home')],
  ];
  return new Blob([bytesOf(bytes.subarray(0, 2), written.flat(), bytes.subarray(2)), new Uint8Array(5_000)]);
}

async function seeThrough(): Promise<Blob> {
  const picture = drawn(300, 200, noise);
  picture.getContext('2d')?.clearRect(40, 40, 99, 99);
  return withChunk(await pictureOf(picture, 'image/png'), 'eXIf', phoneTiff(1, []));
}

test.each([
  ['a photo', async () => overwritten(await pictureOf(drawn(640, 480, noise)))],
  ['a photo of a phone', async () => withExif(await pictureOf(drawn(640, 480, noise)), phoneTiff(1, []))],
  ['a photo on its side', async () => overwritten(await turnedPhoto(6))],
  ['a mirrored photo', async () => overwritten(await turnedPhoto(5))],
  ['a CMYK photo', async () => overwritten(cmykPhoto())],
  ['a progressive photo', async () => overwritten(progressivePhoto())],
  ['a see-through PNG', seeThrough],
  ['a PNG on its side', async () => withChunk(await pictureOf(drawn(300, 200, noise), 'image/png'), 'eXIf', tiff(8))],
  ['a PNG of 16 bits', async () => withChunk(await deepPng(), 'tEXt', [...bytesOf('Author\0Somebody')])],
] as const)('%s is the same to the pixel without its metadata', async (_, make) => {
  const image = await make();
  const { blob, removed } = await strip(image, await inspect(image));
  expect(removed).toBe(true);
  expect(blob.size).toBeLessThan(image.size);
  const [before, after] = [await pixelsOf(image), await pixelsOf(blob)];
  expect([after.width, after.height]).toEqual([before.width, before.height]);
  // A difference of arrays this long takes minutes to be told.
  expect(before.data.findIndex((value, at) => value !== after.data[at])).toBe(-1);
  expect(after.data.length).toBe(before.width * before.height * 4);
});
