import { afterAll, beforeAll, expect, it } from 'vitest';
import { signedUrl } from '../protocol/http.ts';
import { field } from '../protocol/read.ts';
import { decodeReply } from '../protocol/reply.ts';
import { carrying, changesOf, converse, type Peer, publish, startTestSandbox, text } from './peer.ts';
import { ANSWERS, GREETING, thanksFor } from './scriptedWords.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox({ agent: { pace: 0 } });
});
afterAll(() => sandbox.close());

const message = (frame: Record<string, unknown>) => field(changesOf(frame)[0]?.event, 'message');

/** Waits for a message of the agent's with this content. */
function says(peer: Peer, fits: (message: unknown) => boolean) {
  return peer.next((frame) => carrying('ContentEvent')(frame) && fits(message(frame)));
}

it('[S24] joins, greets, reads, types and answers', async () => {
  const peer = await sandbox.consumer();
  const id = await converse(peer);
  await publish(peer, id, text('hello'));
  await says(peer, (said) => said === GREETING);
  await says(peer, (said) => said === ANSWERS[0]);
  const events = peer.frames.flatMap(changesOf).map((change) => change.event);
  const seen = events.map((event) => field(event, 'status') ?? field(event, 'chatState') ?? field(event, 'message'));
  expect(seen).toEqual(expect.arrayContaining(['ACCEPT', 'READ', 'COMPOSING', 'ACTIVE']));
  expect(seen.indexOf('ACCEPT')).toBeLessThan(seen.indexOf('READ'));
  expect(seen.lastIndexOf('COMPOSING')).toBeLessThan(seen.indexOf(ANSWERS[0]));
  await peer.leave();
});

it('[S24] thanks for a photo by its name and sends a photo and a PDF that can be fetched', async () => {
  const peer = await sandbox.consumer();
  const id = await converse(peer);
  const photo = { caption: 'back garden.jpg', relativePath: '/v1/x', fileType: 'JPG' };
  await publish(peer, id, { type: 'ContentEvent', contentType: 'hosted/file', message: photo });
  await says(peer, (said) => typeof said === 'string' && said.includes('“back garden.jpg”'));
  for (const [fileType, start] of [
    ['JPG', [0xff, 0xd8, 0xff]],
    ['PDF', [0x25, 0x50, 0x44, 0x46]],
  ] as const) {
    const file = message(
      await says(
        peer,
        (said) => field(said, 'fileType') === fileType && field(said, 'relativePath') !== photo.relativePath,
      ),
    );
    const relativePath = field(file, 'relativePath');
    const answer = await peer.ask('ms.GenerateURLForDownloadFile', { relativePath });
    const path = decodeReply('ms.GenerateURLForDownloadFile', Number(answer.code), answer.body);
    const response = await fetch(signedUrl(`http://localhost:${sandbox.storePort}`, path));
    expect([...new Uint8Array(await response.arrayBuffer()).slice(0, start.length)]).toEqual(start);
    if (fileType === 'JPG') expect(String(field(file, 'preview')).length).toBeLessThanOrEqual(30_000);
  }
  await peer.leave();
});

it('[S24] steps aside when a person joins, and stays silent', async () => {
  const peer = await sandbox.consumer();
  const id = await converse(peer);
  await says(peer, (said) => said === GREETING);
  const person = await sandbox.agent();
  await person.ask('.ams.aam.SubscribeExConversations', { convState: ['OPEN'] });
  const role = { field: 'ParticipantsChange', type: 'ADD', role: 'MANAGER' };
  await person.ask('.ams.cm.UpdateConversationField', { conversationId: id, conversationField: [role] });
  await person.next((frame) => {
    const change = changesOf(frame).find((other) => field(other.result, 'convId') === id);
    const people = field(field(change?.result, 'conversationDetails'), 'participantsPId');
    return field(people, 'MANAGER') !== undefined && field(people, 'ASSIGNED_AGENT') === undefined;
  });
  await publish(peer, id, text('are you there?'));
  await person.ask('.ams.ms.PublishEvent', { dialogId: id, event: text('I am') });
  await says(peer, (said) => said === 'I am');
  const said = peer.frames.filter(carrying('ContentEvent')).map(message);
  expect(said).toEqual([GREETING, 'are you there?', 'I am']);
  await Promise.all([peer.leave(), person.leave()]);
});

it('[S24] says so when its file does not go through', async () => {
  sandbox.brand.setFileSharing('12345678', false);
  const peer = await sandbox.consumer();
  const id = await converse(peer);
  for (const _ of [1, 2, 3]) await publish(peer, id, text('more'));
  await says(peer, (said) => typeof said === 'string' && said.includes('did not go through'));
  sandbox.brand.setFileSharing('12345678', true);
  await peer.leave();
});

it.each([
  [{ caption: 'a.jpg', image: true }, 'Thank you for “a.jpg”.'],
  [{ caption: '', image: true }, 'Thank you for the photo.'],
  [{ caption: ' \u202e\n ', image: false }, 'Thank you for the document.'],
  [{ caption: 'x'.repeat(99), image: false }, `Thank you for “${'x'.repeat(59)}…”.`],
])('[S24] thanks for %j', (file, thanks) => {
  expect(thanksFor(file)).toContain(thanks);
});

it('[S24] does not greet in a conversation made in advance, and answers there', async () => {
  const token = sandbox.brand.consumerToken('12345678', { sub: 'returning' });
  const made = await sandbox.post('sandbox/conversations', { messages: 4 }, { authorization: `Bearer ${token}` });
  const id = String(made.body.conversationId);
  const peer = await sandbox.consumer('returning');
  await peer.ask('ms.SubscribeMessagingEvents', { fromSeq: 5, dialogId: id });
  await publish(peer, id, text('one more thing'));
  await says(peer, (said) => said === ANSWERS[0]);
  expect(JSON.stringify(peer.frames)).not.toContain(GREETING);
  await peer.leave();
});
