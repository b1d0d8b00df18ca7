import { expect } from '@playwright/test';
import {
  arrived,
  BLOCKED_BY_PAGE,
  BLOCKED_BY_STORE,
  BUSY,
  CHECKING,
  CUT_OFF,
  failed,
  type Row,
  STOOD_STILL,
  UNDERWAY,
  UNREACHABLE,
  WAITING,
} from './row.ts';

const group = 'The way to the store';
const ALWAYS = Number.POSITIVE_INFINITY;
/** Ms; the watchdog barks after 20 s without progress. */
const STALLED = 21_000;

function reset(share: number, times: number, expected: Row['expected']): Row {
  return {
    group,
    fault: `reset at ${share * 100} %, ${times === ALWAYS ? 'always' : 'once'}`,
    by: 'relay',
    expected,
    async run(stage) {
      stage.relay.fail('PUT', { how: 'cut', share }, times);
      await stage.send();
      await stage.ends(expected.end);
    },
  };
}

function stall(fault: string, share: number, times: number, expected: Row['expected']): Row {
  return {
    group,
    fault,
    by: 'relay',
    expected,
    async run(stage) {
      stage.relay.fail('PUT', { how: 'stall', share }, times);
      await stage.send();
      const barks = expected.end === 'failed' ? expected.puts : 1;
      for (let stalled = 1; stalled <= barks; stalled += 1) {
        await expect.poll(stage.relay.stalled).toBe(stalled);
        await stage.shows(/^0\.3 MB/);
        await stage.passes(STALLED);
      }
      await stage.ends(expected.end);
    },
  };
}

/** What lies between the page and its store. */
export const WAY: readonly Row[] = [
  reset(0, 1, arrived(2)),
  reset(0.5, 1, arrived(2)),
  reset(0.99, 1, arrived(2)),
  reset(0.5, ALWAYS, failed(2, CUT_OFF)),
  stall('stall at 50 %, once', 0.5, 1, arrived(2, UNDERWAY)),
  stall('stall at 50 %, always', 0.5, ALWAYS, failed(2, STOOD_STILL, UNDERWAY)),
  stall('stall at 100 %, though stored', 1, 1, arrived(1, UNDERWAY)),
  {
    group,
    fault: 'stall at 50 %, and the HEAD after it stalls too',
    by: 'relay',
    expected: arrived(2, UNDERWAY, CHECKING),
    async run(stage) {
      stage.relay.fail('PUT', { how: 'stall', share: 0.5 }, 1);
      stage.relay.fail('HEAD', { how: 'stall', share: 0 }, 1);
      await stage.send();
      await expect.poll(stage.relay.stalled).toBe(1);
      await stage.shows(/^0\.3 MB/);
      await stage.passes(STALLED);
      await stage.shows(CHECKING);
      await expect.poll(stage.relay.stalled).toBe(2);
      await stage.passes(STALLED);
      await stage.ends('published');
    },
  },
  {
    group,
    fault: 'DNS: no such host',
    by: 'network',
    storeUrl: 'http://store.invalid:8080',
    expected: failed(2, UNREACHABLE),
    async run(stage) {
      await stage.send();
      await stage.ends('failed');
    },
  },
  {
    group,
    fault: 'CORS: the store does not know this page',
    by: 'store',
    expected: failed(2, BLOCKED_BY_STORE),
    async run(stage) {
      for (const method of ['PUT', 'HEAD'] as const)
        stage.relay.fail(method, { how: 'resend', headers: { origin: 'http://elsewhere.example' } });
      await stage.send();
      await stage.ends('failed');
    },
  },
  {
    group,
    fault: "CSP: the page's connect-src does not name the store",
    by: 'page',
    expected: failed(1, BLOCKED_BY_PAGE),
    async run(stage) {
      const { port } = stage.sandbox;
      await stage.page.evaluate((policy) => {
        const meta = document.createElement('meta');
        meta.httpEquiv = 'Content-Security-Policy';
        meta.content = policy;
        document.head.append(meta);
      }, `connect-src http://localhost:${port} ws://localhost:${port}`);
      await stage.send();
      await stage.ends('failed');
    },
  },
  {
    group,
    fault: 'a URL lives 2 s, and the file waits longer behind two others that stall',
    by: 'relay',
    urlLife: 2,
    expected: { ...arrived(3, WAITING), published: 3 },
    async run(stage) {
      stage.relay.fail('PUT', { how: 'stall', share: 0.5 }, 2);
      await stage.send(['first.txt', 'second.txt']);
      await expect.poll(stage.relay.stalled).toBe(2);
      await stage.shows(WAITING);
      const sent = Date.now();
      // Swift counts whole seconds.
      await expect.poll(() => Date.now() - sent, { timeout: 10_000 }).toBeGreaterThan(3_000);
      stage.relay.release();
      await stage.ends('published');
    },
  },
];

/** What only a Swift of several servers can meet. */
export const SWIFT_ONLY: readonly Row[] = [
  {
    group,
    fault: 'object server killed in the middle of a PUT, and started again',
    by: 'store',
    only: 'swift',
    expected: arrived(2, WAITING),
    async run(stage) {
      const swift = stage.chat.sites.swift;
      if (!swift) throw new Error('this row is for Swift alone');
      stage.relay.fail('PUT', { how: 'stall', share: 0.5 }, 1);
      await stage.send();
      await expect.poll(stage.relay.stalled).toBe(1);
      await swift.kill('object');
      const mend = stage.relay.fail('PUT', { how: 'stall', share: 0 });
      try {
        stage.relay.release();
        await stage.shows(WAITING);
        await stage.passes(2_000);
        // The next PUT waits at the relay until the server is there again.
        await expect.poll(stage.relay.stalled).toBe(1);
      } finally {
        await swift.revive('object');
      }
      mend();
      stage.relay.release();
      await stage.ends('published');
    },
  },
  {
    group,
    fault: 'object server killed in the middle of a PUT, for good',
    by: 'store',
    only: 'swift',
    expected: failed(3, BUSY, WAITING),
    async run(stage) {
      const swift = stage.chat.sites.swift;
      if (!swift) throw new Error('this row is for Swift alone');
      stage.relay.fail('PUT', { how: 'stall', share: 0.5 }, 1);
      await stage.send();
      await expect.poll(stage.relay.stalled).toBe(1);
      await swift.kill('object');
      try {
        stage.relay.release();
        for (const wait of [2_000, 4_000]) {
          await stage.shows(WAITING);
          const before = stage.puts();
          await stage.passes(wait);
          await expect.poll(stage.puts).toBe(before + 1);
        }
        await stage.ends('failed');
      } finally {
        await swift.revive('object');
      }
    },
  },
];
