import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import type { Page } from '@playwright/test';

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

const JPEG = readFileSync('public/meadow.jpg');

/** A real photo of exactly `size` bytes; what follows the image makes up the difference, as in a motion photo. */
export function jpegOf(size: number): Buffer {
  if (size < JPEG.length) throw new RangeError(`the photo alone has ${JPEG.length} bytes`);
  return Buffer.concat([JPEG, Buffer.alloc(size - JPEG.length)]);
}

/** The photo's header with its size, and nothing of the picture: no browser can decode it. */
export function headlessJpeg(): Buffer {
  const frame = JPEG.indexOf(Buffer.from([0xff, 0xc0]));
  return JPEG.subarray(0, frame + 2 + JPEG.readUInt16BE(frame + 2));
}

/** A grainy 12-megapixel JPEG that a browser encoded, as large as it gets below `most` bytes. */
export async function grainyPhoto(page: Page, most: number): Promise<Buffer> {
  const base64 = await page.evaluate(async (limit) => {
    const canvas = new OffscreenCanvas(4032, 3024);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no canvas');
    const image = context.createImageData(canvas.width, canvas.height);
    let seed = 7;
    for (let at = 0; at < image.data.length; at += 4) {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      const shade = 128 + 90 * Math.sin(at / 40_000) + (seed / 2_147_483_648 - 0.5) * 60;
      image.data.set([shade, shade * 0.8, 255 - shade, 255], at);
    }
    context.putImageData(image, 0, 0);
    for (let quality = 0.9; quality > 0; quality -= 0.04) {
      const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality });
      if (blob.size > limit) continue;
      const bytes = new Uint8Array(await blob.arrayBuffer());
      let text = '';
      for (let at = 0; at < bytes.length; at += 30_000) text += String.fromCharCode(...bytes.subarray(at, at + 30_000));
      return btoa(text);
    }
    throw new Error('no quality is small enough');
  }, most);
  return Buffer.from(base64, 'base64');
}

const CRC = Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let k = 0; k < 8; k += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes: Buffer): number {
  let c = 0xffffffff;
  for (const byte of bytes) c = (CRC[(c ^ byte) & 0xff] ?? 0) ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG of one colour. */
export function pngOf(width: number, height: number): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(width * 3, 0x66)]);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: height }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))]);
}

/** A PDF of one empty page. */
export const PDF: Buffer = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n' +
    '3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 300]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);

export const file = (name: string, mimeType: string, buffer: Buffer) => ({ name, mimeType, buffer });
