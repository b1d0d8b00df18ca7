import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Box, type BoxTab, createBox } from '../testing/box.ts';
import { seeded } from '../testing/random.ts';

/** A consumer and an agent who have said these things in turn; `me: …` and `them: …`. */
async function talked(...lines: string[]) {
  return talkedIn(createBox(), lines);
}

async function talkedIn(box: Box, lines: readonly string[]) {
  const agent = box.agent();
  const tab = box.tab({ persistence: 'local' });
  tab.actions.open();
  for (const line of lines) await say(box, tab, agent, line);
  return { box, agent, tab };
}

async function say(box: Box, tab: BoxTab, agent: ReturnType<Box['agent']>, line: string): Promise<void> {
  const text = line.replace(/^\w+: /, '');
  if (line.startsWith('me')) tab.actions.send(text);
  else await agent.say(text);
  await box.clock.advance(1_000);
}

/** What the service has stored of messages. */
function storedIn(box: Box): string[] {
  const conversations = box.brand.snapshot().accounts[0]?.conversations ?? [];
  const events = conversations.flatMap(({ dialogs }) => dialogs.flatMap((dialog) => dialog.events));
  return events
    .filter(({ event }) => event.type === 'ContentEvent')
    .map(({ event, role }) => `${role === 'CONSUMER' ? 'me' : 'them'}: ${event.message}`);
}

const shown = ({ store, lines }: BoxTab) => {
  const { transcript } = store.getState();
  const states = transcript.ids.map((id) => transcript.byId.get(id)?.delivery?.at);
  return lines().map((line, at) => (states[at] ? `${line} (${states[at]})` : line));
};

const lastOf = ({ store }: BoxTab) => store.getState().transcript.ids.at(-1) ?? '';

/** How many of the newest events belong to the last so many messages. */
function eventsBehind(box: Box, message: string): number {
  const events = box.brand.snapshot().accounts[0]?.conversations[0]?.dialogs[0]?.events ?? [];
  return events.length - events.findIndex(({ event }) => event.message === message);
}

async function forgetsFrom(box: Box, message: string): Promise<void> {
  box.brand.inject({ fault: 'forget', events: eventsBehind(box, message) });
  await box.clock.advance(10_000);
}

test('[O7] an own message that the service has forgotten is not sure, and can be sent again', async () => {
  const { box, tab } = await talked('me: hello', 'them: hi', 'me: my order is lost');
  await forgetsFrom(box, 'my order is lost');
  expect(shown(tab)).toEqual(['me: hello (sent)', 'them: hi', 'me: my order is lost (unsure)']);
  expect(storedIn(box)).toEqual(['me: hello', 'them: hi']);
  tab.actions.retry(lastOf(tab));
  await box.clock.advance(1_000);
  expect(shown(tab).at(-1)).toBe('me: my order is lost (sent)');
  expect(storedIn(box)).toEqual(['me: hello', 'them: hi', 'me: my order is lost']);
});

