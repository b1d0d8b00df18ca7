import { afterEach, describe, expect, test, vi } from 'vitest';
import { MAX_PREVIEW_CHARACTERS } from '../protocol/fileTypes.ts';
import type { Codec } from './codec.ts';
import { inspect } from './inspect.ts';
import { makePreview, type Preview, serialPreviews } from './preview.ts';
import { bytesOf, exifSegment, png, tiff } from './samples.ts';

type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;

function drawn(width: number, height: number, draw: Draw): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws nothing');
  draw(context, width, height);
  return canvas;
}

async function encoded(canvas: HTMLCanvasElement, type = 'image/jpeg', quality = 0.95): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  if (blob === null) throw new Error(`this browser encodes no ${type}`);
  return blob;
}

/** The JPEG with an EXIF block after its first two bytes. */
async function withExif(photo: Blob, block: readonly number[]): Promise<Blob> {
  const bytes = new Uint8Array(await photo.arrayBuffer());
  return new Blob([bytesOf(bytes.subarray(0, 2), exifSegment(block), bytes.subarray(2))]);
}

const quarters: Draw = (context, width, height) => {
  const colours = ['#f00', '#0f0', '#00f', '#fff'];
  for (const [index, colour] of colours.entries()) {
    context.fillStyle = colour;
    context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2);
  }
};

const noise: Draw = (context, width, height) => {
  const tile = context.createImageData(512, 512);
  let seed = 1;
  for (let at = 0; at < tile.data.length; at += 1) {
    seed = (seed * 48271) % 0x7fffffff;
    tile.data[at] = at % 4 === 3 ? 255 : seed & 0xff;
  }
  for (let y = 0; y < height; y += 512) for (let x = 0; x < width; x += 512) context.putImageData(tile, x, y);
};

/** Colours of the four corners of a data URL, as `rgb` with each channel 0 or 1. */
async function cornersOf(preview: Preview): Promise<{ corners: string[]; width: number; height: number }> {
  if (preview.dataUrl === null) throw new Error('there is no preview');
  const image = new Image();
  image.src = preview.dataUrl;
  await image.decode();
  const { naturalWidth: width, naturalHeight: height } = image;
  const canvas = drawn(width, height, (context) => context.drawImage(image, 0, 0));
  const corners = [0.1, 0.9].flatMap((y) =>
    [0.1, 0.9].map((x) => {
      const pixel =
        canvas.getContext('2d')?.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1).data ?? [];
      return Array.from(pixel.slice(0, 3), (channel) => (channel > 127 ? 1 : 0)).join('');
    }),
  );
  return { corners, width, height };
}

async function previewOf(blob: Blob): Promise<Preview> {
  return makePreview(blob, await inspect(blob));
}

const UPRIGHT = ['100', '010', '001', '111'];
/** How an upright picture is to be drawn so that each EXIF orientation shows it upright (canvas transform, 640 × 480 shown). */
const STORED: Record<number, [number, number, number, number, number, number]> = {
  1: [1, 0, 0, 1, 0, 0],
  2: [-1, 0, 0, 1, 640, 0],
  3: [-1, 0, 0, -1, 640, 480],
  4: [1, 0, 0, -1, 0, 480],
  5: [0, 1, 1, 0, 0, 0],
  6: [0, -1, 1, 0, 0, 640],
  7: [0, -1, -1, 0, 480, 640],
  8: [0, 1, -1, 0, 480, 0],
};

