import { describe, expect, test } from 'vitest';
import { refused } from '../protocol/failure.ts';
import type { SignedPath } from '../protocol/types.ts';
import { settle } from '../testing/clock.ts';
import { AGENT, event, ME, mine, receipt, text } from '../testing/events.ts';
import { fakeWorld, type World } from '../testing/world.ts';
import type { Actions } from './actions.ts';
import { startChat } from './chat.ts';

const signed = (name: string): SignedPath => ({
  relativePath: `/v1/${name}`,
  signature: 's',
  rawExpires: '9',
  expires: 9e9,
});
const photo = (name = 'photo.jpg') => new File(['0123456789'], name, { type: 'image/jpeg' });

async function begin(): Promise<World & { actions: Actions & { dispose(): void } }> {
  const world = fakeWorld();
  const actions = startChat(world.ports, world.store);
  actions.open();
  await world.service.greets();
  return { ...world, actions };
}

/** Online with conversation D (dialog D) open and its back-log read. */
async function talking() {
  const world = await begin();
  world.actions.send('hello');
  await settle();
  await world.service.next('cm.ConsumerRequestConversation').answer({ conversationId: 'D' });
  await world.service.next('ms.SubscribeMessagingEvents').answer(null);
  await world.service.says('messages', { dialogId: 'D', events: [] });
  await world.service.next('GetClock').answer({ at: null });
  await world.service.next('ms.PublishEvent').answer({ sequence: 0 });
  await hearsHello(world);
  return world;
}

/** The first message as the service tells of it. */
function hearsHello({ service, store }: World) {
  return service.hears(mine(0, 'hello', store.getState().transcript.ids[0] ?? ''));
}

function rows({ store }: World) {
  const { transcript } = store.getState();
  return transcript.ids.map((id) => {
    const message = transcript.byId.get(id);
    const body = message?.body;
    return `${body?.type === 'text' ? body.text : body?.type}:${message?.delivery?.at ?? 'theirs'}`;
  });
}

function trayStates({ store }: World) {
  const { tray, attachments } = store.getState();
  return tray.map((id) => attachments.get(id)?.at);
}

function attachmentOf({ store }: World) {
  return [...store.getState().attachments.values()].at(-1);
}

/** Photo sent, its upload URL granted, its bytes on the way. */
async function uploading() {
  const world = await talking();
  world.actions.attach([photo()]);
  await settle();
  world.actions.send('');
  await settle();
  await world.service.next('ms.GenerateURLForUploadFile').answer(signed('one'));
  return world;
}

describe('a first message', () => {
  test('[M2] opens a conversation, follows it and is published, in that order', async () => {
    const world = await begin();
    world.actions.send('  hello  ');
    await settle();
    expect(rows(world)).toEqual(['hello:sending']);
    await world.service.next('cm.ConsumerRequestConversation').answer({ conversationId: 'D' });
    expect(world.service.next('ms.SubscribeMessagingEvents').body).toEqual({
      fromSeq: 0,
      dialogId: 'D',
      conversationId: 'D',
    });
    const publish = world.service.next('ms.PublishEvent');
    expect(publish.body).toEqual({
      dialogId: 'D',
      conversationId: 'D',
      event: { type: 'ContentEvent', contentType: 'text/plain', message: 'hello' },
    });
    expect(publish.metadata).toEqual([{ type: 'ExternalId', id: world.store.getState().transcript.ids[0] }]);
    await publish.answer({ sequence: 0 });
    expect(rows(world)).toEqual(['hello:sent']);
  });

  test('nothing is asked of the service before there is something to send', async () => {
    const world = await begin();
    world.actions.send('   ');
    await settle();
    expect(world.service.waiting()).toEqual([]);
  });

  test('[O1] written while offline it waits, and several keep their order', async () => {
    const world = fakeWorld();
    const actions = startChat(world.ports, world.store);
    actions.send('one');
    actions.send('two');
    await settle();
    expect(rows(world)).toEqual(['one:sending', 'two:sending']);
    await world.service.greets();
    await world.service.next('cm.ConsumerRequestConversation').answer({ conversationId: 'D' });
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { message: 'one' } });
    expect(world.service.waiting()).not.toContain('ms.PublishEvent');
  });
});

