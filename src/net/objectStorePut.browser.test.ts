import { afterEach, describe, expect, test, vi } from 'vitest';
import { failureOf } from '../protocol/failure.ts';
import { browserClock } from './clock.ts';
import { put } from './objectStoreRequests.ts';

/** A PUT that ends without a status, in a browser: the page's own policy may be why. */

/** Nobody listens there. */
const STORE = 'http://localhost:9';
const URL_OF_FILE = `${STORE}/v1/a?temp_url_sig=5ec2e7`;

afterEach(() => vi.restoreAllMocks());

function violation(more: Partial<SecurityPolicyViolationEventInit>): SecurityPolicyViolationEvent {
  const usual = { documentURI: location.href, violatedDirective: '', originalPolicy: '', statusCode: 200 };
  const told = { disposition: 'enforce', effectiveDirective: 'connect-src', blockedURI: URL_OF_FILE } as const;
  return new SecurityPolicyViolationEvent('securitypolicyviolation', { ...usual, ...told, ...more });
}

async function whyOf(event: SecurityPolicyViolationEvent | null) {
  const { signal } = new AbortController();
  const ended = put(URL_OF_FILE, new Blob(['x']), { signal, onProgress() {} }, browserClock()).catch(failureOf);
  if (event) document.dispatchEvent(event);
  return ended;
}

describe('[U12] a PUT without a status', () => {
  test.each([URL_OF_FILE, STORE])('that the policy of the page has kept back says so: %s', async (blockedURI) => {
    expect(await whyOf(violation({ blockedURI }))).toEqual({ kind: 'blocked', delivery: 'not-sent', by: 'page' });
  });

  test.each<Partial<SecurityPolicyViolationEventInit>>([
    { disposition: 'report' },
    { effectiveDirective: 'img-src' },
    { blockedURI: 'http://elsewhere.example/' },
  ])('is no matter of a policy that has %j', async (more) => {
    expect(await whyOf(violation(more))).toMatchObject({ kind: 'dropped' });
  });

  test('leaves nobody listening', async () => {
    const stops: (AbortSignal | undefined)[] = [];
    vi.spyOn(document, 'addEventListener').mockImplementation((_, __, options) => {
      if (typeof options === 'object') stops.push(options.signal);
    });
    await whyOf(null);
    expect(stops.map((stop) => stop?.aborted)).toEqual([true]);
  });
});
