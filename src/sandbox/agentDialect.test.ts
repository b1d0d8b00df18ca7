import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeAgent, decodeAgentReply, decodeAgentSession } from '../protocol/agent.ts';
import { field } from '../protocol/read.ts';
import {
  ACCOUNT,
  carrying,
  changesOf,
  converse,
  notification,
  openPeer,
  type Peer,
  publish,
  startTestSandbox,
  text,
} from './peer.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const ALEX = '393c6873-756d-54af-86e1-8795d57eba14';

const participation = (conversationId: string, type: string, role = 'ASSIGNED_AGENT', userId?: string) => ({
  conversationId,
  conversationField: [{ field: 'ParticipantsChange', type, role, ...(userId ? { userId } : {}) }],
});

async function meeting(): Promise<{ consumer: Peer; agent: Peer; id: string }> {
  const consumer = await sandbox.consumer();
  const agent = await sandbox.agent();
  const id = await converse(consumer);
  await agent.ask('.ams.cm.UpdateConversationField', participation(id, 'ADD'));
  return { consumer, agent, id };
}

describe('the agent dialect', () => {
  it('[S22] signs in over HTTP and opens the socket with the bearer', async () => {
    const { body } = await sandbox.post('login?v=1.3', { username: 'agent@example.com', password: 'demo' });
    const session = decodeAgentSession(body);
    expect(session).toMatchObject({ userPid: ALEX });
    const base = `ws://localhost:${sandbox.port}/ws_api/account/${ACCOUNT}/messaging/brand`;
    const peer = await openPeer(`${base}/${session?.bearer}?v=2.1`);
    expect(await peer.ask('.GetClock', {})).toMatchObject({ code: 200 });
    await peer.leave();
    const bad = await openPeer(`${base}/${sandbox.brand.consumerToken(ACCOUNT)}?v=2.1`);
    expect((await bad.closed).code).toBe(4401);
  });

  it('[S22] names people of the brand by both ids', async () => {
    const { consumer, agent, id } = await meeting();
    await agent.ask('.ams.aam.SubscribeExConversations', { convState: ['OPEN'], agentIds: [`${ACCOUNT}.282467514`] });
    const frame = await agent.next(
      (other) => notification('.ams.aam.ExConversationChangeNotification')(other) && changesOf(other).length > 0,
    );
    const details = changesOf(frame).map((change) => field(field(change, 'result'), 'conversationDetails'));
    expect(details.at(-1)).toMatchObject({
      convId: id,
      participants: { ASSIGNED_AGENT: [`${ACCOUNT}.282467514`] },
      participantsPId: { ASSIGNED_AGENT: [ALEX] },
      dialogs: [{ dialogId: id, participantsDetails: [{ role: 'CONSUMER' }, { role: 'ASSIGNED_AGENT' }] }],
    });
    await publish(consumer, id, text('hello'));
    const heard = await agent.next(notification('.ams.ms.OnlineEventDistribution'));
    expect(heard.body).toMatchObject({ dialogId: id, sequence: 1, event: text('hello') });
    await Promise.all([consumer.leave(), agent.leave()]);
  });

  it('[S22] goes both ways: text, typing, receipts', async () => {
    const { consumer, agent, id } = await meeting();
    await agent.ask('.ams.ms.PublishEvent', {
      dialogId: id,
      event: { type: 'ChatStateEvent', chatState: 'COMPOSING' },
    });
    expect(changesOf(await consumer.next(carrying('ChatStateEvent')))[0]).toMatchObject({ originatorId: ALEX });
    const answer = await agent.ask('.ams.ms.PublishEvent', { dialogId: id, event: text('good day') });
    expect(decodeAgentReply('.ams.ms.PublishEvent', Number(answer.code), answer.body)).toEqual({ sequence: 1 });
    expect(changesOf(await consumer.next(carrying('ContentEvent')))[0]).toMatchObject({
      sequence: 1,
      originatorId: ALEX,
      originatorMetadata: { role: 'ASSIGNED_AGENT' },
    });
    await publish(consumer, id, { type: 'AcceptStatusEvent', status: 'READ', sequenceList: [1] });
    const receipt = await agent.next((frame) => field(field(frame.body, 'event'), 'status') === 'READ');
    expect(decodeAgent(JSON.stringify(receipt))).toMatchObject({
      kind: 'messages',
      events: [{ sequence: 2, content: { type: 'receipt', status: 'READ', sequences: [1] }, audience: 'ALL' }],
    });
    await Promise.all([consumer.leave(), agent.leave()]);
  });

  it('[S22] QueryMessages gives what is newer and then what happens, notes included', async () => {
    const { consumer, agent, id } = await meeting();
    for (const message of ['one', 'two', 'three']) await publish(consumer, id, text(message));
    await agent.ask('.ams.ms.PublishEvent', {
      dialogId: id,
      event: text('note'),
      messageAudience: 'AGENTS_AND_MANAGERS',
    });
    const reader = await sandbox.agent('admin');
    const answer = await reader.ask('.ams.ms.QueryMessages', { dialogId: id, newerThanSequence: 1 });
    expect(answer.type).toBe('.ams.ms.QueryMessages$Response');
    const events = decodeAgentReply('.ams.ms.QueryMessages', 200, answer.body);
    expect(events.map(({ sequence, audience }) => [sequence, audience])).toEqual([
      [2, 'ALL'],
      [3, 'ALL'],
      [4, 'AGENTS_AND_MANAGERS'],
    ]);
    await publish(consumer, id, text('four'));
    expect((await reader.next(notification('OnlineEventDistribution'))).body).toMatchObject({ sequence: 5 });
    await Promise.all([consumer.leave(), agent.leave(), reader.leave()]);
  });

  it('[S22] an agent joins, is replaced, is removed; a stranger may not publish', async () => {
    const { consumer, agent, id } = await meeting();
    const other = await sandbox.agent('admin');
    const say = () => other.ask('.ams.ms.PublishEvent', { dialogId: id, event: text('x') });
    const change = (type: string, role?: string, userId?: string) =>
      other.ask('.ams.cm.UpdateConversationField', participation(id, type, role, userId));
    expect(await say()).toMatchObject({ code: 400 });
    expect(await change('SUGGEST')).toMatchObject({ code: 200 });
    expect(await say()).toMatchObject({ code: 400 });
    expect(await change('ADD')).toMatchObject({ code: 200, body: 'OK Agent added successfully' });
    expect(await say()).toMatchObject({ code: 200 });
    expect(await agent.ask('.ams.ms.PublishEvent', { dialogId: id, event: text('y') })).toMatchObject({ code: 400 });
    expect(await change('REMOVE', 'ASSIGNED_AGENT', `${ACCOUNT}.282467514`)).toMatchObject({ code: 400 });
    expect(await change('REMOVE')).toMatchObject({ code: 200 });
    expect(await change('REMOVE')).toMatchObject({ code: 400, body: 'There is no ASSIGNED_AGENT to remove' });
    expect(await change('ADD', 'CONSUMER')).toMatchObject({ code: 400 });
    await Promise.all([consumer.leave(), agent.leave(), other.leave()]);
  });

  it('[S22] an agent closes a conversation', async () => {
    const { consumer, agent, id } = await meeting();
    await consumer.ask('cqm.SubscribeExConversations', {});
    const conversationField = [{ field: 'ConversationStateField', conversationState: 'CLOSE' }];
    await agent.ask('.ams.cm.UpdateConversationField', { conversationId: id, conversationField });
    const closed = await consumer.next((frame) => JSON.stringify(frame).includes('"closeReason":"AGENT"'));
    expect(changesOf(closed)[0]).toMatchObject({ result: { convId: id } });
    await Promise.all([consumer.leave(), agent.leave()]);
  });

  it('[S23] rings new conversations until somebody takes them', async () => {
    const agent = await sandbox.agent();
    const consumer = await sandbox.consumer();
    await agent.ask('.ams.routing.SetAgentState', { availability: 'ONLINE' });
    await agent.ask('.ams.routing.SubscribeRoutingTasks', {});
    const id = await converse(consumer);
    const about = (state: string) => (frame: Record<string, unknown>) => {
      const result = field(changesOf(frame)[0], 'result');
      return field(result, 'conversationId') === id && JSON.stringify(result).includes(`"ringState":"${state}"`);
    };
    const ringing = changesOf(await agent.next(about('WAITING')))[0];
    const rings = field(field(ringing, 'result'), 'ringsDetails') as { ringId: string }[];
    await agent.ask('.ams.routing.UpdateRingState', { ringId: rings[0]?.ringId, ringState: 'ACCEPTED' });
    expect(changesOf(await agent.next(about('ACCEPTED')))[0]).toMatchObject({ result: { taskCompleted: true } });
    expect(await agent.ask('.ams.ms.PublishEvent', { dialogId: id, event: text('hi') })).toMatchObject({ code: 200 });
    expect(await agent.ask('.ams.routing.UpdateRingState', { ringId: 'x' })).toMatchObject({ code: 400 });
    await Promise.all([consumer.leave(), agent.leave()]);
  });
});

