import { describe, expect, test } from 'vitest';
import { type Box, type BoxTab, createBox } from '../testing/box.ts';

/** A tab that has said "hello" and heard it confirmed. */
async function talking() {
  const box = createBox();
  const agent = box.agent();
  const tab = box.tab({ persistence: 'local' });
  tab.actions.send('hello');
  await box.clock.advance(1_000);
  return { box, agent, tab };
}

function another(box: Box): BoxTab {
  const tab = box.tab({ persistence: 'local' });
  tab.actions.resume();
  return tab;
}

const conversationsIn = (box: Box) => box.brand.snapshot().accounts[0]?.conversations ?? [];

/** What consumers' messages the service has stored, in all conversations. */
function storedIn(box: Box): unknown[] {
  const dialogs = conversationsIn(box).flatMap(({ dialogs: all }) => all);
  const events = dialogs.flatMap((dialog) => dialog.events).filter(({ role }) => role === 'CONSUMER');
  return events.filter(({ event }) => event.type === 'ContentEvent').map(({ event }) => event.message);
}

const statesOf = ({ store }: BoxTab) => {
  const { transcript } = store.getState();
  return transcript.ids.map((id) => transcript.byId.get(id)?.delivery?.at);
};

/** Sends a text that the service stores while its answer and its echo are lost with the connection. */
async function sendIntoTheDark(box: Box, tab: BoxTab, text: string): Promise<void> {
  const sent = box.brand.consumers()[0]?.frames.sent ?? 0;
  box.brand.inject({ fault: 'drop-after-frames', frames: sent, direction: 'sent' });
  tab.actions.send(text);
  await box.clock.advance(0);
  expect(storedIn(box)).toContain(text);
}

describe('[O3] what is in doubt is never sent on a guess', () => {
  test('while a living connection answers nothing, not even the question', async () => {
    const { box, tab } = await talking();
    box.brand.inject({ fault: 'delay', ms: 25_000 });
    tab.actions.send('once');
    await box.clock.advance(24_000);
    box.brand.inject({ fault: 'none' }, { on: 'all' });
    await box.clock.advance(60_000);
    expect(storedIn(box)).toEqual(['hello', 'once']);
    expect(statesOf(tab)).toEqual(['sent', 'sent']);
  });

  test('where the service refuses the back-log: the consumer decides', async () => {
    const { box, tab } = await talking();
    await sendIntoTheDark(box, tab, 'perhaps');
    tab.crash();
    box.brand.override('ms.SubscribeMessagingEvents', () => ({ type: 'x', code: 403, body: 'no' }));
    const next = another(box);
    await box.clock.advance(10_000);
    next.actions.send('after');
    await box.clock.advance(5_000);
    expect(storedIn(box)).toEqual(['hello', 'perhaps', 'after']);
    expect(statesOf(next)).toEqual(['sent', 'unsure']);
    next.actions.retry(next.store.getState().transcript.ids.at(-1) ?? '');
    await box.clock.advance(5_000);
    expect(storedIn(box)).toEqual(['hello', 'perhaps', 'after', 'perhaps']);
  });

  test('when another tab has gone on to a new conversation meanwhile', async () => {
    const { box, agent, tab } = await talking();
    const other = another(box);
    await box.clock.advance(1_000);
    await sendIntoTheDark(box, tab, 'last words');
    box.brand.endConsumers(1006);
    await box.clock.advance(0);
    await agent.close();
    other.actions.reconnect();
    other.actions.send('something else');
    await box.clock.advance(30_000);
    expect(storedIn(box)).toEqual(['hello', 'last words', 'something else']);
    const lines = ['me: hello', 'me: last words', 'me: something else'];
    expect([tab.lines(), other.lines()]).toEqual([lines, lines]);
  });
});

test('[O3] what a crashed page published is found in a conversation that is over', async () => {
  const { box, agent, tab } = await talking();
  const other = another(box);
  await box.clock.advance(1_000);
  await sendIntoTheDark(box, tab, 'last words');
  tab.crash();
  await agent.close();
  await box.clock.advance(1_000);
  other.actions.send('something else');
  await box.clock.advance(1_000);
  other.crash();
  const next = another(box);
  await box.clock.advance(30_000);
  expect(storedIn(box)).toEqual(['hello', 'last words', 'something else']);
  expect(next.lines()).toEqual(['me: hello', 'me: last words', 'me: something else']);
});

test('[O1] an echo is enough for the next one to go', async () => {
  const { box, tab } = await talking();
  box.brand.inject({ fault: 'lose-answer', type: 'ms.PublishEvent', times: 3 });
  for (const words of ['one', 'two', 'three']) tab.actions.send(words);
  await box.clock.advance(100);
  expect(storedIn(box)).toEqual(['hello', 'one', 'two', 'three']);
  expect(statesOf(tab)).toEqual(['sent', 'sent', 'sent', 'sent']);
});

test('[O1] after a reconnection an empty back-log keeps nothing waiting', async () => {
  const { box, tab } = await talking();
  box.brand.inject({ fault: 'close', code: 1006 });
  tab.actions.send('soon');
  await box.clock.advance(2_000);
  expect(statesOf(tab)).toEqual(['sent', 'sent']);
});

