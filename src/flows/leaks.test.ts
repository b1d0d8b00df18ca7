import { describe, expect, test } from 'vitest';
import type { LastingFault } from '../sandbox/faults.ts';
import { type Box, createBox } from '../testing/box.ts';

const TIMES = 50;

const photo = () => new File(['0123456789'], 'photo.jpg', { type: 'image/jpeg' });

/** What is left of tabs in the whole box once they have gone. */
function leftIn(box: Box) {
  return { consumers: box.brand.consumers().length, locks: box.locks() };
}

const NOTHING = { timers: 0, listeners: 0, sockets: 0 };

describe('[R2] nothing is left of a chat that has been disposed of', () => {
  test(`${TIMES} times: created, connected, a text and a photo sent`, async () => {
    const box = createBox();
    const before = { ...leftIn(box), timers: box.clock.pending() };
    for (let time = 0; time < TIMES; time += 1) {
      const tab = box.tab();
      tab.actions.open();
      tab.actions.attach([photo()]);
      tab.actions.send('with a word');
      tab.actions.setDraft('and one more');
      await box.clock.advance(2_000);
      expect(tab.lines()).toEqual(['me: [photo.jpg]', 'me: with a word']);
      expect(tab.residue().listeners).toBeGreaterThan(0);
      tab.actions.dispose();
      await box.clock.advance(0);
      expect(tab.residue()).toEqual(NOTHING);
    }
    expect({ ...leftIn(box), timers: box.clock.pending() }).toEqual(before);
  });

  /** Moments at which something is under way; ms after the first message. */
  test.each([0, 1, 10, 19, 21, 50, 500])('%i ms after a message', async (ms) => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.attach([photo()]);
    tab.actions.send('with a word');
    if (ms > 0) await box.clock.advance(ms);
    tab.actions.dispose();
    await box.clock.advance(0);
    expect(tab.residue()).toEqual(NOTHING);
    expect(leftIn(box)).toEqual({ consumers: 0, locks: [] });
  });

  test.each<LastingFault>([
    { fault: 'silence' },
    { fault: 'throttle', requests: 1 },
    { fault: 'busy', requests: 1 },
    { fault: 'lose-answer', times: 9 },
    { fault: 'delay', ms: 5_000 },
  ])('in the midst of $fault', async (fault) => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.send('before');
    await box.clock.advance(1_000);
    box.brand.inject(fault);
    tab.actions.send('slow');
    tab.actions.attach([photo()]);
    tab.actions.send('');
    await box.clock.advance(300);
    tab.actions.dispose();
    await box.clock.advance(0);
    expect(tab.residue()).toEqual(NOTHING);
    // A silent service takes its time to notice.
    await box.clock.advance(60_000);
    expect(leftIn(box)).toEqual({ consumers: 0, locks: [] });
  });

  test('and nothing begins anew', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.dispose();
    tab.actions.open();
    tab.actions.attach([photo()]);
    tab.actions.send('too late');
    tab.actions.reconnect();
    await box.clock.advance(5_000);
    expect(tab.residue()).toEqual(NOTHING);
    expect(leftIn(box)).toEqual({ consumers: 0, locks: [] });
  });

  test('while waiting for the next try', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.send('before');
    await box.clock.advance(1_000);
    box.brand.inject({ fault: 'restart', ms: 60_000 });
    await box.clock.advance(5_000);
    tab.actions.dispose();
    await box.clock.advance(0);
    expect(tab.residue()).toEqual(NOTHING);
    expect(leftIn(box)).toEqual({ consumers: 0, locks: [] });
  });
});
