import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Codec } from './codec.ts';
import { inspect } from './inspect.ts';
import {
  cmykPhoto,
  cornersOf,
  deepPng,
  drawn,
  noise,
  pictureOf,
  progressivePhoto,
  quarters,
  stored,
  turnedPhoto,
  UPRIGHT,
  withChunk,
  withExif,
} from './pictures.testing.ts';
import { type Prepared, type PrepareIo, prepare, serialPrepare } from './prepare.ts';
import { bytesOf, GIF_LOOP, gif, gifFrame, jpegSegment, phoneTiff, png, pngChunk, tiff, watched } from './samples.ts';

type Ready = Extract<Prepared, { at: 'ready' }>;

const AMPLE = 3_000_000;

async function prepared(blob: Blob, io: Partial<PrepareIo> = {}): Promise<Prepared> {
  return prepare(blob, await inspect(blob), { limit: AMPLE, ...io });
}

async function ready(blob: Blob, io: Partial<PrepareIo> = {}): Promise<Ready> {
  const outcome = await prepared(blob, io);
  if (outcome.at !== 'ready') throw new Error(`it is ${outcome.at}`);
  return outcome;
}

async function bytes(blob: Blob): Promise<number[]> {
  return Array.from(new Uint8Array(await blob.arrayBuffer()));
}

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

describe('upright', () => {
  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('the preview of orientation %i, and what is sent', async (orientation) => {
    const { blob, preview, width, height } = await ready(await turnedPhoto(orientation));
    expect(await cornersOf(preview ?? '')).toEqual({ corners: UPRIGHT, width: 400, height: 300 });
    expect(await cornersOf(blob)).toEqual({ corners: UPRIGHT, width: 640, height: 480 });
    expect([width, height]).toEqual([640, 480]);
  });

  test.each([0, 1, 2, 3, 4, 5, 6, 7, 8])('what is sent of orientation %i, made smaller', async (orientation) => {
    const photo = await turnedPhoto(orientation, 6);
    const { blob, type, preview } = await ready(photo, { limit: 0.6 * photo.size });
    expect(await cornersOf(blob)).toEqual({ corners: UPRIGHT, width: 2400, height: 1800 });
    expect(await cornersOf(preview ?? '')).toEqual({ corners: UPRIGHT, width: 400, height: 300 });
    expect(type).toBe('JPG');
  });
  test.each([3, 6, 8])('a PNG of orientation %i', async (orientation) => {
    const turned = await withChunk(await pictureOf(stored(orientation), 'image/png'), 'eXIf', tiff(orientation));
    const { blob, preview } = await ready(turned);
    expect(await cornersOf(preview ?? '')).toEqual({ corners: UPRIGHT, width: 400, height: 300 });
    expect(await cornersOf(blob)).toEqual({ corners: UPRIGHT, width: 640, height: 480 });
  });
});

describe('within the limit', () => {
  test('a photo is sent as it is, without what its camera wrote, and never encoded anew', async () => {
    const encode = vi.spyOn(HTMLCanvasElement.prototype, 'toBlob');
    const plain = await turnedPhoto(0);
    encode.mockClear();
    const { blob, type, locationRemoved } = await ready(await withExif(plain, phoneTiff(1, [])));
    expect(await bytes(blob)).toEqual(await bytes(plain));
    expect([blob.type, type, locationRemoved]).toEqual(['image/jpeg', 'JPG', true]);
    expect(encode).not.toHaveBeenCalled();
  });
  test('it goes by content, not by label', async () => {
    const photo = await pictureOf(drawn(80, 60, quarters), 'image/png');
    const { blob, type, preview } = await ready(new Blob([photo], { type: 'text/plain' }));
    expect([blob.type, type]).toEqual(['image/png', 'PNG']);
    expect((await cornersOf(preview ?? '')).corners).toEqual(UPRIGHT);
  });
  test('what a limit above leaves as it is, one below makes smaller', async () => {
    const photo = await pictureOf(drawn(640, 480, noise));
    expect((await ready(photo, { limit: photo.size })).blob.size).toBe(photo.size);
    expect((await ready(photo, { limit: photo.size - 1 })).blob.size).toBeLessThan(photo.size);
  });
});