async function turnedPhoto(orientation: number): Promise<Blob> {
  const [width, height] = orientation >= 5 ? [480, 640] : [640, 480];
  const upright = drawn(640, 480, quarters);
  const stored = drawn(width, height, (context) => {
    context.setTransform(...(STORED[orientation] ?? [1, 0, 0, 1, 0, 0]));
    context.drawImage(upright, 0, 0);
  });
  return withExif(await encoded(stored), tiff(orientation));
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe('a preview', () => {
  test.each([1, 2, 3, 4, 5, 6, 7, 8])('of EXIF orientation %i is upright', async (orientation) => {
    const preview = await previewOf(await turnedPhoto(orientation));
    expect(await cornersOf(preview)).toEqual({ corners: UPRIGHT, width: 400, height: 300 });
    expect(preview).toMatchObject({ width: 640, height: 480 });
  });

  test('of a noisy 12 megapixel photo keeps within the limit and uses it', async () => {
    const { dataUrl, width, height } = await previewOf(await encoded(drawn(4032, 3024, noise), 'image/jpeg', 0.9));
    expect(dataUrl).toMatch(/^data:image\/jpeg;base64,\/9j\//);
    expect(dataUrl?.length).toBeLessThanOrEqual(MAX_PREVIEW_CHARACTERS);
    expect(dataUrl?.length).toBeGreaterThan(0.5 * MAX_PREVIEW_CHARACTERS);
    expect([width, height]).toEqual([4032, 3024]);
  });

  test('is white where the image is transparent', async () => {
    const clear = await encoded(
      drawn(300, 200, (context) => context.clearRect(0, 0, 300, 200)),
      'image/png',
    );
    expect(await cornersOf(await previewOf(clear))).toEqual({
      corners: ['111', '111', '111', '111'],
      width: 300,
      height: 200,
    });
  });

  test('goes by content, not by label', async () => {
    const photo = await encoded(drawn(80, 60, quarters), 'image/png');
    const preview = await previewOf(new Blob([photo], { type: 'text/plain' }));
    expect((await cornersOf(preview)).corners).toEqual(UPRIGHT);
  });

  test.each([
    ['of one pixel', 1, 1],
    ['of extreme width', 30_000, 10],
    ['of extreme height', 10, 30_000],
  ])('is made of an image %s', async (_, width, height) => {
    const flat = drawn(width, height, (context) => context.fillRect(0, 0, width, height));
    const shown = await cornersOf(await previewOf(await encoded(flat)));
    expect(shown.corners).toEqual(['000', '000', '000', '000']);
    expect(Math.max(shown.width, shown.height)).toBe(Math.min(400, Math.max(width, height)));
  });
});

describe('no preview', () => {
  test('of bytes that only begin like an image', async () => {
    const header = new Blob([png(640, 480)]);
    expect(await previewOf(header)).toEqual({ dataUrl: null, width: 640, height: 480 });
  });

  test('of a document, and of an image with too many pixels, without a decode', async () => {
    const decode = vi.spyOn(window, 'createImageBitmap');
    const text = new Blob(['hello']);
    expect(await previewOf(text)).toEqual({ dataUrl: null, width: null, height: null });
    expect(await previewOf(new Blob([png(20_000, 20_000)]))).toEqual({ dataUrl: null, width: 20_000, height: 20_000 });
    expect(decode).not.toHaveBeenCalled();
  });

  test('when the job is aborted before or during the decode', async () => {
    const photo = await turnedPhoto(1);
    const found = await inspect(photo);
    expect((await makePreview(photo, found, { signal: AbortSignal.abort() })).dataUrl).toBeNull();
    const consumer = new AbortController();
    const preview = makePreview(photo, found, { signal: consumer.signal });
    consumer.abort();
    expect((await preview).dataUrl).toBeNull();
  });
});

describe('codecs', () => {
  test('are tried in order, and one that never settles is given up', async () => {
    const photo = await turnedPhoto(1);
    const asked: string[] = [];
    const codec = (name: string, accepts: boolean, reduce: () => Promise<ImageBitmap>): Codec => ({
      accepts: () => accepts,
      reduce: () => {
        asked.push(name);
        return reduce();
      },
    });
    const codecs = [
      codec('declines', false, () => createImageBitmap(photo)),
      codec('fails', true, () => Promise.reject(new Event('error'))),
      codec('hangs', true, () => new Promise(() => undefined)),
      codec('works', true, () => createImageBitmap(photo)),
    ];
    const preview = await makePreview(photo, await inspect(photo), { codecs, patience: 200 });
    expect((await cornersOf(preview)).corners).toEqual(UPRIGHT);
    expect(asked).toEqual(['fails', 'hangs', 'works']);
  });

  test('are asked for one image at a time, each bitmap closed before the next', async () => {
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
    const make = serialPreviews();
    const all = await Promise.all(Array.from({ length: 10 }, () => make(photo, found, { codecs: [counting] })));
    expect(all.every(({ dataUrl }) => dataUrl !== null)).toBe(true);
    expect([most, alive]).toEqual([1, 0]);
  });
});

describe('browser-image-compression', () => {
  test('settles on an EXIF directory past the end of the file', async () => {
    const photo = await withExif(await encoded(drawn(640, 480, quarters)), tiff(1, 'MM', 0x00ffffff));
    expect((await cornersOf(await previewOf(photo))).corners).toEqual(UPRIGHT);
  });

  test('starts no worker and asks no other host for anything', async () => {
    const started = vi.fn();
    const Original = window.Worker;
    vi.stubGlobal(
      'Worker',
      class extends Original {
        constructor(...args: ConstructorParameters<typeof Worker>) {
          started();
          super(...args);
        }
      },
    );
    await previewOf(await turnedPhoto(6));
    vi.unstubAllGlobals();
    expect(started).not.toHaveBeenCalled();
    const hosts = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
    expect(hosts.filter(({ protocol, host }) => protocol.startsWith('http') && host !== location.host)).toEqual([]);
  });
});