describe('[O3] a publish left in doubt', () => {
  test('is not repeated when the back-log has it', async () => {
    const world = await talking();
    world.actions.send('again?');
    await settle();
    const id = world.store.getState().transcript.ids.at(-1) ?? '';
    world.service.next('ms.PublishEvent');
    await world.service.goes({ at: 'waiting', tries: 1, until: 0 });
    await world.service.goes({ at: 'online' });
    await world.service.next('cqm.SubscribeExConversations').answer({ subscriptionId: 's' });
    await world.service.says('conversations', []);
    await world.service.next('ms.SubscribeMessagingEvents').answer(null);
    await world.service.hears(mine(1, 'again?', id));
    await world.service.next('GetClock').answer({ at: null });
    expect(rows(world)).toEqual(['hello:sent', 'again?:sent']);
    expect(world.service.waiting()).not.toContain('ms.PublishEvent');
  });

  test('is repeated once when the back-log proves it absent', async () => {
    const world = await talking();
    world.actions.send('again?');
    await settle();
    world.service.next('ms.PublishEvent');
    await world.service.goes({ at: 'waiting', tries: 1, until: 0 });
    await world.service.goes({ at: 'online' });
    await world.service.next('cqm.SubscribeExConversations').answer({ subscriptionId: 's' });
    await world.service.says('conversations', []);
    const follow = world.service.next('ms.SubscribeMessagingEvents');
    expect(follow.body).toMatchObject({ fromSeq: 0 });
    await follow.answer(null);
    expect(world.service.waiting()).not.toContain('ms.PublishEvent');
    await hearsHello(world);
    expect(world.service.waiting()).not.toContain('ms.PublishEvent');
    await world.service.next('GetClock').answer({ at: null });
    await world.service.next('ms.PublishEvent').answer({ sequence: 1 });
    expect(rows(world)).toEqual(['hello:sent', 'again?:sent']);
  });

  test('without an answer on a living connection all is read again first', async () => {
    const world = await talking();
    world.actions.send('slow');
    await settle();
    const id = world.store.getState().transcript.ids.at(-1) ?? '';
    await world.service.next('ms.PublishEvent').fail({ kind: 'timeout', delivery: 'unknown' });
    await world.service.next('cqm.SubscribeExConversations').answer({ subscriptionId: 's' });
    await world.service.says('conversations', []);
    await world.service.next('ms.SubscribeMessagingEvents').answer(null);
    await world.service.hears(mine(1, 'slow', id));
    await world.service.next('GetClock').answer({ at: null });
    expect(rows(world)).toEqual(['hello:sent', 'slow:sent']);
    expect(world.service.waiting()).not.toContain('ms.PublishEvent');
  });
});

describe('[O2] a refused message', () => {
  test('fails alone: the next one goes, and it can be sent again', async () => {
    const world = await talking();
    world.actions.send('bad');
    world.actions.send('good');
    await settle();
    await world.service.next('ms.PublishEvent').fail(refused(400, 'no'));
    await world.service.next('ms.PublishEvent').answer({ sequence: 1 });
    expect(rows(world)).toEqual(['hello:sent', 'good:sent', 'bad:failed']);
    world.actions.retry(world.store.getState().transcript.ids.at(-1) ?? '');
    await settle();
    await world.service.next('ms.PublishEvent').answer({ sequence: 2 });
    expect(rows(world)).toEqual(['hello:sent', 'good:sent', 'bad:sent']);
  });
});