describe('over the limit', () => {
  test.each([
    ['half', 0.5],
    ['a tenth', 0.1],
    ['a hundredth', 0.01],
  ])('a noisy photo is made smaller than %s of itself, by few encodings', async (_, share) => {
    const photo = await pictureOf(drawn(2048, 1536, noise), 'image/jpeg', 0.9);
    const encode = vi.spyOn(HTMLCanvasElement.prototype, 'toBlob');
    const { blob, type } = await ready(photo, { limit: share * photo.size });
    expect(blob.size).toBeLessThanOrEqual(share * photo.size);
    expect(blob.size).toBeGreaterThan(0.1 * share * photo.size);
    expect([blob.type, type]).toEqual(['image/jpeg', 'JPG']);
    expect(encode.mock.calls.length).toBeLessThanOrEqual(4);
  });
  test('one made smaller says no more where it was taken', async () => {
    const photo = await withExif(await pictureOf(drawn(1024, 768, noise)), phoneTiff(1, []));
    const { blob, locationRemoved } = await ready(photo, { limit: 0.5 * photo.size });
    expect(locationRemoved).toBe(true);
    expect(String.fromCharCode(...(await bytes(blob.slice(0, 1000))))).not.toContain('Exif');
  });
  test('a PNG that hides nothing becomes a JPEG', async () => {
    const picture = await pictureOf(drawn(1200, 900, noise), 'image/png');
    const { blob, type } = await ready(picture, { limit: 1_000_000 });
    expect([blob.type, type]).toEqual(['image/jpeg', 'JPG']);
    expect(blob.size).toBeLessThanOrEqual(1_000_000);
  });
  test('a PNG with see-through pixels stays one, and they stay see-through', async () => {
    const picture = drawn(1200, 900, noise);
    picture.getContext('2d')?.clearRect(600, 0, 600, 900);
    const { blob, type, preview } = await ready(await pictureOf(picture, 'image/png'), { limit: 500_000 });
    expect([blob.type, type]).toEqual(['image/png', 'PNG']);
    expect(blob.size).toBeLessThanOrEqual(500_000);
    const kept = await createImageBitmap(blob);
    const clear = drawn(kept.width, kept.height, (context) => context.drawImage(kept, 0, 0));
    const at = (x: number) => clear.getContext('2d')?.getImageData(x * kept.width, 9, 1, 1).data[3];
    expect([at(0.2), at(0.8)]).toEqual([255, 0]);
    expect((await cornersOf(preview ?? '')).corners.filter((_, n) => n % 2 === 1)).toEqual(['111', '111']);
  });
  test('an animation is refused without a decode, not made to stand still', async () => {
    const decode = vi.spyOn(window, 'createImageBitmap');
    const moving = new Blob([gif(60, 40, GIF_LOOP, gifFrame(60, 40), gifFrame(60, 40))]);
    const still = new Blob([gif(60, 40, gifFrame(60, 40))]);
    const movingPng = await withChunk(await pictureOf(stored(1), 'image/png'), 'acTL', [0, 0, 0, 2, 0, 0, 0, 0]);
    for (const blob of [moving, still, movingPng]) {
      expect(await prepared(blob, { limit: 20 })).toEqual({ at: 'too-large' });
    }
    expect(decode).not.toHaveBeenCalled();
  });
  test('what cannot be decoded cannot be made smaller', async () => {
    const header = new Blob([png(640, 480, pngChunk('IDAT', new Array<number>(1000).fill(7)))]);
    expect(await prepared(header, { limit: 500 })).toEqual({ at: 'too-large' });
  });
});

describe('another type', () => {
  test('a WebP becomes a JPEG, a see-through one a PNG', async () => {
    const opaque = await pictureOf(drawn(640, 480, quarters), 'image/webp');
    expect(await ready(opaque)).toMatchObject({ type: 'JPG', blob: { type: 'image/jpeg' }, width: 640, height: 480 });
    const clear = drawn(640, 480, quarters);
    clear.getContext('2d')?.clearRect(0, 0, 320, 240);
    expect(await ready(await pictureOf(clear, 'image/webp'))).toMatchObject({ type: 'PNG' });
  });
  test('one that this browser does not know is named so', async () => {
    const heic = new Blob([
      bytesOf(
        [0, 0, 0, 24],
        'ftypheic',
        [0, 0, 0, 0],
        'mif1heic',
        [0, 0, 0, 20],
        'ispe',
        [0, 0, 0, 0],
        [0, 0, 1, 0],
        [0, 0, 1, 0],
      ),
    ]);
    expect(await prepared(heic)).toEqual({ at: 'undecodable' });
  });
});

