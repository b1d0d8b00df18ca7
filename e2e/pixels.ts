import { inflateSync } from 'node:zlib';

/** 8-bit colours, `channels` bytes a pixel, rows from the top. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: 3 | 4;
  readonly bytes: Buffer;
}

function paeth(a: number, b: number, c: number): number {
  const p = a + b - c;
  const [da, db, dc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return da <= db && da <= dc ? a : db <= dc ? b : c;
}

/** A row is told as its difference from its neighbours to the left and above (PNG §9.2). */
function predicted(filter: number, left: number, above: number, corner: number): number {
  switch (filter) {
    case 0:
      return 0;
    case 1:
      return left;
    case 2:
      return above;
    case 3:
      return (left + above) >> 1;
    case 4:
      return paeth(left, above, corner);
    default:
      throw new Error(`PNG filter ${filter}`);
  }
}

/** Reads a PNG as browsers write screenshots: 8-bit RGB or RGBA, not interlaced. Throws for any other. */
export function pictureOf(png: Buffer): Picture {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const [depth, color, interlace] = [png[24], png[25], png[28]];
  if (depth !== 8 || (color !== 2 && color !== 6) || interlace !== 0) throw new Error('not a screenshot');
  const channels = color === 2 ? 3 : 4;
  const data: Buffer[] = [];
  for (let at = 8; at < png.length; ) {
    const length = png.readUInt32BE(at);
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') data.push(png.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  const raw = inflateSync(Buffer.concat(data));
  const row = width * channels;
  const bytes = Buffer.alloc(row * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (row + 1)] ?? 0;
    for (let x = 0; x < row; x += 1) {
      const at = y * row + x;
      const left = x < channels ? 0 : (bytes[at - channels] ?? 0);
      const above = y === 0 ? 0 : (bytes[at - row] ?? 0);
      const corner = y === 0 || x < channels ? 0 : (bytes[at - row - channels] ?? 0);
      bytes[at] = (raw[y * (row + 1) + 1 + x] ?? 0) + predicted(filter, left, above, corner);
    }
  }
  return { width, height, channels, bytes };
}

/** Of 255, in one channel. A frame's page is composited on its own, which rounds soft shadows by up to 3. */
const UNSEEN = 4;

/** How much of two screenshots is not the same to the eye. */
export interface Difference {
  /** 0 to 1 of all pixels; 1 for pictures of different sizes. */
  readonly share: number;
  /** Where, in px from the left and the top; null when nothing differs. */
  readonly box: { readonly left: number; readonly top: number; readonly right: number; readonly bottom: number } | null;
}

export function differenceOf(one: Buffer, other: Buffer): Difference {
  if (one.equals(other)) return { share: 0, box: null };
  const [a, b] = [pictureOf(one), pictureOf(other)];
  if (a.width !== b.width || a.height !== b.height || a.channels !== b.channels) {
    return { share: 1, box: { left: 0, top: 0, right: a.width, bottom: a.height } };
  }
  const { width, height, channels } = a;
  let count = 0;
  const box = { left: width, top: height, right: 0, bottom: 0 };
  for (let at = 0; at < width * height; at += 1) {
    const from = at * channels;
    let apart = 0;
    for (let channel = from; channel < from + channels; channel += 1) {
      apart = Math.max(apart, Math.abs((a.bytes[channel] ?? 0) - (b.bytes[channel] ?? 0)));
    }
    if (apart <= UNSEEN) continue;
    const [x, y] = [at % width, Math.floor(at / width)];
    count += 1;
    box.left = Math.min(box.left, x);
    box.top = Math.min(box.top, y);
    box.right = Math.max(box.right, x);
    box.bottom = Math.max(box.bottom, y);
  }
  return { share: count / (width * height), box: count > 0 ? box : null };
}
