/**
 * Reading from bytes that may lie. A position outside of the array reads as zero (an index outside of a Uint8Array is
 * `undefined` in the language), so no parser here can throw; what a zero means is the parser's to decide.
 */

export function u8(bytes: Uint8Array, at: number): number {
  return bytes[at] ?? 0;
}

export function u16(bytes: Uint8Array, at: number, little = false): number {
  const [high, low] = little ? [at + 1, at] : [at, at + 1];
  return u8(bytes, high) * 0x100 + u8(bytes, low);
}

export function u32(bytes: Uint8Array, at: number, little = false): number {
  const [high, low] = little ? [at + 2, at] : [at, at + 2];
  return u16(bytes, high, little) * 0x10000 + u16(bytes, low, little);
}

/** Bytes as characters U+0000 to U+00FF; shorter than `length` where the array ends. */
export function latin(bytes: Uint8Array, at: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + length));
}

/** Whether `text` (U+0000 to U+00FF) stands at this position. */
export function holds(bytes: Uint8Array, at: number, text: string): boolean {
  return latin(bytes, at, text.length) === text;
}

/** First position of `text` at or after `from` and before `until`, or -1. */
export function find(bytes: Uint8Array, text: string, from = 0, until = bytes.length): number {
  const first = text.charCodeAt(0);
  for (let at = bytes.indexOf(first, from); at >= 0 && at < until; at = bytes.indexOf(first, at + 1)) {
    if (holds(bytes, at, text)) return at;
  }
  return -1;
}
