import { find, latin, u8 } from './bytes.ts';
import { APPLICATION, colourTable, EXTENSION, GRAPHIC_CONTROL, IMAGE } from './gif.ts';
import { keep } from './pieces.ts';
import type { Findings, Passage, Step } from './walk.ts';

interface State extends Findings {
  /** Within a run of sub-blocks, and what becomes of it. */
  run: 'stays' | 'goes' | null;
}

const PLAIN_TEXT = 0x01;
const TRAILER = 0x3b;
/** Applications whose blocks have a say in the picture: its repetition and its colours. */
const OF_THE_PICTURE = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'];
/** Characters of an application's name. */
const NAME = 11;
/** From an extension's introducer to the end of an application's name. */
const NAMED = 14;
const HEADER = 13;
const DESCRIPTOR = 10;

/**
 * Steps over a GIF. Frames stay with their controls, and the applications of the picture; comments and XMP go, and so do
 * unknown extensions and what follows the trailer. A file that goes on with something that is no block ends there.
 */
export function gifSteps(found: Findings): Step {
  const state = Object.assign(found, { run: null });
  return (passage) => step(passage, state);
}

function step(passage: Passage, state: State): number | null {
  const { bytes, base } = passage;
  let at = 0;
  if (base === 0) {
    at = HEADER + colourTable(u8(bytes, 10));
    keep(state.pieces, 0, at);
  }
  while (at < bytes.length) {
    const next = state.run ? subBlock(passage, at, state) : block(passage, at, state);
    if (next === 'end') return null;
    if (next === 'cut') return base + at;
    at = next;
  }
  return base + at;
}

function subBlock({ bytes, base }: Passage, at: number, state: State): number {
  const length = u8(bytes, at);
  if (state.run === 'stays') keep(state.pieces, base + at, base + at + 1 + length);
  if (length === 0) state.run = null;
  return at + 1 + length;
}

/** Position of the first sub-block, `cut` when the block's head is not all at hand. */
function block(passage: Passage, at: number, state: State): number | 'cut' | 'end' {
  const { bytes, base, last } = passage;
  if (!last && at + NAMED > bytes.length) return 'cut';
  switch (u8(bytes, at)) {
    case EXTENSION:
      return extension(passage, at, state);
    case IMAGE: {
      const data = at + DESCRIPTOR + colourTable(u8(bytes, at + 9)) + 1;
      keep(state.pieces, base + at, base + data);
      state.run = 'stays';
      return data;
    }
    case TRAILER:
      keep(state.pieces, base + at, base + at + 1);
      return 'end';
    case 0:
      // Left behind by some writers; decoders differ on it.
      keep(state.pieces, base + at, base + at + 1);
      return at + 1;
    default:
      return 'end';
  }
}

function extension({ bytes, base, last }: Passage, at: number, state: State): number | 'cut' {
  const label = u8(bytes, at + 1);
  const application = label === APPLICATION && u8(bytes, at + 2) === NAME ? latin(bytes, at + 3, NAME) : null;
  if (application === 'XMP DataXMP') {
    // Not in sub-blocks, but one text; at the beginning of a passage most of it is at hand.
    if (!last && at > 0) return 'cut';
    const end = find(bytes, '<?xpacket end', at);
    state.location ||= find(bytes, 'GPSLatitude', at, end < 0 ? bytes.length : end) >= 0;
  }
  const stays =
    label === GRAPHIC_CONTROL || label === PLAIN_TEXT || (application !== null && OF_THE_PICTURE.includes(application));
  if (stays) keep(state.pieces, base + at, base + at + 2);
  state.run = stays ? 'stays' : 'goes';
  return at + 2;
}