describe("a consumer's absence", () => {
  it('[S44] agents hear BACKGROUND when the last socket of the consumer has ended, and not before', async () => {
    const first = await sandbox.consumer('absent');
    const second = await sandbox.consumer('absent');
    const agent = await sandbox.agent();
    const id = await converse(first);
    await agent.ask('.ams.cm.UpdateConversationField', participation(id, 'ADD'));
    const absences = () => agent.frames.filter((frame) => JSON.stringify(frame).includes('BACKGROUND'));
    await second.leave();
    await agent.ask('.GetClock', {});
    expect(absences()).toEqual([]);
    await first.leave();
    const heard = await agent.next(notification('.ams.ms.OnlineEventDistribution'));
    expect(heard.body).toMatchObject({
      dialogId: id,
      originatorPId: 'absent',
      event: { type: 'ChatStateEvent', chatState: 'BACKGROUND' },
    });
    expect(heard.body).not.toHaveProperty('sequence');
    await agent.leave();
  });

  it('[S44] a closed conversation hears nothing of it', async () => {
    const { consumer, agent, id } = await meeting();
    const closed = { field: 'ConversationStateField', conversationState: 'CLOSE' };
    await agent.ask('.ams.cm.UpdateConversationField', { conversationId: id, conversationField: [closed] });
    await consumer.leave();
    await agent.ask('.GetClock', {});
    expect(JSON.stringify(agent.frames)).not.toContain('BACKGROUND');
    await agent.leave();
  });
});
