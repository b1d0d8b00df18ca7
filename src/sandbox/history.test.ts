import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrand } from './brand.ts';
import type { Wire } from './line.ts';
import { manualClock } from './manualClock.ts';
import { ACCOUNT, converse, greet, type Peer, publish, startTestSandbox, text } from './peer.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const JO = { brandSub: 'jo' };
const STAGE = { field: 'Stage', conversationState: 'CLOSE' };

async function search(what: string, person: { brandSub?: string; sub?: string; life?: number } | null = JO) {
  const url = `${sandbox.http}/messaging_history/api/account/${ACCOUNT}/conversations/${what}`;
  const token = person && sandbox.brand.consumerToken(ACCOUNT, person);
  const response = await fetch(url, token ? { headers: { authorization: `Bearer ${token}` } } : {});
  return { status: response.status, body: (await response.json()) as Found };
}

interface Found {
  readonly _responseMetadata: {
    readonly count: number;
    readonly next?: { readonly href: string };
    readonly prev?: unknown;
  };
  readonly conversationHistoryMetadataRecords: readonly { readonly convId: string }[];
  readonly messageEventRecords: readonly Record<string, unknown>[];
}

const METADATA = 'consumer/metadata/search';
const CONTENT = 'conversation/content/search';

async function jo(): Promise<Peer> {
  const peer = await sandbox.strange();
  await greet(peer, sandbox.brand.consumerToken(ACCOUNT, JO));
  return peer;
}

/** Jo's conversations, closed in turn; their ids, oldest first. */
async function past(count: number): Promise<string[]> {
  const peer = await jo();
  const ids = [];
  for (let number = 0; number < count; number++) {
    const id = await converse(peer);
    await publish(peer, id, text(`talk ${number}`));
    await publish(peer, id, { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] });
    sandbox.brand.note(id, 'a secret');
    await peer.ask('cm.UpdateConversationField', { conversationId: id, conversationField: STAGE });
    ids.push(id);
    // Each begins in a millisecond of its own, which is what they are sorted by.
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  await converse(peer);
  await peer.leave();
  return ids;
}

describe('the history service', () => {
  let ids: string[] = [];
  beforeAll(async () => {
    ids = await past(5);
  });
  const listed = ({ body }: { body: Found }) => body.conversationHistoryMetadataRecords.map(({ convId }) => convId);

  it('[S41] lists ended conversations in pages, in the order that is asked for', async () => {
    const first = await search(`${METADATA}?state=close,archive&limit=2`);
    expect(listed(first)).toEqual([ids[4], ids[3]]);
    expect(first.body).toMatchObject({
      _responseMetadata: { count: 5, self: { rel: 'self' } },
      conversationHistoryMetadataRecords: [
        {
          state: 'CLOSE',
          participants: [{ role: 'CONSUMER' }],
          startTs: expect.any(Number),
          endTs: expect.any(Number),
        },
        {},
      ],
    });
    const next = new URL(first.body._responseMetadata.next?.href ?? '');
    expect(listed(await search(`${METADATA}${next.search}`))).toEqual([ids[2], ids[1]]);
    const last = await search(`${METADATA}?state=close&limit=2&offset=4`);
    expect(listed(last)).toEqual([ids[0]]);
    expect(last.body._responseMetadata).not.toHaveProperty('next');
    expect(last.body._responseMetadata).toHaveProperty('prev');
    expect(listed(await search(`${METADATA}?state=close&sort=end:asc`))).toEqual(ids);
  });

  it('[S41] lists by state and by time', async () => {
    expect(listed(await search(METADATA))).toEqual([]);
    const ago = Date.now() - 60_000;
    expect(listed(await search(`${METADATA}?state=close&startFrom=${ago}&startTo=${Date.now()}`))).toHaveLength(5);
    expect(listed(await search(`${METADATA}?state=close&startFrom=0&startTo=${ago}`))).toEqual([]);
  });

  it('[S41] shows what was said, private notes excepted, receipts without a sequence', async () => {
    const { body } = await search(`${CONTENT}?conversationId=${ids[0]}`);
    expect(body.messageEventRecords).toMatchObject([
      { sequence: 1, originatorId: expect.stringMatching(/^[0-9a-f]{64}$/), event: text('talk 0') },
      { serverTimestamp: expect.any(Number), event: { type: 'AcceptStatusEvent', sequenceList: [1] } },
    ]);
    expect(body.messageEventRecords[1]).not.toHaveProperty('sequence');
    expect(body.messageEventRecords).toHaveLength(2);
    const page = await search(`${CONTENT}?conversationId=${ids[0]}&offset=1&limit=1`);
    expect(page.body.messageEventRecords).toHaveLength(1);
    expect(page.body._responseMetadata.count).toBe(2);
  });

  it('[S41] is for authenticated consumers, each for their own', async () => {
    expect((await search(METADATA, null)).status).toBe(401);
    expect((await search(METADATA, { ...JO, life: -1 })).status).toBe(401);
    expect((await search(METADATA, { sub: 'anonymous' })).status).toBe(403);
    expect(listed(await search(`${METADATA}?state=close`, { brandSub: 'max' }))).toEqual([]);
    expect((await search(`${CONTENT}?conversationId=${ids[0]}`, { brandSub: 'max' })).status).toBe(404);
  });

  it.each(['limit=101', 'limit=0', 'offset=-1', 'sort=name:asc', 'sort=start:up', 'state=open', 'startFrom=1'])(
    '[S41] refuses %s',
    async (query) => {
      expect((await search(`${METADATA}?${query}`)).status).toBe(400);
    },
  );

  it('[S41] knows no open conversation, and no other address', async () => {
    const peer = await jo();
    const id = await converse(peer);
    await peer.leave();
    expect((await search(`${CONTENT}?conversationId=${id}`)).status).toBe(404);
    expect((await search(CONTENT)).status).toBe(400);
    expect((await search('elsewhere')).status).toBe(404);
  });
});

