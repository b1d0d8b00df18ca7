import { describe, expect, test } from 'vitest';
import { RETRY_AFTER_MOST, refusalOf } from './objectStoreAnswer.ts';

const NOW = Date.parse('Tue, 03 Mar 2026 14:00:00 GMT');

function retryAfter(value: string): number | undefined {
  const headers = `content-length: 0\r\nretry-after: ${value}\r\nx-trans-id: tx1\r\n`;
  const failure = refusalOf({ status: 503, statusText: 'Service Unavailable', headers }, NOW);
  return failure.kind === 'refused' ? failure.retryAfter : undefined;
}

test('a refusal has the status and the words of the store', () => {
  expect(refusalOf({ status: 422, statusText: 'Unprocessable Entity', headers: 'etag: x\r\n' }, NOW)).toEqual({
    kind: 'refused',
    delivery: 'refused',
    code: 422,
    message: 'Unprocessable Entity',
  });
});

describe('[U7] Retry-After', () => {
  test.each([
    ['0', 0],
    ['7', 7_000],
    [' 30 ', 30_000],
    ['Tue, 03 Mar 2026 14:00:40 GMT', 40_000],
    ['Tuesday, 03-Mar-26 14:00:40 GMT', 40_000],
  ])('%s is %d ms', (value, ms) => {
    expect(retryAfter(value)).toBe(ms);
  });

  test.each(['3600', '999999999', 'Tue, 03 Mar 2026 16:00:00 GMT'])('%s is cut to a minute', (value) => {
    expect(retryAfter(value)).toBe(RETRY_AFTER_MOST);
  });

  test('a date that has passed is no wait', () => {
    expect(retryAfter('Mon, 02 Mar 2026 14:00:00 GMT')).toBe(0);
  });

  test.each(['', 'soon', '-5', '5.5', '1e3', '0x10', '9999999999', 'May 5', 'Tue, 99 Mar 2026 14:00:40 GMT'])(
    'what makes no sense counts as not said: %s',
    (value) => {
      expect(retryAfter(value)).toBeUndefined();
    },
  );

  test('a header of another name is not taken for it', () => {
    const headers = 'x-retry-after: 5\r\nx-note: retry-after: 5\r\n';
    expect(refusalOf({ status: 503, statusText: '', headers }, NOW)).not.toHaveProperty('retryAfter');
  });
});
