/** One encoding of a picture: its long edge in pixels, JPEG quality 0 to 1. */
export interface Encoding {
  readonly edge: number;
  readonly quality: number;
}

/** Relative size of a JPEG by quality, 1 at 0.75: medians of ten images at 400 px (IMAGES §7). */
const CURVE: readonly (readonly [quality: number, size: number])[] = [
  [0.45, 0.635],
  [0.5, 0.68],
  [0.6, 0.77],
  [0.7, 0.91],
  [0.75, 1],
  [0.8, 1.15],
  [0.85, 1.34],
  [0.9, 1.67],
];
/** Below this, fewer pixels look better than more compression. */
const LOWEST = 0.45;
/** Above this, more characters are not to be seen. */
const HIGHEST = 0.9;
/** Quality after shrinking. */
const MIDDLE = 0.6;
/** Share of the limit aimed at: images lie up to 8 % off the curve. */
const AIM = 0.92;
/** An encoding that fills this much of the limit is good enough. */
const FULL = 0.8;

export const FIRST_QUALITY = 0.75;

function sizeAt(quality: number): number {
  return between(CURVE, quality);
}

function qualityAt(size: number): number {
  return between(
    CURVE.map(([quality, at]) => [at, quality] as const),
    size,
  );
}

/** Linear interpolation in a rising table, clamped to its ends. */
function between(table: readonly (readonly [number, number])[], x: number): number {
  let [x0, y0] = table[0] ?? [0, 0];
  for (const [x1, y1] of table) {
    if (x <= x1) return x <= x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0);
    [x0, y0] = [x1, y1];
  }
  return y0;
}

/**
 * The encoding to try after one that came out `length` long, or null when that one will do. Too long: a lower quality by
 * the curve, and below the lowest that still looks well, fewer pixels. Much too short: a higher quality.
 * @param limit most characters allowed
 */
export function nextEncoding(tried: Encoding, length: number, limit: number): Encoding | null {
  if (length <= limit && (length >= FULL * limit || tried.quality >= HIGHEST)) return null;
  const wanted = ((AIM * limit) / length) * sizeAt(tried.quality);
  if (wanted >= sizeAt(LOWEST)) {
    return { edge: tried.edge, quality: qualityAt(wanted) };
  }
  const shrink = Math.sqrt(wanted / sizeAt(MIDDLE));
  return { edge: Math.max(1, Math.floor(tried.edge * Math.min(shrink, 0.9))), quality: MIDDLE };
}
