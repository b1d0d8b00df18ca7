import { describe, expect, test } from 'vitest';
import { DROPPED, refused } from '../protocol/failure.ts';
import { frozen } from '../testing/freeze.ts';
import { backoff } from './backoff.ts';
import { DEAD_AFTER, deadline, NO_SOONER, PING_AFTER, STEP_WITHIN, step } from './link.ts';
import type { Link, LinkEvent } from './linkStates.ts';

const NOW = 1_000_000;
const at = (now: number) => ({ now, chance: 0.5 });

/** Plays events in order, one ms apart, and tells the last link and every effect. */
function play(link: Link, ...events: LinkEvent[]) {
  const effects: string[] = [];
  let now = NOW;
  let current = frozen(link);
  for (const event of events) {
    const stepped = step(current, event, at(now++));
    current = frozen(stepped.link);
    effects.push(...stepped.effects.map((effect) => effect.type));
  }
  return { link: current, effects };
}

const closed: Link = { at: 'closed', run: 0 };
const run = { run: 1 };
const toOnline: LinkEvent[] = [
  { type: 'wanted' },
  { type: 'resolved', ...run },
  { type: 'identified', ...run },
  { type: 'opened', ...run },
  { type: 'greeted', ...run },
];
const online = play(closed, ...toOnline).link;

describe('the way to online', () => {
  test('[C1] is resolve, identify, open, greet, and online only after the greeting', () => {
    const states = toOnline.map((_, index) => play(closed, ...toOnline.slice(0, index + 1)).link.at);
    expect(states).toEqual(['resolving', 'identifying', 'opening', 'greeting', 'online']);
    expect(play(closed, ...toOnline).effects).toEqual(['resolve', 'identify', 'open', 'greet']);
  });

  test('takes no step on news of something else', () => {
    expect(play(closed, { type: 'wanted' }, { type: 'greeted', ...run }).link.at).toBe('resolving');
    expect(play(closed, { type: 'wanted' }, { type: 'opened', ...run }).link.at).toBe('resolving');
  });

  test('[C3] late events of an old try are dropped', () => {
    const stepped = step(online, { type: 'closed', run: 0, code: 1006 }, at(NOW));
    expect(stepped).toEqual({ link: online, effects: [] });
  });

  test('asking twice starts one connection', () => {
    expect(play(closed, { type: 'wanted' }, { type: 'wanted' }).effects).toEqual(['resolve']);
    expect(step(online, { type: 'wanted' }, at(NOW)).effects).toEqual([]);
  });

  test('a step that takes too long is a failed one', () => {
    const resolving = play(closed, { type: 'wanted' }).link;
    expect(deadline(resolving)).toBe(NOW + STEP_WITHIN);
    expect(step(resolving, { type: 'woke' }, at(NOW + STEP_WITHIN)).link.at).toBe('waiting');
    expect(step(resolving, { type: 'woke' }, at(NOW + 10)).link).toBe(resolving);
  });
});

