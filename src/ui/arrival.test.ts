import { expect, test, vi } from 'vitest';
import { createLaterViews, type Views } from './arrival.ts';

const VIEWS = { css: '.tile {}' } as Views;

test('are asked for once, and bring their CSS before they are here', async () => {
  const load = vi.fn(async () => VIEWS);
  const adopted: string[] = [];
  const later = createLaterViews(load, (css) => adopted.push(`${css} ${later.arrival.getState().at}`));
  expect(later.arrival.getState()).toEqual({ at: 'unasked' });
  later.want();
  later.want();
  await vi.waitFor(() => expect(later.arrival.getState()).toEqual({ at: 'here', views: VIEWS }));
  later.want();
  expect(load).toHaveBeenCalledTimes(1);
  expect(adopted).toEqual(['.tile {} loading']);
});

test('can be asked for again after a failure', async () => {
  const load = vi.fn(async () => VIEWS);
  load.mockRejectedValueOnce(new TypeError('no network'));
  const later = createLaterViews(load, () => {});
  later.want();
  await vi.waitFor(() => expect(later.arrival.getState()).toEqual({ at: 'failed' }));
  later.want();
  await vi.waitFor(() => expect(later.arrival.getState().at).toBe('here'));
});