describe('[T6] a gap', () => {
  test('is asked for once, from the first number missing, and what is not there is not for us', async () => {
    const world = await talking();
    await world.service.hears(text(1, 'one'), text(4, 'four'));
    await world.clock.advance(299);
    expect(world.service.waiting()).not.toContain('ms.SubscribeMessagingEvents');
    await world.clock.advance(1);
    const ask = world.service.next('ms.SubscribeMessagingEvents');
    expect(ask.body).toMatchObject({ fromSeq: 2, dialogId: 'D' });
    await ask.answer(null);
    await world.service.hears(text(3, 'three'), text(4, 'four'));
    await world.service.next('GetClock').answer({ at: null });
    expect(rows(world)).toEqual(['hello:sent', 'one:theirs', 'three:theirs', 'four:theirs']);
    await world.service.hears(text(5, 'five'));
    await world.clock.advance(1_000);
    expect(world.service.waiting()).not.toContain('ms.SubscribeMessagingEvents');
  });

  test('that fills by itself is not asked for', async () => {
    const world = await talking();
    await world.service.hears(text(2, 'two'));
    await world.service.hears(text(1, 'one'));
    await world.clock.advance(1_000);
    expect(world.service.waiting()).not.toContain('ms.SubscribeMessagingEvents');
    expect(rows(world)).toEqual(['hello:sent', 'one:theirs', 'two:theirs']);
  });
});

describe('a file', () => {
  test('goes through the seven steps in order', async () => {
    const world = await talking();
    world.actions.attach([photo()]);
    await settle();
    expect(trayStates(world)).toEqual(['ready']);
    const id = world.store.getState().tray[0] ?? '';
    world.actions.setCaption(id, 'my garden');
    world.actions.send('see above');
    await settle();
    expect(rows(world)).toEqual(['hello:sent', 'upload:sending', 'see above:sending']);
    const ask = world.service.next('ms.GenerateURLForUploadFile');
    expect(ask.body).toEqual({ fileSize: 10, fileType: 'JPG' });
    await ask.answer(signed('one'));
    const [put] = world.objects.puts;
    expect(put?.blob.type).toBe('image/jpeg');
    put?.progress(5);
    expect(attachmentOf(world)).toMatchObject({ at: 'uploading', sent: 5 });
    expect(world.service.waiting()).not.toContain('ms.PublishEvent');
    await put?.done();
    const publish = world.service.next('ms.PublishEvent');
    expect(publish.body).toMatchObject({
      event: {
        contentType: 'hosted/file',
        message: {
          caption: 'my garden',
          relativePath: '/v1/one',
          fileType: 'JPG',
          preview: 'data:image/jpeg;base64,AAAA',
        },
      },
    });
    await publish.answer({ sequence: 1 });
    expect(attachmentOf(world)).toMatchObject({ at: 'published', path: '/v1/one' });
    await world.service.next('ms.PublishEvent').answer({ sequence: 2 });
    expect(rows(world)).toEqual(['hello:sent', 'upload:sent', 'see above:sent']);
  });

  test('sent the moment it was dropped is waited for, and what follows it keeps its place', async () => {
    const world = await talking();
    world.actions.attach([photo()]);
    world.actions.send('with it');
    world.actions.send('after it');
    await settle();
    expect(rows(world)).toEqual(['hello:sent', 'upload:sending', 'with it:sending', 'after it:sending']);
  });

  test('[U3] at most two upload at once, and they are published in the order picked', async () => {
    const world = await talking();
    world.actions.attach([photo('1.jpg'), photo('2.jpg'), photo('3.jpg')]);
    await settle();
    world.actions.send('');
    await settle();
    await world.service.next('ms.GenerateURLForUploadFile').answer(signed('one'));
    await world.service.next('ms.GenerateURLForUploadFile').answer(signed('two'));
    expect(world.service.waiting()).not.toContain('ms.GenerateURLForUploadFile');
    await world.objects.puts[1]?.done();
    expect(world.service.waiting()).not.toContain('ms.PublishEvent');
    await world.service.next('ms.GenerateURLForUploadFile').answer(signed('three'));
    await world.objects.puts[0]?.done();
    const first = world.service.next('ms.PublishEvent');
    expect(first.body).toMatchObject({ event: { message: { relativePath: '/v1/one' } } });
    await first.answer({ sequence: 1 });
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({
      event: { message: { relativePath: '/v1/two' } },
    });
  });
});

