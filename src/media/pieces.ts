import type { ByteRange } from './exif.ts';

/** A part of a new file: a range of the old one, or bytes put in. */
export type Piece = ByteRange | Uint8Array<ArrayBuffer>;

/** More slices than this are copied: a slice costs a browser far more than a few bytes, and no camera leaves so many gaps. */
const MAX_SLICES = 500;
/** Bytes held at a time while copying. */
const BLOCK = 1024 * 1024;

/** Adds a range; one that goes on where the last ends becomes one with it. */
export function keep(pieces: Piece[], from: number, to: number): void {
  const last = pieces.at(-1);
  if (last && 'to' in last && last.to === from) pieces[pieces.length - 1] = { from: last.from, to };
  else if (to > from) pieces.push({ from, to });
}

/** Whether the pieces are the whole of a file of this size. */
export function isWhole(pieces: readonly Piece[], size: number): boolean {
  const [only] = pieces;
  return pieces.length === 1 && only !== undefined && 'to' in only && only.from === 0 && only.to === size;
}

/** The pieces as one blob of the same media type. Ranges stay slices of the old one: nothing is read, unless they are a great many. */
export async function composed(blob: Blob, pieces: readonly Piece[]): Promise<Blob> {
  const parts: BlobPart[] = [];
  if (pieces.length > MAX_SLICES) for (const block of blocksOf(pieces)) parts.push(await copied(blob, block));
  else for (const piece of pieces) parts.push('to' in piece ? blob.slice(piece.from, piece.to) : piece);
  return new Blob(parts, { type: blob.type });
}

/** Neighbours that lie within one block of the old file. */
function blocksOf(pieces: readonly Piece[]): Piece[][] {
  const blocks: Piece[][] = [];
  let end = -1;
  for (const piece of pieces) {
    const block = blocks.at(-1);
    if (block && (!('to' in piece) || piece.to <= end)) block.push(piece);
    else blocks.push([piece]);
    if ('to' in piece && piece.to > end) end = piece.from + BLOCK;
  }
  return blocks;
}

async function copied(blob: Blob, block: readonly Piece[]): Promise<Blob> {
  const ranges = block.filter((piece) => 'to' in piece);
  const [first, last] = [ranges[0], ranges.at(-1)];
  if (first === undefined || last === undefined || ranges.length === 1) {
    return new Blob(block.map((piece) => ('to' in piece ? blob.slice(piece.from, piece.to) : piece)));
  }
  const bytes = new Uint8Array(await blob.slice(first.from, last.to).arrayBuffer());
  return new Blob(
    block.map((piece) => ('to' in piece ? bytes.subarray(piece.from - first.from, piece.to - first.from) : piece)),
  );
}
