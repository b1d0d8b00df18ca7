import { bytesOf, exifSegment, pngChunk, tiff } from './samples.ts';

/** Real pictures, made by the browser, for browser tests. */

export type Draw = (context: CanvasRenderingContext2D, width: number, height: number) => void;
/** Bytes of a PNG's signature and first chunk. */
const PNG_HEADER = 33;

type ImageMime = 'image/jpeg' | 'image/png' | 'image/webp';

export function drawn(width: number, height: number, draw: Draw): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [width, height];
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('this browser draws nothing');
  draw(context, width, height);
  return canvas;
}

export async function pictureOf(
  canvas: HTMLCanvasElement,
  type: ImageMime = 'image/jpeg',
  quality = 0.95,
): Promise<Blob> {
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  if (blob?.type !== type) throw new Error(`this browser encodes no ${type}`);
  return blob;
}

/** The JPEG with an EXIF block after its first two bytes. */
export async function withExif(photo: Blob, block: readonly number[]): Promise<Blob> {
  const bytes = new Uint8Array(await photo.arrayBuffer());
  return new Blob([bytesOf(bytes.subarray(0, 2), exifSegment(block), bytes.subarray(2))]);
}

/** CRC-32 as PNG has it. */
function checksum(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}

/** A chunk that decoders accept. */
export function chunkOf(type: string, data: ArrayLike<number>): Uint8Array<ArrayBuffer> {
  const chunk = Uint8Array.from(pngChunk(type, Array.from(data)));
  new DataView(chunk.buffer).setUint32(chunk.length - 4, checksum(chunk.subarray(4, -4)));
  return chunk;
}

/** The PNG with a chunk after its header. */
export async function withChunk(image: Blob, type: string, data: readonly number[]): Promise<Blob> {
  const bytes = new Uint8Array(await image.arrayBuffer());
  return new Blob([bytes.slice(0, PNG_HEADER), chunkOf(type, data), bytes.slice(PNG_HEADER)]);
}

/** Red and green above, blue and white below. */
export const quarters: Draw = (context, width, height) => {
  const colours = ['#f00', '#0f0', '#00f', '#fff'];
  for (const [index, colour] of colours.entries()) {
    context.fillStyle = colour;
    context.fillRect((index % 2) * (width / 2), Math.floor(index / 2) * (height / 2), width / 2, height / 2);
  }
};

/** The same noise every time, as tiles of 512 × 512: as hard to compress as a picture can be. */
export const noise: Draw = (context, width, height) => {
  const tile = context.createImageData(512, 512);
  let seed = 1;
  for (let at = 0; at < tile.data.length; at += 1) {
    seed = (seed * 48271) % 0x7fffffff;
    tile.data[at] = at % 4 === 3 ? 255 : seed & 0xff;
  }
  for (let y = 0; y < height; y += 512) for (let x = 0; x < width; x += 512) context.putImageData(tile, x, y);
};

/** Corners of `quarters` as `cornersOf` tells them. */
export const UPRIGHT = ['100', '010', '001', '111'];

/** Colours near the four corners, as `rgb` with each channel 0 or 1, and the size shown. */
export async function cornersOf(source: Blob | string): Promise<{ corners: string[]; width: number; height: number }> {
  const blob = typeof source === 'string' ? await (await fetch(source)).blob() : source;
  const image = await createImageBitmap(blob);
  const { width, height } = image;
  const canvas = drawn(width, height, (context) => context.drawImage(image, 0, 0));
  image.close();
  const corners = [0.1, 0.9].flatMap((y) =>
    [0.1, 0.9].map((x) => {
      const spot = canvas.getContext('2d')?.getImageData(Math.floor(x * width), Math.floor(y * height), 1, 1);
      return Array.from(spot?.data.slice(0, 3) ?? [], (channel) => (channel > 127 ? 1 : 0)).join('');
    }),
  );
  return { corners, width, height };
}

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

/** The pixels of `quarters`, 640 × 480, stored so that this orientation shows them upright; nothing says so in the file. */
export function stored(orientation: number, scale = 1): HTMLCanvasElement {
  const [width, height] = orientation >= 5 ? [480, 640] : [640, 480];
  const upright = drawn(640, 480, quarters);
  return drawn(width * scale, height * scale, (context) => {
    context.scale(scale, scale);
    context.transform(...(STORED[orientation] ?? [1, 0, 0, 1, 0, 0]));
    context.drawImage(upright, 0, 0);
  });
}