describe('[U2] an upload that fails', () => {
  const again = async (world: World, name: string) => {
    await world.service.next('ms.GenerateURLForUploadFile').answer(signed(name));
    return world.objects.puts.at(-1);
  };

  test('without a status is asked after by HEAD and not repeated when it landed', async () => {
    const world = await uploading();
    world.objects.held.add('/v1/one');
    await world.objects.puts[0]?.fail({ kind: 'dropped', delivery: 'unknown' });
    expect(world.objects.heads).toEqual(['/v1/one']);
    expect(attachmentOf(world)).toMatchObject({ at: 'publishing', path: '/v1/one' });
    expect(world.objects.puts).toHaveLength(1);
  });

  test('without a status and without having landed gets one fresh URL, then says so', async () => {
    const world = await uploading();
    await world.objects.puts[0]?.fail({ kind: 'dropped', delivery: 'unknown' });
    const second = await again(world, 'two');
    expect(second?.to.relativePath).toBe('/v1/two');
    await second?.fail({ kind: 'dropped', delivery: 'unknown' });
    expect(attachmentOf(world)).toMatchObject({ at: 'failed', resume: 'signing' });
    expect(rows(world)).toEqual(['hello:sent', 'upload:failed']);
    expect(world.service.waiting()).toEqual([]);
  });

  test('for a refused signature gets one fresh URL', async () => {
    const world = await uploading();
    await world.objects.puts[0]?.fail(refused(401, ''));
    await (await again(world, 'two'))?.done();
    expect(attachmentOf(world)).toMatchObject({ at: 'publishing', path: '/v1/two' });
  });

  test('for a busy store waits and asks for a URL of its own each time, three tries in all', async () => {
    const world = await uploading();
    await world.objects.puts[0]?.fail(refused(503, ''));
    await world.clock.advance(2_000);
    await (await again(world, 'two'))?.fail(refused(503, ''));
    await world.clock.advance(4_000);
    await (await again(world, 'three'))?.fail(refused(503, ''));
    expect(attachmentOf(world)).toMatchObject({ at: 'failed', why: { code: 503 } });
    expect(world.objects.puts).toHaveLength(3);
  });

  test.each([413, 415, 422])('with %i is final', async (code) => {
    const world = await uploading();
    await world.objects.puts[0]?.fail(refused(code, ''));
    expect(attachmentOf(world)).toMatchObject({ at: 'failed' });
    expect(world.service.waiting()).toEqual([]);
  });

  test('because sharing is off says so for all that follow', async () => {
    const world = await talking();
    world.actions.attach([photo()]);
    await settle();
    world.actions.send('');
    await settle();
    await world.service
      .next('ms.GenerateURLForUploadFile')
      .fail(refused(400, 'File sharing is disabled for this account'));
    expect(world.store.getState().fileSharing).toBe('off');
    world.actions.attach([photo('next.jpg')]);
    await settle();
    expect(attachmentOf(world)).toMatchObject({ at: 'rejected', why: { why: 'sharing-off' } });
  });

  test('[U6] at the publish never uploads again', async () => {
    const world = await uploading();
    await world.objects.puts[0]?.done();
    await world.service.next('ms.PublishEvent').fail(refused(400, 'no'));
    expect(attachmentOf(world)).toMatchObject({ at: 'failed', resume: 'publishing', path: '/v1/one' });
    world.actions.retry(world.store.getState().transcript.ids.at(-1) ?? '');
    await settle();
    await world.service.next('ms.PublishEvent').answer({ sequence: 1 });
    expect(attachmentOf(world)).toMatchObject({ at: 'published', path: '/v1/one' });
    expect(world.objects.puts).toHaveLength(1);
  });

  test('can be tried again from the start', async () => {
    const world = await uploading();
    await world.objects.puts[0]?.fail(refused(413, ''));
    world.actions.retry(world.store.getState().transcript.ids.at(-1) ?? '');
    await settle();
    await (await again(world, 'two'))?.done();
    await world.service.next('ms.PublishEvent').answer({ sequence: 1 });
    expect(rows(world)).toEqual(['hello:sent', 'upload:sent']);
  });

  test('when the socket goes between the URL and the publish is published on the next one, with one PUT', async () => {
    const world = await uploading();
    await world.service.goes({ at: 'waiting', tries: 1, until: 0 });
    await world.objects.puts[0]?.done();
    await world.service.goes({ at: 'online' });
    await world.service.next('cqm.SubscribeExConversations').answer({ subscriptionId: 's' });
    await world.service.says('conversations', []);
    await world.service.next('ms.SubscribeMessagingEvents').answer(null);
    await hearsHello(world);
    await world.service.next('GetClock').answer({ at: null });
    await world.service.next('ms.PublishEvent').answer({ sequence: 1 });
    expect(rows(world)).toEqual(['hello:sent', 'upload:sent']);
    expect(world.objects.puts).toHaveLength(1);
  });
});

