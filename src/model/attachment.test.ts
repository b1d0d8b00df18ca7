import { describe, expect, test } from 'vitest';
import { frozen } from '../testing/freeze.ts';
import { type Attachment, advanced, type Change, NEXT, progressOf } from './attachment.ts';

const WHY = { kind: 'dropped', delivery: 'unknown' } as const;
const about = {
  id: 'a',
  name: 'photo.jpg',
  size: 1000,
  uploadSize: 1000,
  fileType: 'JPG',
  kind: 'image' as const,
  caption: 'look',
  preview: null,
  width: 4,
  height: 3,
  locationRemoved: false,
};
const STATES: { [At in Attachment['at']]: Change } = {
  picked: { at: 'picked' },
  rejected: { at: 'rejected', why: { why: 'empty' } },
  ready: { at: 'ready' },
  queued: { at: 'queued' },
  signing: { at: 'signing' },
  verifying: { at: 'verifying' },
  uploading: { at: 'uploading', sent: 500 },
  publishing: { at: 'publishing', path: '/v1/x' },
  published: { at: 'published', path: '/v1/x' },
  failed: { at: 'failed', why: WHY, resume: 'signing', path: null },
  cancelled: { at: 'cancelled' },
};
const every = Object.keys(STATES) as Attachment['at'][];
const being = (at: Attachment['at']): Attachment => frozen({ ...about, ...STATES[at] } as Attachment);

describe('advanced', () => {
  test.each(every.flatMap((from) => every.map((to) => [from, to] as const)))(
    '%s → %s follows the table',
    (from, to) => {
      const before = being(from);
      const after = advanced(before, to === 'uploading' ? { at: 'uploading', sent: 600 } : STATES[to]);
      if (NEXT[from].includes(to)) expect(after).toMatchObject({ ...about, at: to });
      else expect(after).toBe(before);
    },
  );

  test('drops the fields of the state it leaves', () => {
    expect(advanced(being('failed'), { at: 'queued' })).toEqual({ ...about, at: 'queued', sent: 0 });
  });

  test('[U4] progress never goes backwards', () => {
    const half = being('uploading');
    expect(advanced(half, { at: 'uploading', sent: 400 })).toBe(half);
    expect(advanced(half, { at: 'uploading', sent: 501 })).toMatchObject({ sent: 501 });
  });
});

test('[U5] 100 % is shown only when the service has accepted the publish', () => {
  const shares = every.map((at) => [at, progressOf(being(at))] as const);
  expect(shares.filter(([, share]) => share === 1)).toEqual([['published', 1]]);
  expect(progressOf({ ...about, at: 'uploading', sent: 1000 })).toBeLessThan(1);
  expect(progressOf(being('uploading'))).toBe(0.5);
});