/** A JPEG of `quarters`, shown 640 × 480 (times `scale`), with this EXIF orientation; 0 is a file without EXIF. */
export async function turnedPhoto(orientation: number, scale = 1): Promise<Blob> {
  const photo = await pictureOf(stored(orientation, scale));
  return orientation === 0 ? photo : withExif(photo, tiff(orientation));
}

function fromBase64(text: string): Blob {
  return new Blob([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))]);
}

// What no browser encodes: `quarters`, 32 × 24, by ImageMagick.
// biome-ignore format: one file a line
const CMYK = '/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P/8AAFAgAGAAgBAERAAIRAQMRAQQRAP/EABgAAQADAQAAAAAAAAAAAAAAAAAFBgcI/8QAGxABAAEFAQAAAAAAAAAAAAAAAOEVFmNkoqP/xAAZAQEAAwEBAAAAAAAAAAAAAAAABQYHBAj/xAAcEQEAAQUBAQAAAAAAAAAAAAAAYxUWoaLhYuL/2gAOBAEAAhEDEQQAAD8An0yzZpwAqSXehgAXynZeZZvdkO3yyO2JdehTsvMl2Q7fJbEuvRkdzafrC4Vbxni/VyPPAubT9YKt4zwrkeeDamPIwAHOjSXGAD//2Q==';
// biome-ignore format: one file a line
const PROGRESSIVE = '/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpRUk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAYACADAREAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAUGB//EABkBAQADAQEAAAAAAAAAAAAAAAAEBQYDB//aAAwDAQACEAMQAAABnwtIK8TzwQdJrhrqegGJ2EodGzfYf//EABcQAAMBAAAAAAAAAAAAAAAAAAATFCD/2gAIAQEAAQUCwwYTE2f/xAAZEQACAwEAAAAAAAAAAAAAAAAAYhQVIKH/2gAIAQMBAT8BxZr0s16QWILZ/8QAGxEAAAcBAAAAAAAAAAAAAAAAABQVIGFioeH/2gAIAQIBAT8BYk3zoSb50FJBSW//xAAYEAACAwAAAAAAAAAAAAAAAAAAIDEyof/aAAgBAQAGPwJIIL4Xxf/EABcQAAMBAAAAAAAAAAAAAAAAABEg8AD/2gAIAQEAAT8hSDoLyf/aAAwDAQACAAMAAAAQbJAJ2A//xAAZEQACAwEAAAAAAAAAAAAAAAAA8BEg4fH/2gAIAQMBAT8QovAvAkaJG1//xAAYEQADAQEAAAAAAAAAAAAAAAARIOHwAP/aAAgBAgEBPxBgDIvZFX//xAAXEAADAQAAAAAAAAAAAAAAAAAA8PEg/9oACAEBAAE/EMPA8CWJef/Z';

export const cmykPhoto = (): Blob => fromBase64(CMYK);
export const progressivePhoto = (): Blob => fromBase64(PROGRESSIVE);

/** `quarters`, 32 × 24, as a PNG of 16 bits a channel. */
export async function deepPng(): Promise<Blob> {
  const rows = Array.from({ length: 24 }, (_, y) => [
    0,
    ...Array.from({ length: 32 }, (_, x) => UPRIGHT[2 * Number(y >= 12) + Number(x >= 16)] ?? '').flatMap((colour) =>
      Array.from(colour, (channel) => (channel === '1' ? [0xff, 0xff] : [0, 0])).flat(),
    ),
  ]);
  const packed = new Blob([Uint8Array.from(rows.flat())]).stream().pipeThrough(new CompressionStream('deflate'));
  const pixels = Array.from(new Uint8Array(await new Response(packed).arrayBuffer()));
  const header = chunkOf('IHDR', [0, 0, 0, 32, 0, 0, 0, 24, 16, 2, 0, 0, 0]);
  return new Blob([bytesOf('\x89PNG\r\n\x1a\n'), header, chunkOf('IDAT', pixels), chunkOf('IEND', [])]);
}