describe('taking a file back', () => {
  test('out of the tray', async () => {
    const world = await talking();
    world.actions.attach([photo()]);
    await settle();
    world.actions.removeFromTray(world.store.getState().tray[0] ?? '');
    world.actions.send('');
    await settle();
    expect(world.service.waiting()).toEqual([]);
  });

  test('while it uploads: its request is aborted, nothing is published, the next one goes', async () => {
    const world = await uploading();
    world.actions.send('never mind');
    world.actions.cancel(world.store.getState().transcript.ids.at(1) ?? '');
    await settle();
    expect(rows(world)).toEqual(['hello:sent', 'never mind:sending']);
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { message: 'never mind' } });
    await world.objects.puts[0]?.done();
    expect(world.service.waiting()).toEqual([]);
  });
});

describe('what is refused before it is sent', () => {
  test('more files than a message takes, and folders, by name', async () => {
    const world = await talking();
    world.actions.attach(
      Array.from({ length: 30 }, (_, n) => photo(`${n}.jpg`)),
      ['holiday'],
    );
    await settle();
    expect(trayStates(world).filter((at) => at === 'ready')).toHaveLength(10);
    const rejected = [...world.store.getState().attachments.values()].filter(({ at }) => at === 'rejected');
    expect(rejected).toHaveLength(21);
    expect(rejected[0]).toMatchObject({ name: 'holiday', why: { why: 'folder' } });
    expect(rejected[1]).toMatchObject({ why: { why: 'count', limit: 10 } });
  });

  test('what the look into a file finds, by its reason', async () => {
    const world = await talking();
    world.ports.media.examine = async () => ({ why: 'unreadable' });
    world.actions.attach([photo()]);
    await settle();
    expect(attachmentOf(world)).toMatchObject({ at: 'rejected', why: { why: 'unreadable' } });
  });
});