describe('the stream of changes', () => {
  function inMemory() {
    const clock = manualClock();
    const brand = createBrand({ clock, lifetimes: { closedInStream: 100, consumer: 1e6 } });
    const sent: string[] = [];
    const wire: Wire = { send: (frame) => sent.push(frame), close: () => {} };
    const connection = brand.connectConsumer(ACCOUNT, wire, brand.consumerToken(ACCOUNT, JO));
    if (!connection) throw new Error('no connection');
    let id = 0;
    const ask = (type: string, body: unknown) => {
      sent.length = 0;
      connection.receive(JSON.stringify({ kind: 'req', id: String(++id), type, body }));
      return sent.map((frame) => JSON.parse(frame)).find(({ kind }) => kind === 'resp').body;
    };
    const changes = () =>
      sent
        .map((frame) => JSON.parse(frame))
        .filter(({ type }) => type === 'cqm.ExConversationChangeNotification')
        .flatMap(({ body }) => body.changes.map((change: { type: string }) => change.type));
    const close = () => {
      const { conversationId } = ask('cm.ConsumerRequestConversation', {});
      ask('cm.UpdateConversationField', { conversationId, conversationField: STAGE });
    };
    const pass = (seconds: number) => {
      for (let left = seconds; left > 0; left -= 50) {
        connection.pinged();
        // A change comes a millisecond after the one before, so the end of a conversation lies that much later.
        clock.advance(Math.min(left, 50) * 1000 + 1);
      }
    };
    return { brand, clock, sent, ask, changes, close, pass };
  }

  it('[S42] loses an ended conversation after its time, by DELETE', () => {
    const { ask, changes, close, pass, sent } = inMemory();
    ask('cqm.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'] });
    close();
    pass(60);
    close();
    sent.length = 0;
    pass(39);
    expect(changes()).toEqual([]);
    pass(1);
    expect(changes()).toEqual(['DELETE']);
    pass(60);
    expect(changes()).toEqual(['DELETE', 'DELETE']);
  });

  it('[S42] tells a later subscription nothing of it, and takes back what it told', () => {
    const { ask, changes, close, pass } = inMemory();
    close();
    pass(50);
    ask('cqm.SubscribeExConversations', {});
    expect(changes()).toEqual(['UPSERT']);
    pass(50);
    expect(changes()).toEqual(['UPSERT', 'DELETE']);
    ask('cqm.SubscribeExConversations', {});
    expect(changes()).toEqual([]);
  });

  it('[S42] a conversation that has left is archived in the history', () => {
    const { brand, close, pass } = inMemory();
    close();
    const found = (state: string) => {
      const path = `/messaging_history/api/account/${ACCOUNT}/conversations/consumer/metadata/search`;
      const headers = { authorization: `Bearer ${brand.consumerToken(ACCOUNT, JO)}` };
      const query = new URLSearchParams({ state });
      const request = { method: 'GET', path, query, headers, body: undefined };
      return (brand.http(request, { services: 'here', swift: 'there' }).body as Found)._responseMetadata.count;
    };
    expect([found('close'), found('archive')]).toEqual([1, 0]);
    pass(100);
    expect([found('close'), found('archive')]).toEqual([0, 1]);
  });
});
