import { holds, u8, u16 } from './bytes.ts';

/** What a GIF's first blocks say. */
export interface GifHeader {
  /** Null when no size is named. */
  readonly size: { readonly width: number; readonly height: number } | null;
  /** More than one frame, or a loop count, within the bytes given. */
  readonly animated: boolean;
  /** A frame announces a transparent colour, within the bytes given. */
  readonly alpha: boolean;
}

export const EXTENSION = 0x21;
export const IMAGE = 0x2c;
export const APPLICATION = 0xff;
export const GRAPHIC_CONTROL = 0xf9;
/** The label, and the length of what follows it. */
const GRAPHIC_CONTROL_OF_4 = '\xf9\x04';

export function isGif(bytes: Uint8Array): boolean {
  return holds(bytes, 0, 'GIF87a') || holds(bytes, 0, 'GIF89a');
}

/** Bytes of a colour table, from the flags of the block that announces it. */
export function colourTable(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 0x07) + 1) : 0;
}

/** Position after a run of sub-blocks. */
function afterSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from;
  while (at < bytes.length && u8(bytes, at) > 0) at += 1 + u8(bytes, at);
  return at + 1;
}

/** Walks the blocks. The size is the larger of the screen's and the first frame's: decoders grow the screen to hold that frame. */
export function readGif(bytes: Uint8Array): GifHeader {
  let width = u16(bytes, 6, true);
  let height = u16(bytes, 8, true);
  let frames = 0;
  let loops = false;
  let alpha = false;
  let at = 13 + colourTable(u8(bytes, 10));
  while (at < bytes.length && frames < 2) {
    const block = u8(bytes, at);
    if (block === EXTENSION) {
      if (u8(bytes, at + 1) === APPLICATION && holds(bytes, at + 2, '\x0bNETSCAPE2.0')) loops = true;
      if (holds(bytes, at + 1, GRAPHIC_CONTROL_OF_4) && u8(bytes, at + 3) & 1) alpha = true;
      at = afterSubBlocks(bytes, at + 2);
    } else if (block === IMAGE) {
      frames += 1;
      if (frames === 1) {
        width = Math.max(width, u16(bytes, at + 1, true) + u16(bytes, at + 5, true));
        height = Math.max(height, u16(bytes, at + 3, true) + u16(bytes, at + 7, true));
      }
      at = afterSubBlocks(bytes, at + 11 + colourTable(u8(bytes, at + 9)));
    } else break;
  }
  return {
    size: bytes.length >= 10 && width > 0 && height > 0 ? { width, height } : null,
    animated: loops || frames > 1,
    alpha,
  };
}