describe('receipts', () => {
  test('[R1] ACCEPT on arrival and READ on being seen, gathered, once each', async () => {
    const world = await talking();
    await world.service.hears(text(1, 'a'), text(2, 'b'));
    expect(world.store.getState().unread).toEqual(['D/1', 'D/2']);
    await world.clock.advance(400);
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({
      event: { status: 'ACCEPT', sequenceList: [1, 2] },
    });
    world.actions.seen(['D/1', 'D/2', 'D/1']);
    expect(world.store.getState().unread).toEqual([]);
    await world.clock.advance(400);
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({
      event: { status: 'READ', sequenceList: [1, 2] },
    });
    world.actions.seen(['D/1']);
    await world.clock.advance(400);
    expect(world.service.waiting()).toEqual([]);
  });

  test('seen before they are due go out as READ alone', async () => {
    const world = await talking();
    await world.service.hears(text(1, 'a'));
    world.actions.seen(['D/1']);
    await world.clock.advance(400);
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { status: 'READ' } });
    expect(world.service.waiting()).toEqual([]);
  });

  test('what another tab has read is not unread here', async () => {
    const world = await talking();
    await world.service.hears(text(1, 'a'), receipt(2, 'READ', [1], ME));
    expect(world.store.getState().unread).toEqual([]);
    await world.clock.advance(400);
    expect(world.service.waiting()).toEqual([]);
  });

  test('nothing is new that turns out to have been read in another tab, although the panel was opened before', async () => {
    const world = await talking();
    world.actions.close();
    await world.service.hears(text(1, 'a'), text(2, 'b'));
    world.actions.open();
    expect(world.store.getState()).toMatchObject({ unread: ['D/1', 'D/2'], newFrom: 'D/1' });
    await world.service.hears(text(3, 'c'), receipt(4, 'READ', [1, 2], ME));
    expect(world.store.getState()).toMatchObject({ unread: ['D/3'], newFrom: 'D/3' });
  });

  test('a hidden page has seen nothing', async () => {
    const world = await talking();
    await world.service.hears(text(1, 'a'));
    (world.ports.surroundings as { visibleNow?: boolean }).visibleNow = false;
    world.actions.seen(['D/1']);
    expect(world.store.getState().unread).toEqual(['D/1']);
  });
});

describe('typing', () => {
  const typing = (state: 'COMPOSING' | 'PAUSE') => event(0, { type: 'typing', state }, { sequence: null });

  test('of the agent is shown until another state, a message or twenty seconds', async () => {
    const world = await talking();
    await world.service.hears(typing('COMPOSING'));
    expect(world.store.getState().typing).toEqual([AGENT]);
    await world.service.hears(typing('PAUSE'));
    expect(world.store.getState().typing).toEqual([]);
    await world.service.hears(typing('COMPOSING'));
    await world.service.hears(text(1, 'a'));
    expect(world.store.getState().typing).toEqual([]);
    await world.service.hears(typing('COMPOSING'));
    await world.clock.advance(20_000);
    expect(world.store.getState().typing).toEqual([]);
  });

  test('of the consumer is said at most every five seconds and taken back on silence and on sending', async () => {
    const world = await talking();
    world.actions.setDraft('h');
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { chatState: 'COMPOSING' } });
    world.actions.setDraft('he');
    expect(world.service.waiting()).toEqual([]);
    await world.clock.advance(4_000);
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { chatState: 'PAUSE' } });
    world.actions.setDraft('hey');
    world.service.next('ms.PublishEvent');
    world.actions.send('hey');
    world.service.next('ms.PublishEvent');
    expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { chatState: 'ACTIVE' } });
  });
});

