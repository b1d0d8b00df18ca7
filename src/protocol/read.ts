/** Readers for hostile JSON: each returns a value of the asked type or a stated fallback, and none ever throws. */

export type Json = Record<string, unknown>;

/** A plain object, or null. */
export function objectOf(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

/** An own property; inherited names such as `__proto__` or `toString` read as absent. */
export function field(value: unknown, name: string): unknown {
  const object = objectOf(value);
  return object && Object.hasOwn(object, name) ? object[name] : undefined;
}

/** A string; numbers become strings because ids arrive either way (PROTOCOL §14 row 2). */
export function stringOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : null;
}

/** A finite number; numeric strings count, because `temp_url_expires` and `fileSize` arrive either way. */
export function numberOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value !== 'string' || value.trim() === '') return null;
  const parsed = Number(value);
  return Number.isFinite(parsed) ? parsed : null;
}

/** A time a Date can hold (ECMA-262: ± 8.64e15 ms) and that lies after the epoch, or null. */
export function timeOf(value: unknown): number | null {
  const time = numberOf(value);
  return time !== null && time >= 0 && time <= 8.64e15 ? time : null;
}

/** An array; one element may be sent bare (protocol overview, compatibility rule 3), null and undefined are none. */
export function arrayOf(value: unknown): unknown[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}

/** The part of a type name after its last "." — `aam.X` and `cqm.X` are the same X (PROTOCOL §14 row 11). */
export function suffixOf(type: unknown): string {
  return typeof type === 'string' ? type.slice(type.lastIndexOf('.') + 1) : '';
}