describe('odd and broken files', () => {
  test.each([
    ['CMYK', cmykPhoto],
    ['progressive', progressivePhoto],
    ['16 bits a channel', deepPng],
  ])('%s is shown as it looks', async (_, make) => {
    const { preview } = await ready(await make());
    expect(await cornersOf(preview ?? '')).toEqual({ corners: UPRIGHT, width: 32, height: 24 });
  });
  test('bytes that only begin like an image are sent without a preview', async () => {
    expect(await ready(new Blob([png(640, 480)]))).toMatchObject({
      preview: null,
      width: 640,
      height: 480,
      type: 'PNG',
    });
  });
  test('a photo whose header lies behind a long preamble is shown and sent like any other', async () => {
    const plain = await turnedPhoto(0, 2);
    const depth = Array.from({ length: 5 }, () =>
      jpegSegment(0xe1, `http://ns.adobe.com/xmp/extension/\0${' '.repeat(60_000)}`),
    );
    const start = new Uint8Array(await plain.slice(0, 2).arrayBuffer());
    const photo = new Blob([start, ...depth.map((segment) => Uint8Array.from(segment)), plain.slice(2)]);
    expect((await inspect(photo)).width).toBeNull();
    const { blob, preview, width } = await ready(photo);
    expect([blob.size, width]).toEqual([plain.size, 1280]);
    expect((await cornersOf(preview ?? '')).corners).toEqual(UPRIGHT);
  });
  test('a photo that ends before its size is named is broken', async () => {
    const photo = await turnedPhoto(1);
    expect(await prepared(photo.slice(0, 100))).toEqual({ at: 'broken' });
  });
  test('a cut photo is shown as far as it goes', async () => {
    const photo = await turnedPhoto(1, 2);
    const { preview } = await ready(photo.slice(0, 0.6 * photo.size));
    expect((await cornersOf(preview ?? '')).corners.slice(0, 2)).toEqual(UPRIGHT.slice(0, 2));
  });
  test('a file that is gone by then is said to be unreadable', async () => {
    const photo = await turnedPhoto(1);
    const found = await inspect(photo);
    const gone = new Blob(['gone']);
    const stream = new ReadableStream({ start: (to) => to.error(new DOMException('gone', 'NotReadableError')) });
    vi.spyOn(gone, 'stream').mockReturnValue(stream);
    vi.spyOn(photo, 'slice').mockReturnValue(gone);
    vi.spyOn(photo, 'stream').mockReturnValue(stream);
    expect(await prepare(photo, found, { limit: AMPLE })).toEqual({ at: 'unreadable' });
  });
  test('an abort ends the decode, before it or during it', async () => {
    const photo = await turnedPhoto(1);
    expect((await ready(photo, { signal: AbortSignal.abort() })).preview).toBeNull();
    const consumer = new AbortController();
    const outcome = ready(photo, { signal: consumer.signal });
    consumer.abort();
    expect((await outcome).preview).toBeNull();
  });
});

describe('reading', () => {
  test('a photo is read once, for its metadata and for its pixels', async () => {
    const photo = await withExif(await pictureOf(drawn(2048, 1536, noise)), phoneTiff(1, []));
    const found = await inspect(photo);
    const { blob, ranges } = watched(photo);
    const read = vi.spyOn(Blob.prototype, 'stream');
    const readParts = vi.spyOn(Blob.prototype, 'arrayBuffer');
    const decode = vi.spyOn(window, 'createImageBitmap');
    expect(await prepare(blob, found, { limit: AMPLE })).toMatchObject({ at: 'ready', width: 2048 });
    expect(read).toHaveBeenCalledTimes(1);
    expect(readParts).not.toHaveBeenCalled();
    expect(ranges.length).toBeGreaterThan(0);
    expect(decode.mock.calls.map(([source]) => source instanceof VideoFrame)).toEqual([true]);
  });
});

describe('memory', () => {
  test('pictures are worked on one at a time, each closed before the next', async () => {
    const photo = await turnedPhoto(1);
    const found = await inspect(photo);
    let alive = 0;
    let most = 0;
    const counting: Codec = {
      accepts: () => true,
      async reduce(blob) {
        alive += 1;
        most = Math.max(most, alive);
        const bitmap = await createImageBitmap(blob);
        const close = bitmap.close.bind(bitmap);
        bitmap.close = () => {
          alive -= 1;
          close();
        };
        return bitmap;
      },
    };
    const serial = serialPrepare();
    const io = { limit: 0.9 * photo.size, codecs: [counting] };
    const all = await Promise.all(Array.from({ length: 5 }, () => serial(photo, found, io)));
    expect(all.map(({ at }) => at)).toEqual(['ready', 'ready', 'ready', 'ready', 'ready']);
    expect([most, alive]).toEqual([1, 0]);
  });
  test('of every canvas is given back', async () => {
    const make = vi.spyOn(document, 'createElement');
    const picture = drawn(800, 600, noise);
    picture.getContext('2d')?.clearRect(0, 0, 9, 9);
    make.mockClear();
    const file = await pictureOf(picture, 'image/png');
    await ready(file, { limit: 0.5 * file.size });
    const canvases = make.mock.results.map(({ value }) => value).filter((made) => made instanceof HTMLCanvasElement);
    expect(canvases.map(({ width, height }) => width * height)).toEqual([0, 0, 0]);
  });
});