describe('staying online', () => {
  const heardAt = NOW + 4;

  test('[C5] pings after 30 s of silence; any frame is life', () => {
    expect(deadline(online)).toBe(heardAt + PING_AFTER);
    const pinged = step(online, { type: 'woke' }, at(heardAt + PING_AFTER));
    expect(pinged.effects).toEqual([{ type: 'ping', run: 1 }]);
    const alive = step(pinged.link, { type: 'heard', ...run }, at(heardAt + PING_AFTER + 1)).link;
    expect(deadline(alive)).toBe(heardAt + PING_AFTER + 1 + PING_AFTER);
  });

  test('[C6] a request of ours counts as a ping, and the first one since the last frame counts', () => {
    const asked = step(online, { type: 'asked', ...run }, at(heardAt + 50)).link;
    expect(deadline(asked)).toBe(heardAt + 50 + DEAD_AFTER);
    expect(step(asked, { type: 'asked', ...run }, at(heardAt + 60)).link).toBe(asked);
    expect(step(asked, { type: 'woke' }, at(heardAt + 50 + DEAD_AFTER)).link.at).toBe('waiting');
    expect(step(asked, { type: 'heard', ...run }, at(heardAt + 70)).link).toMatchObject({
      at: 'online',
      askedAt: null,
    });
    const resolving = play(closed, { type: 'wanted' }).link;
    expect(step(resolving, { type: 'asked', ...run }, at(NOW)).link).toBe(resolving);
  });

  test('[C6] only an unanswered ping of ours proves death', () => {
    const pinged = step(online, { type: 'woke' }, at(heardAt + PING_AFTER)).link;
    const dead = step(pinged, { type: 'woke' }, at(heardAt + PING_AFTER + DEAD_AFTER));
    expect(dead.link.at).toBe('waiting');
    expect(dead.effects).toEqual([{ type: 'hangUp', run: 1 }]);
  });

  test('[C8] coming back into view checks a connection and shortens a wait, and starts nothing else', () => {
    expect(step(online, { type: 'returned' }, at(NOW)).effects).toEqual([{ type: 'ping', run: 1 }]);
    const waiting = step(online, { type: 'closed', ...run, code: 1006 }, at(NOW)).link;
    expect(step(waiting, { type: 'returned' }, at(NOW)).link.at).toBe('resolving');
    expect(step(closed, { type: 'returned' }, at(NOW))).toEqual({ link: closed, effects: [] });
  });

  test('[C9] after the back/forward cache the socket is dead', () => {
    const thawed = step(online, { type: 'thawed' }, at(NOW));
    expect(thawed.effects.map((effect) => effect.type)).toEqual(['hangUp', 'resolve']);
    expect(thawed.link).toMatchObject({ at: 'resolving', run: 2 });
  });

  test('[C9] a page that is put away lets go of the socket, and tries again when it is back', () => {
    const left = step(online, { type: 'left' }, at(NOW));
    expect(left.effects.map((effect) => effect.type)).toEqual(['hangUp']);
    expect(left.link).toMatchObject({ at: 'waiting', renew: false });
    const back = step(left.link, { type: 'thawed' }, at(NOW + 1));
    expect(back.effects.map((effect) => effect.type)).toEqual(['resolve']);
    expect(step({ at: 'closed', run: 1 }, { type: 'left' }, at(NOW)).effects).toEqual([]);
  });
});

describe('[C7] what a close asks for', () => {
  test.each([
    [4401, true],
    [4407, true],
    [1011, true],
    [1008, true],
    [1000, false],
    [1001, false],
    [1006, false],
    [1012, false],
    [1013, false],
    [4999, false],
  ])('%i: a fresh identity is %s', (code, renew) => {
    const { link } = play(online, { type: 'closed', ...run, code });
    expect(link).toMatchObject({ at: 'waiting', renew });
    const next = step(link, { type: 'woke' }, at(NOW + 60_000));
    expect(next.effects.map((effect) => effect.type)).toEqual([renew ? 'identify' : 'resolve']);
  });

  test('a fresh identity is owed until there is one, and its getting lost is not held against it', () => {
    let link = step(online, { type: 'closed', ...run, code: 4407 }, at(NOW)).link;
    for (let time = 0; time < 5; time += 1) {
      const next = step(link, { type: 'woke' }, at(NOW + 100_000));
      expect(next.effects).toEqual([{ type: 'identify', run: next.link.run, renew: true }]);
      link = step(next.link, { type: 'failed', run: next.link.run, why: DROPPED }, at(NOW)).link;
      expect(link).toMatchObject({ at: 'waiting', renewals: 1 });
    }
  });

  test('a fresh identity is still owed to a page that was put away before there was one', () => {
    const turnedDown = step(online, { type: 'closed', ...run, code: 4401 }, at(NOW)).link;
    const renewing = step(turnedDown, { type: 'woke' }, at(NOW + 60_000)).link;
    const left = step(renewing, { type: 'left' }, at(NOW)).link;
    const { effects } = step(left, { type: 'thawed' }, at(NOW + 1));
    expect(effects).toEqual([{ type: 'identify', run: 3, renew: true }]);
  });

  test('identities that are turned down again and again end in one refusal, not in a loop', () => {
    let link = online;
    for (let time = 1; link.at !== 'refused'; time += 1) {
      expect(time).toBeLessThan(6);
      link = step(link, { type: 'closed', run: link.run, code: 4401 }, at(NOW)).link;
      if (link.at !== 'waiting') continue;
      link = step(link, { type: 'woke' }, at(NOW + 60_000 * time)).link;
      link = step(link, { type: 'identified', run: link.run }, at(NOW)).link;
    }
    expect(link.why).toMatchObject({ kind: 'refused', code: 401 });
    expect(deadline(link)).toBeNull();
  });
});

