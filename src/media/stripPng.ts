import { find, latin, u32 } from './bytes.ts';
import { orientationOnly, readExif } from './exif.ts';
import { keep } from './pieces.ts';
import { CHUNK_FRAME, CHUNK_TYPE, SIGNATURE } from './png.ts';
import type { Findings, Passage, Step } from './walk.ts';

interface State extends Findings {
  /** An `eXIf` chunk was seen: later ones turn nothing. */
  oriented: boolean;
}

/** Chunks that are not critical and have a say in the picture: colour, opacity, shape of a pixel, animation. */
const OF_THE_PICTURE = [
  ...['tRNS', 'cHRM', 'gAMA', 'iCCP', 'sBIT', 'sRGB', 'cICP', 'mDCV', 'mDCv', 'cLLI', 'cLLi', 'bKGD', 'pHYs'],
  ...['acTL', 'fcTL', 'fdAT'],
];
const CRITICAL = /^[A-Z]/;
/** Length and type before a chunk's data. */
const CHUNK_HEAD = 8;

/**
 * Steps over a PNG. Critical chunks stay, of the others those of the picture, and the orientation, all byte by byte; texts,
 * EXIF, time and what is not known go, and so does what follows `IEND`. A file that goes on with something that is no chunk
 * ends there, as it does for decoders; one that was cut stays cut.
 */
export function pngSteps(found: Findings): Step {
  const state = Object.assign(found, { oriented: false });
  return (passage) => step(passage, state);
}

function step(passage: Passage, state: State): number | null {
  const { bytes, base, last } = passage;
  let at = base === 0 ? SIGNATURE.length : 0;
  if (base === 0) keep(state.pieces, 0, at);
  while (at < bytes.length) {
    if (!last && at + CHUNK_HEAD > bytes.length) break;
    const type = latin(bytes, at + 4, 4);
    if (!CHUNK_TYPE.test(type)) return null;
    const end = at + CHUNK_FRAME + u32(bytes, at);
    const stays = CRITICAL.test(type) || OF_THE_PICTURE.includes(type);
    // What is looked into is asked for as a whole; of a chunk larger than a passage the beginning has to do.
    if (!stays && !last && end > bytes.length && at > 0) break;
    if (stays) keep(state.pieces, base + at, base + end);
    else textOrExif(type, bytes.subarray(at, end), passage.base + at, state);
    if (type === 'IEND') return null;
    at = end;
  }
  return base + at;
}

function textOrExif(type: string, chunk: Uint8Array, position: number, state: State): void {
  if (type === 'iTXt') state.location ||= find(chunk, 'GPSLatitude') >= 0;
  if (type !== 'eXIf') return;
  const { orientation, location } = readExif(chunk.subarray(CHUNK_HEAD, CHUNK_HEAD + u32(chunk, 0)));
  state.location ||= location;
  const isFirst = !state.oriented;
  state.oriented = true;
  if (!isFirst || orientation === 1) return;
  const minimal = chunkOf('eXIf', orientationOnly(orientation));
  const isMinimal = chunk.length === minimal.length && minimal.every((byte, at) => byte === chunk[at]);
  if (isMinimal) keep(state.pieces, position, position + chunk.length);
  else state.pieces.push(minimal);
}

function chunkOf(type: string, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const checked = [...Array.from(type, (letter) => letter.charCodeAt(0)), ...data];
  return Uint8Array.from([...bigEndian(data.length), ...checked, ...bigEndian(crc32(checked))]);
}

function bigEndian(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 0xff, (value >>> 8) & 0xff, value & 0xff];
}

/** CRC-32 as PNG has it; of a few bytes, so without a table. */
function crc32(bytes: readonly number[]): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
