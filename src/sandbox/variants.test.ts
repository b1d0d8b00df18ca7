import { describe, expect, it } from 'vitest';
import { decode } from '../protocol/decode.ts';
import { decodeReply } from '../protocol/reply.ts';
import { carrying, converse, notification, publish, startTestSandbox, text } from './peer.ts';
import { bareSingles, CONTRARY, DOCUMENTED } from './variants.ts';

/** What a client understands of one short conversation, with whatever differs between runs left out. */
async function understood(variants: typeof DOCUMENTED) {
  const sandbox = await startTestSandbox({ variants });
  const peer = await sandbox.consumer('me');
  const subscribed = await peer.ask('cqm.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'] });
  const id = await converse(peer);
  const conversation = decode(
    JSON.stringify(await peer.next((frame) => JSON.stringify(frame).includes(id) && isChange(frame))),
  );
  const file = { caption: 'c', relativePath: '/v1/x', fileType: 'PNG' };
  await publish(peer, id, { type: 'ContentEvent', contentType: 'hosted/file', message: file });
  const message = decode(JSON.stringify(await peer.next(carrying())));
  const published = await publish(peer, id, text('b'));
  const upload = await peer.ask('ms.GenerateURLForUploadFile', { fileSize: 1, fileType: 'PNG' });
  const clock = await peer.ask('GetClock');
  await peer.leave();
  await sandbox.close();
  const known = JSON.stringify({
    subscribed: typeof decodeReply('cqm.SubscribeExConversations', 200, subscribed.body).subscriptionId,
    conversation,
    message,
    published: decodeReply('ms.PublishEvent', 200, published.body),
    upload: decodeReply('ms.GenerateURLForUploadFile', 200, upload.body).relativePath.slice(0, 35),
    clock: typeof decodeReply('GetClock', 200, clock.body).at,
  });
  return JSON.parse(known.replaceAll(id, 'ID').replaceAll(/\d{13}/g, '0'), (key, value) =>
    // Old streams leave out the conversation of a message; a reader falls back to the dialog.
    key === 'conversationId' ? undefined : value,
  ) as unknown;
}

const isChange = notification('ExConversationChangeNotification');

describe('variants', () => {
  it('[S25] say the same in either spelling', async () => {
    expect(await understood(CONTRARY)).toEqual(await understood(DOCUMENTED));
  });

  it('[S25] differ on the wire in every point', async () => {
    const sandbox = await startTestSandbox({ variants: CONTRARY });
    const peer = await sandbox.consumer('me');
    const answer = await peer.ask('ms.GenerateURLForUploadFile', { fileSize: 1, fileType: 'PNG' });
    expect(answer).toMatchObject({ type: 'ms.GenerateURLResponse', reqId: expect.any(Number) });
    expect((await peer.ask('GetClock')).body).toMatch(/^\d+$/);
    await peer.ask('cqm.SubscribeExConversations', {});
    const id = await converse(peer);
    const change = await peer.next((frame) => isChange(frame) && JSON.stringify(frame).includes(id));
    expect(change).toMatchObject({
      type: 'aam.ExConversationChangeNotification',
      body: { changes: { result: { conversationDetails: { participantsPId: { CONSUMER: 'me' } } } } },
    });
    expect(JSON.stringify(change)).not.toContain('"stage"');
    expect((await sandbox.post('signup')).body).toHaveProperty('token');
    await peer.leave();
    await sandbox.close();
  });

  it.each([
    [[1], 1],
    [
      [1, 2],
      [1, 2],
    ],
    [[], []],
    [{ a: [{ b: ['x'] }] }, { a: { b: 'x' } }],
    [[[1, 2]], [[1, 2]]],
    [null, null],
  ])('bareSingles(%j) is %j', (value, bare) => {
    expect(bareSingles(value)).toEqual(bare);
  });
});