describe('[C12] a consumer who does not want to wait', () => {
  /** Has failed so many tries in a row; each with the chance of 0.5. */
  function failed(tries: number): Extract<Link, { at: 'waiting' }> {
    let link: Link = closed;
    for (let now = NOW, time = 0; time < tries; time += 1) {
      link = step(link, { type: time === 0 ? 'wanted' : 'woke' }, at(now)).link;
      link = step(link, { type: 'failed', run: link.run, why: DROPPED }, at(now)).link;
      now = deadline(link) ?? now;
    }
    if (link.at !== 'waiting') throw new Error(`the link is ${link.at}`);
    return link;
  }
  const waiting = failed(6);
  const planned = waiting.until;
  const soonest = waiting.since + NO_SOONER;

  test('is tried at once, or as soon as one try may follow the other', () => {
    expect(planned).toBeGreaterThan(soonest + 10_000);
    const soon = step(waiting, { type: 'wanted' }, at(waiting.since + 10));
    expect(soon.effects).toEqual([]);
    expect(deadline(soon.link)).toBe(soonest);
    expect(step(soon.link, { type: 'wanted' }, at(waiting.since + 20)).link).toBe(soon.link);
    expect(step(soon.link, { type: 'woke' }, at(soonest)).link.at).toBe('resolving');
    expect(step(waiting, { type: 'wanted' }, at(soonest)).link.at).toBe('resolving');
  });

  test('costs no try that was planned, and makes no later wait longer', () => {
    const extra = step(waiting, { type: 'wanted' }, at(soonest)).link;
    const again = step(extra, { type: 'failed', run: extra.run, why: DROPPED }, at(soonest + 100)).link;
    expect(again).toMatchObject({ at: 'waiting', until: planned, tries: 6, since: soonest + 100 });
    const late = step(extra, { type: 'failed', run: extra.run, why: DROPPED }, at(planned + 1)).link;
    expect(late).toMatchObject({ at: 'waiting', tries: 7 });
  });

  test('begins at most one try every second and a half, however much they do', () => {
    let link: Link = waiting;
    let begun = 0;
    for (let now = waiting.since; now < planned - NO_SOONER; now += 10) {
      const due = deadline(link);
      for (const type of ['wanted', 'woke'] as const) {
        if (type === 'woke' && (due === null || due > now)) continue;
        const stepped = step(link, { type }, at(now));
        begun += stepped.effects.filter((effect) => effect.type === 'resolve').length;
        link = stepped.link;
      }
      if (link.at === 'resolving') link = step(link, { type: 'failed', run: link.run, why: DROPPED }, at(now)).link;
    }
    expect(begun).toBeGreaterThan(2);
    expect(begun).toBeLessThanOrEqual((planned - waiting.since) / NO_SOONER);
  });
});

describe('waiting', () => {
  test('[C4] doubles its ceiling with full jitter up to a minute', () => {
    expect([0, 1, 2, 5, 6, 30].map((tries) => backoff(tries, 1))).toEqual([1000, 2000, 4000, 32_000, 60_000, 60_000]);
    expect(backoff(3, 0)).toBe(0);
    expect(backoff(3, 0.25)).toBe(2000);
  });

  test('counts tries until a greeting, which alone resets them', () => {
    let link: Link = closed;
    link = step(link, { type: 'wanted' }, at(NOW)).link;
    for (const tries of [1, 2, 3]) {
      link = step(link, { type: 'failed', run: link.run, why: DROPPED }, at(NOW)).link;
      expect(link).toMatchObject({ at: 'waiting', tries });
      link = step(link, { type: 'woke' }, at(NOW + 100_000)).link;
    }
    const again = { run: link.run };
    const { link: back } = play(
      link,
      { type: 'resolved', ...again },
      { type: 'identified', ...again },
      { type: 'opened', ...again },
    );
    expect(back).toMatchObject({ at: 'greeting', tries: 3 });
    expect(step(back, { type: 'greeted', ...again }, at(NOW)).link).toMatchObject({ at: 'online', tries: 0 });
  });

  test.each([
    [refused(400, ''), 'refused'],
    [refused(404, ''), 'refused'],
    [refused(408, ''), 'waiting'],
    [refused(429, ''), 'waiting'],
    [refused(503, ''), 'waiting'],
    [DROPPED, 'waiting'],
  ])('a first step that ends with %o leads to %s', (why, state) => {
    expect(play(closed, { type: 'wanted' }, { type: 'failed', ...run, why }).link.at).toBe(state);
  });
});

test('disposing hangs up and takes no more news', () => {
  const { link, effects } = play(online, { type: 'disposed' }, { type: 'heard', ...run });
  expect(link.at).toBe('closed');
  expect(effects).toEqual(['hangUp']);
});
