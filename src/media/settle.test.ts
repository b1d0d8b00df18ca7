import { expect, test, vi } from 'vitest';
import { oneAtATime, within } from './settle.ts';

const never = () => new Promise<string>(() => undefined);
const ample = { ms: 60_000, late: () => undefined };

test('a job that ends well gives its result, one that fails gives null', async () => {
  expect(await within(async () => 'done', ample)).toBe('done');
  expect(await within(() => Promise.reject(new Error('no')), ample)).toBeNull();
});
test('a job that throws before it has a promise gives null', async () => {
  const broken = () => {
    throw new Error('at once');
  };
  expect(await within(broken, ample)).toBeNull();
});
test('a job that never settles is given up and told to stop', async () => {
  let told: AbortSignal | undefined;
  const job = (stop: AbortSignal) => {
    told = stop;
    return never();
  };
  expect(await within(job, { ...ample, ms: 1 })).toBeNull();
  expect(told?.aborted).toBe(true);
});
test('an aborted signal gives null: before the job, without starting it, and during it', async () => {
  const job = vi.fn(never);
  expect(await within(job, { ...ample, signal: AbortSignal.abort() })).toBeNull();
  expect(job).not.toHaveBeenCalled();
  const consumer = new AbortController();
  const result = within(job, { ...ample, signal: consumer.signal });
  consumer.abort();
  expect(await result).toBeNull();
});
test('a result that comes too late is handed over to be let go', async () => {
  const consumer = new AbortController();
  const late = vi.fn();
  let finish: (value: string) => void = () => undefined;
  const job = () => new Promise<string>((resolve) => (finish = resolve));
  const result = within(job, { ms: 60_000, signal: consumer.signal, late });
  consumer.abort();
  await result;
  finish('picture');
  await vi.waitFor(() => expect(late).toHaveBeenCalledWith('picture'));
});
test('work is done one at a time in order, also after a failure', async () => {
  const log: string[] = [];
  const work = oneAtATime(async (name: string) => {
    log.push(`${name} begins`);
    await new Promise((resolve) => setTimeout(resolve, 1));
    log.push(`${name} ends`);
    if (name === 'a') throw new Error('a failed');
    return name;
  });
  const all = await Promise.allSettled([work('a'), work('b'), work('c')]);
  expect(all.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled']);
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
});
