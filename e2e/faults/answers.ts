import { expect } from '@playwright/test';
import { sign } from '../../src/sandbox/sign.ts';
import {
  arrived,
  BLOCKED_BY_STORE,
  BUSY,
  failed,
  NOT_ACCEPTED,
  NOT_THIS_KIND,
  type Row,
  TOO_LARGE,
  WAITING,
} from './row.ts';
import type { Stage } from './stage.ts';

const group = 'Answers of the store';
const ALWAYS = Number.POSITIVE_INFINITY;

interface Signed {
  readonly relativePath: string;
  readonly queryParams: { readonly temp_url_sig: string; readonly temp_url_expires: string };
}

/** The first `times` upload URLs are handed out otherwise than they were signed. */
function spoil({ sandbox }: Stage, times: number, change: (signed: Signed) => Signed): void {
  let given = 0;
  sandbox.brand.override('ms.GenerateURLForUploadFile', (_, proceed) => {
    const answer = proceed();
    given += 1;
    return given > times ? answer : { ...answer, body: change(answer.body as Signed) };
  });
}

const withQuery = (query: Partial<Signed['queryParams']>) => (signed: Signed) => ({
  ...signed,
  queryParams: { ...signed.queryParams, ...query },
});
const aged = withQuery({ temp_url_expires: '1000000000' });
const forged = withQuery({ temp_url_sig: '0'.repeat(40) });

/** A good signature for a container that does not exist. */
const nowhere = (key: string) => (signed: Signed) => {
  const relativePath = signed.relativePath.replace(/^(\/v1\/[^/]+)\/[^/]+/, '$1/no-such-container');
  const { temp_url_expires } = signed.queryParams;
  const temp_url_sig = sign(key, 'PUT', Number(temp_url_expires), relativePath);
  return { relativePath, queryParams: { temp_url_sig, temp_url_expires } };
};

function spoiled(fault: string, times: number, change: (signed: Signed) => Signed, expected: Row['expected']): Row {
  return {
    group,
    fault,
    by: 'store',
    expected,
    async run(stage) {
      spoil(stage, times, change);
      await stage.send();
      await stage.ends(expected.end);
    },
  };
}

/** The first `times` PUTs are answered so; with each answer the wait before the next try is over at once. */
function answered(status: number, times: number, expected: Row['expected'], waits: number): Row {
  const name = times === ALWAYS ? 'always' : 'once';
  return {
    group,
    fault: `${status}, ${name}`,
    by: 'relay',
    expected,
    async run(stage) {
      stage.relay.fail('PUT', { how: 'answer', status }, times);
      await stage.send();
      for (let wait = 0; wait < waits; wait += 1) {
        await expect.poll(stage.puts).toBe(wait + 1);
        await stage.shows(WAITING);
        await stage.passes(2_000 * 2 ** wait);
      }
      await stage.ends(expected.end);
    },
  };
}

/** 503 with `Retry-After`, and how long the page waits: until then there is no second PUT. */
function retryAfter(what: string, header: () => Record<string, string>, waits: number): Row {
  return {
    group,
    fault: `503 with Retry-After ${what}`,
    by: 'relay',
    expected: arrived(2, WAITING),
    async run(stage) {
      stage.relay.fail('PUT', { how: 'answer', status: 503, headers: header() }, 1);
      await stage.send();
      // A file waits before its first PUT, too.
      await expect.poll(stage.puts).toBe(1);
      await stage.shows(WAITING);
      // Real time passes as well, more of it on a busy machine; a date is of whole seconds.
      await stage.passes(waits - 25_000);
      await stage.chat.say('meanwhile');
      await expect(stage.chat.articles).toHaveCount(2);
      expect(stage.puts()).toBe(1);
      await stage.passes(27_000);
      await stage.ends('published');
    },
  };
}

const exposed = (value: string) => ({ 'retry-after': value, 'access-control-expose-headers': 'Retry-After' });

/** What an upload URL's owner and the store may answer to a PUT. */
export const ANSWERS: readonly Row[] = [
  spoiled('URL expired, once', 1, aged, arrived(2)),
  spoiled('URL expired, always', ALWAYS, aged, failed(2, BLOCKED_BY_STORE)),
  spoiled('wrong signature, once', 1, forged, arrived(2)),
  spoiled('wrong signature, always', ALWAYS, forged, failed(2, BLOCKED_BY_STORE)),
  answered(403, 1, arrived(2), 0),
  answered(403, ALWAYS, failed(2, NOT_ACCEPTED), 0),
  {
    group,
    fault: '404: no such container',
    by: 'store',
    expected: failed(1, NOT_ACCEPTED),
    async run(stage) {
      spoil(stage, ALWAYS, nowhere(stage.key));
      await stage.send();
      await stage.ends('failed');
    },
  },
  answered(408, 1, arrived(2, WAITING), 1),
  answered(411, ALWAYS, failed(1, NOT_ACCEPTED), 0),
  answered(413, ALWAYS, failed(1, TOO_LARGE), 0),
  answered(415, ALWAYS, failed(1, NOT_THIS_KIND), 0),
  {
    group,
    fault: '422: not the promised MD5, which the relay adds',
    by: 'store',
    expected: failed(1, NOT_ACCEPTED),
    async run(stage) {
      stage.relay.fail('PUT', { how: 'resend', headers: { etag: '0'.repeat(32) } });
      await stage.send();
      await stage.ends('failed');
    },
  },
  answered(429, 1, arrived(2, WAITING), 1),
  answered(500, 1, arrived(2, WAITING), 1),
  answered(500, ALWAYS, failed(3, BUSY, WAITING), 2),
  retryAfter('of 30 s', () => exposed('30'), 30_000),
  retryAfter('as a date in 40 s', () => exposed(new Date(Date.now() + 40_000).toUTCString()), 40_000),
  retryAfter('of an hour, which is cut to a minute', () => exposed('3600'), 60_000),
  {
    group,
    fault: '503 with Retry-After of 30 s that the page may not read',
    by: 'relay',
    expected: arrived(2, WAITING),
    async run(stage) {
      stage.relay.fail('PUT', { how: 'answer', status: 503, headers: { 'retry-after': '30' } }, 1);
      await stage.send();
      // A file waits before its first PUT, too.
      await expect.poll(stage.puts).toBe(1);
      await stage.shows(WAITING);
      await stage.passes(2_000);
      await stage.ends('published');
      expect(stage.chat.errors.filter((error) => !error.includes('503'))).toEqual([]);
    },
  },
];
