import { MAX_FRAME } from '../protocol/frame.ts';
import { seeded } from './random.ts';

/** Values that stand where something else is expected. `__proto__` is an own key, as `JSON.parse` makes it. */
const HOSTILE: readonly unknown[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  '',
  '0',
  'NaN',
  '__proto__',
  '\u0000',
  '\ud800',
  '2023-99-99',
  [],
  {},
  [[]],
  [null],
  { length: -1 },
  JSON.parse('{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'),
];

const KEYS = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'length', 'then', ''];

/** Frames that are too deep, too long, too many, or no text at all. */
export function bombs(): unknown[] {
  const deep = (open: string, close: string, depth: number) => open.repeat(depth) + close.repeat(depth);
  const changes = (length: number) =>
    `{"kind":"notification","type":"ms.MessagingEventNotification","body":{"changes":[${'0,'.repeat(length)}0]}}`;
  return [
    deep('[', ']', 100_000),
    deep('{"a":', '}', 100_000).replace('}', '1}'),
    `{"kind":"notification","type":"ms.MessagingEventNotification","body":${deep('{"changes":', '}', 50_000).replace('}', '1}')}}`,
    `{"kind":"resp","reqId":"1","code":200,"body":${deep('[', ']', 100_000)}}`,
    changes(400_000),
    `{"kind":"notification","type":"${'x'.repeat(1_000_000)}","body":{}}`,
    'x'.repeat(MAX_FRAME),
    `"${'x'.repeat(MAX_FRAME + 1)}"`,
    `{${'"a":1,'.repeat(150_000)}"a":1}`,
    new ArrayBuffer(1_024),
    new Blob(['{"kind":"resp"}']),
    null,
    undefined,
    42,
    {},
    '',
    '\u0000',
    '\ufeff{}',
  ];
}

/** An endless stream of real frames gone wrong; the same seed gives the same stream. */
export function* mutations(real: readonly string[], seed: number): Generator<string, never> {
  const random = seeded(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(list: readonly T[]): T => list[below(list.length)] as T;

  function garbled(text: string): string {
    const at = below(text.length);
    const end = at + below(20);
    switch (below(5)) {
      case 0:
        return text.slice(0, at);
      case 1:
        return text.slice(0, at) + text.slice(end);
      case 2:
        return text.slice(0, end) + text.slice(at);
      case 3:
        return text.slice(0, at) + pick(real).slice(at);
      default:
        return text.slice(0, at) + String.fromCharCode(below(0x1_0000)) + text.slice(at + 1);
    }
  }

  /** The same structure with one node of it replaced, left out, doubled or renamed. */
  function bent(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || random() < 0.15) return pick(HOSTILE);
    if (Array.isArray(value)) {
      if (value.length === 0) return [pick(HOSTILE)];
      const at = below(value.length);
      const change = random() < 0.5 ? [bent(value[at])] : random() < 0.5 ? [value[at], value[at]] : [];
      return [...value.slice(0, at), ...change, ...value.slice(at + 1)];
    }
    const entries = Object.entries(value);
    const [key, held] = entries.length > 0 ? pick(entries) : ['', null];
    const rest = entries.filter(([name]) => name !== key);
    const kind = below(6);
    if (kind === 0) return Object.fromEntries(rest);
    // `fromEntries` defines own properties, `__proto__` included.
    if (kind === 1) return Object.fromEntries([...rest, [pick(KEYS), held]]);
    return Object.fromEntries([...rest, [key, bent(held)]]);
  }

  for (;;) {
    const frame = pick(real);
    yield random() < 0.4 ? garbled(frame) : JSON.stringify(bent(JSON.parse(frame)));
  }
}