describe('[M2] one conversation', () => {
  test('when the list of conversations comes late after a crash', async () => {
    const { box, tab } = await talking();
    tab.actions.send('again');
    tab.crash();
    box.brand.inject({ fault: 'reorder', stream: 'conversations' }, { on: 'next' });
    const next = another(box);
    next.actions.send('and again');
    await box.clock.advance(10_000);
    expect(conversationsIn(box)).toHaveLength(1);
    expect(next.lines().at(-1)).toBe('me: and again');
  });

  test('when two tabs begin one in the same moment', async () => {
    const { box, agent, tab } = await talking();
    const other = another(box);
    await box.clock.advance(1_000);
    await agent.close();
    await box.clock.advance(1_000);
    tab.actions.send('one');
    other.actions.send('two');
    await box.clock.advance(10_000);
    expect(conversationsIn(box)).toHaveLength(2);
    expect(other.lines()).toEqual(['me: hello', 'me: one', 'me: two']);
  });

  test('when another tab begins later and has not heard of it', async () => {
    const { box, agent, tab } = await talking();
    box.brand.inject({ fault: 'delay', ms: 300 }, { on: 'next' });
    const other = another(box);
    await box.clock.advance(5_000);
    await agent.close();
    await box.clock.advance(1_000);
    tab.actions.send('one');
    await box.clock.advance(100);
    other.actions.send('two');
    await box.clock.advance(10_000);
    expect(conversationsIn(box)).toHaveLength(2);
    expect(other.lines()).toEqual(['me: hello', 'me: one', 'me: two']);
  });

  test('when the answer to its opening is lost', async () => {
    const box = createBox();
    const tab = box.tab();
    tab.actions.open();
    await box.clock.advance(1_000);
    box.brand.inject({ fault: 'delay', ms: 12_000 });
    tab.actions.attach([new File(['0123456789'], 'photo.jpg', { type: 'image/jpeg' })]);
    tab.actions.send('');
    await box.clock.advance(11_000);
    box.brand.inject({ fault: 'none' });
    await box.clock.advance(60_000);
    expect(conversationsIn(box)).toHaveLength(1);
    expect(statesOf(tab)).toEqual(['sent']);
  });
});

test('[O2] a message that meets a dialog closed a moment before goes where messages go now', async () => {
  const { box, agent, tab } = await talking();
  box.brand.inject({ fault: 'delay', ms: 300 });
  await agent.close();
  tab.actions.send('one more thing');
  await box.clock.advance(10_000);
  expect(statesOf(tab)).toEqual(['sent', 'sent']);
  expect(conversationsIn(box)).toHaveLength(2);
});

test('[T6] a dialog whose subscription was lost is asked for again', async () => {
  const { box, agent, tab } = await talking();
  await agent.close();
  await box.clock.advance(1_000);
  box.brand.inject({ fault: 'lose-request', type: 'ms.SubscribeMessagingEvents' });
  tab.actions.send('a new one');
  await box.clock.advance(1_000);
  await agent.say('here I am');
  await box.clock.advance(15_000);
  expect(tab.lines()).toEqual(['me: hello', 'me: a new one', 'them: here I am']);
});

test('[M3] a conversation that another tab had in between stands in its place', async () => {
  const { box, agent, tab } = await talking();
  await agent.close();
  await box.clock.advance(1_000);
  box.brand.inject({ fault: 'restart', ms: 0 });
  const other = another(box);
  for (const words of ['between', 'now']) {
    other.actions.send(words);
    await box.clock.advance(600);
    if (words === 'between') await agent.close();
  }
  await box.clock.advance(60_000);
  for (let times = 0; times < 5 && tab.store.getState().earlier === 'some'; times += 1) {
    tab.actions.showEarlier();
    await box.clock.advance(5_000);
  }
  expect(tab.lines()).toEqual(['me: hello', 'me: between', 'me: now']);
});

test('[O4] messages of one moment keep their order over a crash', async () => {
  const { box, tab } = await talking();
  box.brand.inject({ fault: 'restart', ms: 5_000 });
  const words = Array.from({ length: 12 }, (_, index) => `word ${index}`);
  for (const word of words) tab.actions.send(word);
  await box.clock.advance(10);
  tab.crash();
  another(box);
  await box.clock.advance(60_000);
  expect(storedIn(box)).toEqual(['hello', ...words]);
});

test('[C2] what a busy service held back does not go out before the next greeting', async () => {
  const { box, tab } = await talking();
  box.brand.inject({ fault: 'throttle', requests: 1 });
  tab.actions.send('patience');
  await box.clock.advance(10);
  box.brand.inject({ fault: 'lose-answer', type: 'InitConnection' }, { on: 'next' });
  box.brand.inject({ fault: 'close', code: 1006 });
  await box.clock.advance(60_000);
  expect(statesOf(tab)).toEqual(['sent', 'sent']);
  expect(storedIn(box)).toEqual(['hello', 'patience']);
});

test('[P3] after forget nobody asks for what the former consumer said', async () => {
  const { box, tab } = await talking();
  const [former] = conversationsIn(box);
  await tab.actions.forget();
  const asked = box.brand.requests.length;
  tab.actions.send('who am I?');
  await box.clock.advance(5_000);
  box.brand.inject({ fault: 'close', code: 1006 });
  await box.clock.advance(5_000);
  expect(JSON.stringify(box.brand.requests.slice(asked))).not.toContain(`"${former?.id}"`);
  expect(tab.store.getState().earlier).toBe('none');
});
