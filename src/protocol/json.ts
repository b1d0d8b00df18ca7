/**
 * JSON as the value is. Prototype.js and its like give every array a `toJSON` that makes a string of it; a replacer's holder
 * still has the array itself (ECMA-262 SerializeJSONProperty).
 */
export function jsonOf(value: unknown): string {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, cooked: unknown) {
    const raw = this[key];
    return Array.isArray(raw) ? raw : cooked;
  });
}
