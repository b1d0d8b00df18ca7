import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Box, createBox } from '../testing/box.ts';
import { playConversation } from '../testing/conversationScript.ts';
import { bombs, mutations } from '../testing/hostileFrames.ts';
import { decode } from './decode.ts';

const FRAMES = 100_000;
const BATCHES = 100;
const SEED = 20_240_607;
const MEGABYTE = 1_048_576;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes of live objects. */
function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

/** Everything that anybody could have put on the prototypes that all objects share. */
function prototypes(): unknown {
  return [Object.prototype, Array.prototype, Function.prototype, String.prototype].map((prototype) =>
    Object.getOwnPropertyNames(prototype),
  );
}

let real: readonly string[] = [];

beforeAll(async () => {
  let recorded: Box | null = null;
  await playConversation((box) => {
    recorded = box;
  });
  real = (recorded as Box | null)?.frames ?? [];
});

/** A connected tab that has said something, and what its connection has been since. */
async function listening() {
  const box = createBox();
  const tab = box.tab();
  tab.actions.open();
  tab.actions.send('hello');
  await box.clock.advance(1_000);
  const connections: string[] = [];
  tab.store.subscribe(({ connection }, before) => {
    if (connection !== before.connection) connections.push(connection.at);
  });
  return { box, tab, connections };
}

describe('[W1] whatever a socket delivers', () => {
  test(`${FRAMES} mutations of real frames: a chat stays online, and nothing is thrown, polluted or piled up`, {
    timeout: 120_000,
  }, async () => {
    expect(real.length).toBeGreaterThan(30);
    const stream = mutations(real, SEED);
    const pure = prototypes();
    const before = heap();
    const kinds = new Map<string, number>();
    for (let batch = 0; batch < BATCHES; batch += 1) {
      const { box, tab, connections } = await listening();
      // So that there is always something that a false answer could be the answer to.
      box.brand.inject({ fault: 'lose-answer', type: 'ms.PublishEvent', times: FRAMES });
      for (let count = 0; count < FRAMES / BATCHES; count += 1) {
        if (count % 100 === 0) {
          tab.actions.send(`words ${count}`);
          await box.clock.advance(0);
        }
        const frame = stream.next().value;
        const { kind } = decode(frame);
        kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
        tab.receives(frame);
      }
      await box.clock.advance(2_000);
      expect(connections).toEqual([]);
      expect(tab.store.getState().connection.at).toBe('online');
      tab.actions.dispose();
    }
    expect(prototypes()).toEqual(pure);
    expect(heap() - before).toBeLessThan(200 * MEGABYTE);
    // A stream in which everything is unreadable would prove little.
    for (const kind of ['response', 'messages', 'conversations', 'unknown']) {
      expect(kinds.get(kind)).toBeGreaterThan(FRAMES / 50);
    }
  });

  test('bombs: too deep, too long, too many, and no text', async () => {
    const pure = prototypes();
    const { box, tab, connections } = await listening();
    for (const bomb of bombs()) {
      expect(() => decode(bomb)).not.toThrow();
      tab.receives(bomb);
    }
    await box.clock.advance(2_000);
    expect(connections).toEqual([]);
    tab.actions.send('still here');
    await box.clock.advance(2_000);
    expect(tab.lines()).toEqual(['me: hello', 'me: still here']);
    expect(prototypes()).toEqual(pure);
  });
});
