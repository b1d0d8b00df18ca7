/** What happens when, on a virtual clock: a binary heap by time. */
export interface Agenda<T> {
  add(at: number, what: T): void;
  /** Takes the earliest entry out, or null. Entries of one moment come in any order. */
  next(): { readonly at: number; readonly what: T } | null;
}

export function createAgenda<T>(): Agenda<T> {
  const heap: { at: number; what: T }[] = [];
  const at = (index: number) => heap[index]?.at ?? Number.POSITIVE_INFINITY;

  function swap(a: number, b: number): void {
    const [one, other] = [heap[a], heap[b]];
    if (!one || !other) return;
    heap[a] = other;
    heap[b] = one;
  }

  function rise(from: number): void {
    let index = from;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      if (at(parent) <= at(index)) return;
      swap(parent, index);
      index = parent;
    }
  }

  function sink(): void {
    let index = 0;
    for (;;) {
      const left = 2 * index + 1;
      const least = at(left + 1) < at(left) ? left + 1 : left;
      if (at(index) <= at(least)) return;
      swap(index, least);
      index = least;
    }
  }

  return {
    add(moment, what) {
      heap.push({ at: moment, what });
      rise(heap.length - 1);
    },
    next() {
      const first = heap[0];
      const last = heap.pop();
      if (!first || !last) return null;
      if (heap.length > 0) {
        heap[0] = last;
        sink();
      }
      return first;
    },
  };
}