describe('downloads', () => {
  test('[D1] ask when somebody looks, once, and again when the address has aged', async () => {
    const world = await talking();
    world.actions.wantFile('/v1/x');
    world.actions.wantFile('/v1/x');
    await settle();
    const expires = Math.floor(world.clock.now() / 1000) + 60;
    await world.service.next('ms.GenerateURLForDownloadFile').answer({ ...signed('x'), expires });
    expect(world.store.getState().downloads.get('/v1/x')).toMatchObject({
      at: 'ready',
      url: 'http://swift.test/v1/x?sig=s',
    });
    world.actions.wantFile('/v1/x');
    expect(world.service.waiting()).toEqual([]);
    await world.clock.advance(56_000);
    world.actions.wantFile('/v1/x');
    await settle();
    expect(world.service.waiting()).toContain('ms.GenerateURLForDownloadFile');
  });

  test('[D2] an image that does not load gets one fresh address, then a failure that can be tried again', async () => {
    const world = await talking();
    const grant = () => world.service.next('ms.GenerateURLForDownloadFile').answer(signed('x'));
    world.actions.wantFile('/v1/x');
    await settle();
    await grant();
    const url = () => {
      const download = world.store.getState().downloads.get('/v1/x');
      return download?.at === 'ready' ? download.url : null;
    };
    const first = url();
    world.actions.imageFailed('/v1/x');
    await settle();
    await grant();
    expect(url()).not.toBe(first);
    world.actions.imageFailed('/v1/x');
    await settle();
    expect(world.store.getState().downloads.get('/v1/x')?.at).toBe('failed');
    world.actions.wantFile('/v1/x');
    await settle();
    await grant();
    expect(world.store.getState().downloads.get('/v1/x')?.at).toBe('ready');
  });

  test('a document is fetched with a second address when the first has aged, and saved by its name', async () => {
    const world = await talking();
    let tries = 0;
    world.objects.get = async (from) => {
      tries += 1;
      if (tries === 1) throw Object.assign(new Error('gone'));
      return new Blob([from.relativePath]);
    };
    world.actions.saveFile('/v1/doc', 'Guide.pdf');
    await settle();
    await world.service.next('ms.GenerateURLForDownloadFile').answer(signed('doc'));
    await world.service.next('ms.GenerateURLForDownloadFile').answer(signed('doc'));
    expect(world.saved.map(({ name }) => name)).toEqual(['Guide.pdf']);
    expect(world.store.getState().downloads.has('/v1/doc')).toBe(false);
  });
});

test('an agent is asked for by name once, an automatic sender never', async () => {
  const world = await talking();
  await world.service.hears(text(1, 'a'), text(2, 'b', { from: { id: 'auto', role: 'CONTROLLER' } }));
  expect([...world.store.getState().agents]).toEqual([]);
  world.service.domains = () => ({ acCdnDomain: 'cdn.test' });
  await world.service.hears(
    text(3, 'c', { from: { id: 'agent-2', role: 'ASSIGNED_AGENT' } }),
    text(4, 'd', { from: { id: 'auto', role: 'CONTROLLER' } }),
  );
  expect([...world.store.getState().agents]).toEqual([['agent-2', { nickname: 'Ana', picture: null }]]);
});

test('a conversation the agent has closed is followed by a new one, and the transcript stays', async () => {
  const world = await talking();
  const { conversation } = world.store.getState();
  if (!conversation) throw new Error('no conversation');
  await world.service.says('conversations', [
    { type: 'upsert', conversation: { ...conversation, open: false, updatedAt: 9e12 } },
  ]);
  world.actions.send('one more thing');
  await settle();
  await world.service.next('cm.ConsumerRequestConversation').answer({ conversationId: 'E' });
  await world.service.next('ms.PublishEvent').answer({ sequence: 0 });
  expect(rows(world)).toEqual(['hello:sent', 'one more thing:sent']);
});

test('a panel that was only looked at lets go of its connection, one with a conversation keeps it', async () => {
  let hungUp = 0;
  const count = () => {
    hungUp += 1;
  };
  const looked = await begin();
  looked.service.disconnect = count;
  looked.actions.close();
  expect(hungUp).toBe(1);
  const world = await talking();
  world.service.disconnect = count;
  world.actions.close();
  expect(hungUp).toBe(1);
});

test('[O6] a message leaves within the call that sends it, before anything that accompanies it', async () => {
  const world = await talking();
  world.actions.setDraft('now');
  world.service.next('ms.PublishEvent');
  world.actions.send('now');
  expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { message: 'now' } });
  expect(world.service.next('ms.PublishEvent').body).toMatchObject({ event: { chatState: 'ACTIVE' } });
});

test('disposing leaves no timer behind', async () => {
  const world = await talking();
  await world.service.hears(text(1, 'a'), event(0, { type: 'typing', state: 'COMPOSING' }, { sequence: null }));
  world.actions.setDraft('x');
  world.actions.dispose();
  expect(world.clock.pending()).toBe(0);
});