test('[O7] numbers that are given away again belong to what is said now', async () => {
  const { box, agent, tab } = await talked('me: hello', 'them: hi', 'me: one', 'them: two', 'me: three');
  box.brand.inject({ fault: 'forget', events: eventsBehind(box, 'one') });
  // Before the consumer is back, so that the last number known is somebody else's by then.
  for (const words of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await agent.say(words);
  await box.clock.advance(10_000);
  const now = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((words) => `them: ${words}`);
  expect(shown(tab)).toEqual(['me: hello (sent)', 'them: hi', ...now, 'me: one (unsure)', 'me: three (unsure)']);
  await say(box, tab, agent, 'me: four');
  await say(box, tab, agent, 'them: five');
  expect(tab.lines().slice(0, -2)).toEqual(storedIn(box));
  expect(shown(tab).at(-3)).toBe('them: five');
});

test('[O7] nothing is asked twice, and nothing changes, where the service remembers', async () => {
  const { box, tab } = await talked('me: hello', 'them: hi');
  const before = tab.store.getState().transcript;
  const asked = box.brand.requests.length;
  box.brand.inject({ fault: 'restart', ms: 0 });
  // Nobody can be told of it just now, and the message is heard once more before anybody is.
  tab.actions.seen([lastOf(tab)]);
  const unread = new Set<number>();
  tab.store.subscribe((state) => unread.add(state.unread.length));
  await box.clock.advance(10_000);
  const subscriptions = box.brand.requests.slice(asked).filter(({ type }) => type === 'ms.SubscribeMessagingEvents');
  expect(subscriptions).toHaveLength(1);
  expect(tab.store.getState().transcript).toBe(before);
  expect([...unread]).toEqual([0]);
});

test('[O7] a file that was forgotten is published again and not uploaded again, also after a reload', async () => {
  const { box, tab } = await talked('me: hello');
  tab.actions.attach([new File(['0123456789'], 'photo.jpg', { type: 'image/jpeg' })]);
  tab.actions.send('');
  await box.clock.advance(2_000);
  expect(box.puts).toHaveLength(1);
  box.brand.inject({ fault: 'forget', events: 1 });
  await box.clock.advance(10_000);
  expect(shown(tab)).toEqual(['me: hello (sent)', 'me: [photo.jpg] (unsure)']);
  tab.actions.retry(lastOf(tab));
  await box.clock.advance(2_000);
  expect(shown(tab)).toEqual(['me: hello (sent)', 'me: [photo.jpg] (sent)']);
  const next = tab.reload();
  await box.clock.advance(2_000);
  box.brand.inject({ fault: 'forget', events: 1 });
  await box.clock.advance(10_000);
  expect(shown(next)).toEqual(['me: hello (sent)', 'me: [photo.jpg] (unsure)']);
  next.actions.retry(lastOf(next));
  await box.clock.advance(2_000);
  expect(shown(next)).toEqual(['me: hello (sent)', 'me: [photo.jpg] (sent)']);
  expect(box.puts).toHaveLength(1);
});

test('[O7] a conversation that was forgotten whole is over: what nobody confirmed is not sure, the next message goes', async () => {
  const { box, agent, tab } = await talked('me: hello', 'them: hi', 'me: anybody?');
  await agent.receipt('ACCEPT', [1]);
  await box.clock.advance(1_000);
  box.brand.inject({ fault: 'forget' });
  await box.clock.advance(30_000);
  expect(shown(tab)).toEqual(['me: hello (delivered)', 'them: hi', 'me: anybody? (unsure)']);
  expect(tab.store.getState().conversation?.open).toBe(false);
  tab.actions.retry(lastOf(tab));
  await box.clock.advance(5_000);
  expect(shown(tab).at(-1)).toBe('me: anybody? (sent)');
  expect(storedIn(box)).toEqual(['me: anybody?']);
});

test('[O7] a service that says nothing of a dialog has forgotten nothing', async () => {
  const { box, tab } = await talked('me: hello');
  box.brand.override('ms.SubscribeMessagingEvents', () => ({ type: 'x', code: 200, body: {} }));
  box.brand.inject({ fault: 'restart', ms: 0 });
  await box.clock.advance(20_000);
  expect(shown(tab)).toEqual(['me: hello (sent)']);
});

test('[O7] whatever was forgotten and said since: all that is shown is stored, or said not to be sure', async () => {
  const line = fc.constantFrom('me', 'them');
  const story = fc.record({
    before: fc.array(line, { minLength: 1, maxLength: 8 }),
    events: fc.integer({ min: 1, max: 20 }),
    meanwhile: fc.array(line, { maxLength: 8 }),
    after: fc.array(line, { maxLength: 4 }),
    times: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(story, async ({ before, events, meanwhile, after, times, seed }) => {
      let said = 0;
      const written: string[] = [];
      const numbered = (who: string) => {
        said += 1;
        const words = `${who}: ${said}`;
        if (who === 'me') written.push(words);
        return words;
      };
      const { box, agent, tab } = await talkedIn(createBox({ random: seeded(seed) }), ['me', ...before].map(numbered));
      for (let time = 0; time < times; time += 1) {
        box.brand.inject({ fault: 'forget', events });
        for (const words of meanwhile.map(numbered)) {
          if (words.startsWith('me')) tab.actions.send(words.slice(4));
          else await agent.say(words.slice(6));
        }
        await box.clock.advance(time === 0 ? 1 : 90_000);
      }
      await box.clock.advance(90_000);
      for (const words of after.map(numbered)) await say(box, tab, agent, words);
      await box.clock.advance(10_000);
      const lines = shown(tab);
      const sure = lines.filter((text) => !text.endsWith('(unsure)'));
      expect(sure.map((text) => text.replace(/ \(\w+\)$/, ''))).toEqual(storedIn(box));
      const own = tab.lines().filter((text) => text.startsWith('me'));
      expect(own).toHaveLength(written.length);
      expect(new Set(own)).toEqual(new Set(written));
      tab.actions.dispose();
    }),
    { numRuns: Number(process.env.RUNS ?? 300), seed: 20261127 },
  );
});
