import { find, holds, u8 } from './bytes.ts';
import { orientationOnly, readExif } from './exif.ts';
import { APP1, afterSegment, END_OF_IMAGE, EXIF, nextMarker, START_OF_IMAGE, START_OF_SCAN } from './jpeg.ts';
import { keep } from './pieces.ts';
import type { Findings, Passage, Step } from './walk.ts';

/** Findings, and where in the grammar the walk is. */
interface State extends Findings {
  inScan: boolean;
  /** An EXIF segment was seen: later ones turn nothing. */
  oriented: boolean;
}

const COMMENT = 0xfe;
const [APP0, APP2, APP14, APP15] = [0xe0, 0xe2, 0xee, 0xef];
/** Data of a JFIF segment before the thumbnail that it may embed; the last two bytes are the thumbnail's sides. */
const JFIF = 14;

/**
 * Steps over a JPEG. ITU T.81 table B.1 gives applications the APPn and COM segments, so these go, but for what colours are
 * read by (ICC in APP2, Adobe in APP14), a JFIF header without its thumbnail, and the orientation. All else stays, byte by
 * byte: tables, headers, scans. What follows the end of the image goes: further images, the video of a motion photo.
 *
 * Follows libjpeg where a file is broken: bytes between a segment and the next marker are skipped there and go here; a scan
 * goes on to the next marker that is valid, or to the end of a file that was cut. So what a decoder shows stays the same.
 */
export function jpegSteps(found: Findings): Step {
  const state = Object.assign(found, { inScan: false, oriented: false });
  return (passage) => step(passage, state);
}

function step(passage: Passage, state: State): number | null {
  const { bytes, base } = passage;
  let at = 0;
  while (at < bytes.length) {
    const marker = nextMarker(bytes, at);
    const until = marker ?? endWithoutMarker(passage);
    if (state.inScan) keep(state.pieces, base + at, base + until);
    if (marker === null) return base + until;
    state.inScan = false;
    const next = unit(passage, marker, state);
    if (next === 'end') return null;
    if (next === 'cut') return base + marker;
    at = next;
  }
  return base + at;
}

/** The last byte at hand may be the first of a marker. */
function endWithoutMarker({ bytes, last }: Passage): number {
  return !last && bytes.at(-1) === 0xff ? bytes.length - 1 : bytes.length;
}

/** Position after the marker and its segment, `cut` when that is beyond what is at hand. */
function unit({ bytes, base, last }: Passage, at: number, state: State): number | 'cut' | 'end' {
  const marker = u8(bytes, at + 1);
  if (marker === START_OF_IMAGE || marker === END_OF_IMAGE) {
    keep(state.pieces, base + at, base + at + 2);
    return marker === END_OF_IMAGE ? 'end' : at + 2;
  }
  const end = afterSegment(bytes, at);
  if (!last && end > bytes.length) return 'cut';
  const mayGo = marker === COMMENT || (marker >= APP0 && marker <= APP15);
  const becomes = mayGo ? judged(marker, bytes.subarray(at + 4, end), state) : 'stays';
  if (becomes === 'stays') keep(state.pieces, base + at, base + Math.min(end, bytes.length));
  else if (becomes !== 'goes') state.pieces.push(segmentOf(marker, becomes));
  if (marker === START_OF_SCAN) state.inScan = true;
  return end;
}

/** What becomes of the data of an application's segment: it stays, it goes, or it is other data. */
function judged(marker: number, data: Uint8Array, state: State): 'stays' | 'goes' | Uint8Array {
  if (marker === APP14 && holds(data, 0, 'Adobe')) return 'stays';
  if (marker === APP2 && holds(data, 0, 'ICC_PROFILE\0')) return 'stays';
  if (marker === APP0 && holds(data, 0, 'JFIF\0')) return data.length > JFIF ? withoutThumbnail(data) : 'stays';
  if (marker !== APP1) return 'goes';
  if (holds(data, 0, EXIF)) return turning(data, state);
  // XMP, in one segment or several.
  state.location ||= find(data, 'GPSLatitude') >= 0;
  return 'goes';
}

function turning(data: Uint8Array, state: State): 'stays' | 'goes' | Uint8Array {
  const { orientation, location } = readExif(data.subarray(EXIF.length));
  state.location ||= location;
  const isFirst = !state.oriented;
  state.oriented = true;
  if (!isFirst || orientation === 1) return 'goes';
  const minimal = new Uint8Array([...data.subarray(0, EXIF.length), ...orientationOnly(orientation)]);
  const isMinimal = data.length === minimal.length && minimal.every((byte, at) => byte === data[at]);
  return isMinimal ? 'stays' : minimal;
}

function withoutThumbnail(jfif: Uint8Array): Uint8Array {
  const header = jfif.slice(0, JFIF);
  header.set([0, 0], JFIF - 2);
  return header;
}

function segmentOf(marker: number, data: Uint8Array): Uint8Array<ArrayBuffer> {
  const length = data.length + 2;
  return Uint8Array.from([0xff, marker, length >> 8, length & 0xff, ...data]);
}
