import { expect } from '@playwright/test';
import { HELD, type Held, hold } from './held.ts';
import { arrived, type Row, TOO_LARGE, WAITING } from './row.ts';
import { NOTES, type Seen, type Stage } from './stage.ts';

const cancelled: Seen = { meanwhile: [], inTheEnd: '', puts: 0, published: 0, end: 'cancelled' };
const gone: Seen = { ...cancelled, end: 'gone' };

/** PUTs until the consumer takes the file back; those of the two others before a queued one go on. */
const BEGUN: Readonly<Record<Held, number>> = {
  ready: 0,
  queued: 2,
  signing: 0,
  uploading: 1,
  verifying: 1,
  publishing: 1,
  failed: 1,
};

function takenBack(state: Held): Row {
  const others = state === 'queued' ? 2 : 0;
  return {
    group: 'Taken back',
    fault: state,
    by: 'consumer',
    expected: { ...cancelled, puts: BEGUN[state], published: others },
    async run(stage) {
      const letGo = await hold(stage, state);
      const button = state === 'ready' || state === 'failed' ? 'Remove' : 'Cancel';
      await stage.chat.panel
        .getByRole('button', { name: new RegExp(`^${button}\\b`) })
        .last()
        .click();
      const asked = stage.asked();
      letGo();
      await expect(stage.chat.panel.getByRole('article', { name: /, Sent$/ })).toHaveCount(others);
      // Whatever waits would have come by then, and what is said afterwards still goes.
      await stage.passes(70_000);
      await stage.chat.say('never mind');
      await expect(stage.chat.articles).toHaveCount(others + 1);
      await expect(stage.chat.articles.last()).toHaveAccessibleName(/, Sent$/);
      const later = stage.asked().slice(asked.length);
      expect(later.filter((what) => what !== 'ms.PublishEvent')).toEqual([]);
      expect(later).toHaveLength(others);
      await stage.ends('cancelled');
    },
  };
}

/** PUTs in all when the network goes in a state and comes back. One that was under way is made again. */
const AWAY_PUTS: Readonly<Record<Held, number>> = {
  ready: 1,
  queued: 1,
  signing: 1,
  uploading: 2,
  verifying: 2,
  publishing: 1,
  failed: 2,
};

/**
 * The connection ends first, and is seen to: a browser that only emulates being offline keeps an open socket, and may hold
 * back the word of its end as well.
 */
async function goOffline({ chat, page, relay, sandbox }: Stage): Promise<void> {
  sandbox.brand.inject({ fault: 'restart', ms: 600_000 });
  await expect(chat.panel.getByText('Reconnecting').first()).toBeVisible();
  await page.context().setOffline(true);
  relay.cut();
}

async function comeBack({ page, sandbox }: Stage): Promise<void> {
  sandbox.brand.inject({ fault: 'restart', ms: 0 });
  await page.context().setOffline(false);
}

function offline(state: Held): Row {
  const meanwhile = state === 'ready' ? [] : [WAITING];
  return {
    group: 'Offline',
    fault: state,
    by: 'network',
    expected: arrived(AWAY_PUTS[state], ...(state === 'failed' ? [TOO_LARGE, WAITING] : meanwhile)),
    async run(stage) {
      const { chat } = stage;
      // A file that waits for its turn while offline is one that was sent while offline.
      const letGo = await hold(stage, state === 'queued' ? 'ready' : state);
      await goOffline(stage);
      if (state === 'queued') await chat.send.click();
      if (state === 'failed') {
        await stage.shows(TOO_LARGE);
        await stage.row.getByRole('button', { name: 'Retry' }).click();
      }
      if (state !== 'ready') await stage.shows(WAITING);
      if (state === 'uploading') await expect.poll(stage.asked).toContain('HEAD');
      const before = stage.puts();
      await stage.passes(70_000);
      expect(stage.puts()).toBe(before);
      letGo();
      await comeBack(stage);
      if (state === 'ready') await chat.send.click();
      await stage.ends('published');
    },
  };
}

const RELOADED_PUTS: Readonly<Record<Exclude<Held, 'ready'>, number>> = {
  queued: 5,
  signing: 1,
  uploading: 2,
  verifying: 2,
  publishing: 1,
  failed: 2,
};

function reloaded(state: Exclude<Held, 'ready'>): Row {
  const others = state === 'queued' ? 2 : 0;
  return {
    group: 'Reloaded',
    fault: state,
    by: 'consumer',
    expected: { ...arrived(RELOADED_PUTS[state]), published: others + 1 },
    async run(stage) {
      const letGo = await hold(stage, state);
      await stage.page.reload({ waitUntil: 'commit' });
      letGo();
      await stage.chat.open();
      await stage.ends('published');
      await expect(stage.chat.articles).toHaveCount(others + 1);
    },
  };
}

export const TAKEN_BACK: readonly Row[] = HELD.map(takenBack);

export const OFFLINE: readonly Row[] = [
  ...HELD.map(offline),
  {
    group: 'Offline',
    fault: 'uploading; the PUT after it is reset, which is the first that counts',
    by: 'network',
    expected: arrived(3, WAITING),
    async run(stage) {
      const letGo = await hold(stage, 'uploading');
      await goOffline(stage);
      await stage.shows(WAITING);
      // The line says so as soon as the connection is gone; the end of the PUT may be heard a moment later.
      await expect.poll(stage.asked).toContain('HEAD');
      letGo();
      stage.relay.fail('PUT', { how: 'cut', share: 0.5 }, 1);
      await comeBack(stage);
      await stage.ends('published');
    },
  },
  {
    group: 'Offline',
    fault: 'uploading, when the store has it all and its answer is on the way',
    by: 'network',
    expected: arrived(1, WAITING),
    async run(stage) {
      stage.relay.fail('PUT', { how: 'stall', share: 1 }, 1);
      await stage.send();
      await expect.poll(stage.relay.stalled).toBe(1);
      await goOffline(stage);
      await stage.shows(WAITING);
      await expect.poll(stage.asked).toContain('HEAD');
      stage.relay.release();
      await comeBack(stage);
      await stage.ends('published');
    },
  },
];

export const RELOADED: readonly Row[] = [
  {
    group: 'Reloaded',
    fault: 'ready: not sent yet, so nothing is kept',
    by: 'consumer',
    expected: gone,
    async run(stage) {
      await hold(stage, 'ready');
      await stage.page.reload();
      await stage.chat.open();
      await expect(stage.chat.panel.getByText(NOTES)).toHaveCount(0);
      await stage.ends('gone');
    },
  },
  ...HELD.flatMap((state) => (state === 'ready' ? [] : [reloaded(state)])),
];
