import { afterEach, describe, expect, test, vi } from 'vitest';
import { failureOf } from '../protocol/failure.ts';
import { fakeClock } from '../testing/clock.ts';
import { createObjectStore } from './objectStore.ts';
import { STALLED_AFTER } from './objectStoreRequests.ts';

const AT = { relativePath: '/v1/a/b/c', signature: 's', rawExpires: '9', expires: 9 };

afterEach(() => vi.unstubAllGlobals());

function storeThat(answer: (init: RequestInit) => Promise<Response>, urls: string[] = []) {
  const asked: RequestInit[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    urls.push(url);
    asked.push(init);
    return answer(init);
  });
  const clock = fakeClock();
  return {
    clock,
    asked,
    store: createObjectStore(
      () => 'http://swift.test',
      clock,
      () => import('./objectStoreRequests.ts'),
    ),
  };
}

/** Ends only by its signal, as a request that nobody answers. */
const silence = ({ signal }: RequestInit) =>
  new Promise<Response>((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));

async function whyOf(work: Promise<unknown>) {
  return work.then(
    () => null,
    (error: unknown) => failureOf(error),
  );
}

describe('[U2] whether an object has landed', () => {
  test.each([
    [200, true],
    [404, false],
  ])('is said by %i', async (status, held) => {
    const { store, asked, clock } = storeThat(async () => new Response(null, { status }));
    expect(await store.holds(AT)).toBe(held);
    expect(asked[0]).toMatchObject({ method: 'HEAD', credentials: 'omit', cache: 'no-store' });
    expect(clock.pending()).toBe(0);
  });

  test.each([401, 503])('is not said by %i', async (status) => {
    const { store } = storeThat(async () => new Response(null, { status }));
    expect(await whyOf(store.holds(AT))).toMatchObject({ kind: 'refused', code: status });
  });

  test('is not said without a status', async () => {
    const { store, clock } = storeThat(async () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await whyOf(store.holds(AT))).toMatchObject({ kind: 'dropped' });
    expect(clock.pending()).toBe(0);
  });

  test('is not waited for longer than for an upload that stands still', async () => {
    const { store, clock } = storeThat(silence);
    const why = whyOf(store.holds(AT));
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    await clock.advance(STALLED_AFTER);
    expect(await why).toMatchObject({ kind: 'timeout', delivery: 'unknown' });
  });

  test('is not asked any more once the upload has been taken back', async () => {
    const { store, clock, asked } = storeThat(silence);
    const stop = new AbortController();
    const why = whyOf(store.holds(AT, { signal: stop.signal }));
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    stop.abort();
    expect(await why).toMatchObject({ kind: 'aborted' });
    expect(await whyOf(store.holds(AT, { signal: stop.signal }))).toMatchObject({ kind: 'aborted' });
    expect(asked).toHaveLength(1);
    expect(clock.pending()).toBe(0);
  });
});

describe('[U12] whether anybody answers at all', () => {
  test('is asked of the origin alone, without anything signed', async () => {
    const urls: string[] = [];
    const { store, asked, clock } = storeThat(async () => Response.error(), urls);
    expect(await store.answers()).toBe(true);
    expect(urls).toEqual(['http://swift.test']);
    const init = { method: 'HEAD', mode: 'no-cors', credentials: 'omit', referrerPolicy: 'no-referrer' };
    expect(asked[0]).toMatchObject(init);
    expect(clock.pending()).toBe(0);
  });

  test('is denied by a request that fails', async () => {
    const { store } = storeThat(async () => Promise.reject(new TypeError('Failed to fetch')));
    expect(await store.answers()).toBe(false);
  });

  test('is not waited for longer than for an upload that stands still', async () => {
    const { store, clock } = storeThat(silence);
    const answers = store.answers();
    await vi.waitFor(() => expect(clock.pending()).toBe(1));
    await clock.advance(STALLED_AFTER);
    expect(await answers).toBe(false);
  });
});

test('requests that cannot be fetched fail as a lost network does', async () => {
  const store = createObjectStore(
    () => 'http://swift.test',
    fakeClock(),
    () => Promise.reject(new TypeError('Failed to fetch dynamically imported module')),
  );
  expect(await whyOf(store.get(AT))).toMatchObject({ kind: 'dropped' });
  expect(store.url(AT)).toBe('http://swift.test/v1/a/b/c?temp_url_sig=s&temp_url_expires=9');
});
