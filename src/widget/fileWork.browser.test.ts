import { afterEach, describe, expect, test, vi } from 'vitest';
import { blackPng, bombs, greyJpeg, type HardFile, oddFiles } from '../media/hardFiles.testing.ts';
import { drawn, noise, pictureOf } from '../media/pictures.testing.ts';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import { createFileWork } from './fileWork.ts';

const BOMBS = await bombs();
const bytesOf = async (blob: Blob) => new Uint8Array(await blob.arrayBuffer());
const photo = await bytesOf(await pictureOf(drawn(640, 480, noise)));
const picture = await bytesOf(await pictureOf(drawn(320, 240, noise), 'image/png'));

/** What becomes of a file that is picked, by everything that looks into it. */
async function endOf({ name, bytes }: Pick<HardFile, 'name' | 'bytes'>): Promise<string> {
  const work = createFileWork();
  const file = new File([bytes], name);
  const accepted = await work.examine(file, DEFAULT_LIMITS, 'on');
  if ('why' in accepted) return accepted.why;
  await work.glimpse(file, accepted.inspection);
  const made = await work.ready(file, accepted, { limits: DEFAULT_LIMITS, signal: new AbortController().signal });
  if ('why' in made) return made.why;
  return made.about.preview ? 'shown' : 'unseen';
}

/** Counts every way in which a browser can be made to decode an image. */
function decodes(): { count(): number } {
  let count = 0;
  const { createImageBitmap: decode, ImageDecoder: Decoder } = window;
  const bitmap: typeof decode = (...args: [ImageBitmapSource]) => {
    count += 1;
    return decode(...args);
  };
  class Counted extends Decoder {
    constructor(init: ImageDecoderInit) {
      super(init);
      count += 1;
    }
  }
  vi.stubGlobal('createImageBitmap', bitmap);
  vi.stubGlobal('ImageDecoder', Counted);
  vi.spyOn(HTMLImageElement.prototype, 'src', 'set').mockImplementation(() => {
    count += 1;
  });
  return { count: () => count };
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('a bomb is refused, and nothing decodes it', () => {
  test.for(BOMBS)('$name', async (bomb) => {
    const { count } = decodes();
    expect(await endOf(bomb)).toBe(bomb.ends);
    expect(count()).toBe(0);
  });
  test('though it is made of what decodes where it is small', async () => {
    const { count } = decodes();
    expect(await endOf({ name: 'small.jpg', bytes: greyJpeg(800, 600) })).toBe('shown');
    const once = count();
    expect(once).toBeGreaterThan(0);
    expect(await endOf({ name: 'small.png', bytes: await blackPng(800, 600) })).toBe('shown');
    expect(count()).toBeGreaterThan(once);
  });
});

describe('a broken or lying file settles, as', () => {
  test.for(oddFiles(photo, picture))('$name: $ends', async (odd) => {
    expect(await endOf(odd)).toBe(odd.ends);
  });
});
