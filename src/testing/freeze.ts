/** Freezes a value to its depth, so that a mutation throws where it happens. Maps and sets lose their setters. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  const parts = value instanceof Map ? [...value.values()] : Object.values(value);
  for (const part of parts) frozen(part);
  if (value instanceof Map) {
    const refuse = () => {
      throw new TypeError('this map is frozen');
    };
    Object.assign(value, { set: refuse, delete: refuse, clear: refuse });
  }
  return Object.freeze(value);
}
