import { afterAll, beforeAll, expect, it } from 'vitest';
import { arrayOf, field, type Json } from '../protocol/read.ts';
import { carrying, changesOf, converse, notification, type Peer, publish, startTestSandbox, text } from './peer.ts';
import { SURVEY_BOT } from './survey.ts';
import { QUESTIONS } from './surveyWords.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox({ accounts: [{ id: '12345678', survey: true }] });
});
afterAll(() => sandbox.close());

const FEATURES = ['MULTI_DIALOG', 'QUICK_REPLIES'];

const ASSIGNED = { field: 'ParticipantsChange', type: 'ADD', role: 'ASSIGNED_AGENT' };

async function update(agent: Peer, conversationId: string, conversationField: object): Promise<void> {
  const body = { conversationId, conversationField: [conversationField] };
  expect(await agent.ask('.ams.cm.UpdateConversationField', body)).toMatchObject({ code: 200 });
}

const closing = (dialogId: string) => ({
  field: 'DialogChange',
  type: 'UPDATE',
  dialog: { dialogId, state: 'CLOSE', closedCause: 'Closed by consumer' },
});

/** A consumer in a conversation with an agent, subscribed to its changes. */
async function meeting(features: readonly string[] = FEATURES) {
  const peer = await sandbox.consumer(undefined, features);
  const agent = await sandbox.agent();
  await peer.ask('cqm.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'] });
  const id = await converse(peer);
  await update(agent, id, ASSIGNED);
  const close = (field: object) =>
    peer.ask('cm.UpdateConversationField', { conversationId: id, conversationField: field });
  const leave = () => Promise.all([peer.leave(), agent.leave()]);
  return { peer, agent, id, close, leave };
}

const detailsOf = (frame: Json) => field(field(changesOf(frame)[0], 'result'), 'conversationDetails');

/** The next change of the conversation in this state and stage. */
async function inState(peer: Peer, state: string, stage: string): Promise<Json> {
  const frame = await peer.next((other) => {
    const details = notification('ExConversationChangeNotification')(other) ? detailsOf(other) : undefined;
    return field(details, 'state') === state && field(details, 'stage') === stage;
  });
  return detailsOf(frame) as Json;
}

/** Opens the survey's dialog and waits for its first question. */
async function surveyed(
  peer: Peer,
  conversationId: string,
): Promise<{ dialogId: string; question: Json; details: Json }> {
  const details = await inState(peer, 'CLOSE', 'OPEN');
  const dialogId = String(field(arrayOf(details.dialogs)[1], 'dialogId'));
  await peer.ask('ms.SubscribeMessagingEvents', { dialogId, conversationId, fromSeq: 0 });
  const frame = await peer.next(carrying('ContentEvent'));
  return { dialogId, question: changesOf(frame)[0] ?? {}, details };
}

it.each(['consumer', 'agent'])('[S39] begins in a dialog of its own when the %s closes the main one', async (who) => {
  const { peer, agent, id, close, leave } = await meeting();
  if (who === 'consumer') await close(closing(id));
  else await update(agent, id, closing(id));
  const { dialogId, question, details } = await surveyed(peer, id);
  expect(details).toMatchObject({
    closeReason: who.toUpperCase(),
    dialogs: [
      { dialogId: id, dialogType: 'MAIN', state: 'CLOSE' },
      {
        dialogId,
        dialogType: 'POST_SURVEY',
        channelType: 'MESSAGING',
        state: 'OPEN',
        participantsDetails: [{ role: 'CONSUMER' }, { id: SURVEY_BOT, role: 'AGENT' }, { role: 'READER' }],
      },
    ],
  });
  expect(question).toMatchObject({
    sequence: 1,
    originatorMetadata: { id: SURVEY_BOT, role: 'AGENT' },
    event: { message: QUESTIONS[0]?.text, quickReplies: { type: 'quickReplies' } },
  });
  expect(await publish(peer, id, text('late'))).toMatchObject({ code: 400 });
  await leave();
});

it('[S39] asks one question after the other, takes a chosen and a written answer, and ends', async () => {
  const { peer, id, close, leave } = await meeting();
  await close(closing(id));
  const { dialogId, question } = await surveyed(peer, id);
  const [asked] = arrayOf(question.metadata);
  const [reply] = arrayOf(field(field(question.event, 'quickReplies'), 'replies'));
  const metadata = arrayOf(field(field(reply, 'click'), 'metadata'));
  expect(asked).toMatchObject({ type: 'Question', replies: expect.arrayContaining([field(metadata[0], 'id')]) });
  expect(metadata).toMatchObject([{ type: 'Answer', questionId: field(asked, 'id') }]);
  const body = (event: object) => ({ dialogId, conversationId: id, event });
  const click = { type: 'AcceptStatusEvent', status: 'ACTION', sequenceList: [1] };
  await peer.ask('ms.PublishEvent', body(click), { metadata });
  await peer.ask('ms.PublishEvent', body(text('1')), { metadata });
  await peer.next((frame) => JSON.stringify(frame).includes(QUESTIONS[1]?.text ?? '-'));
  await peer.ask('ms.PublishEvent', body(text('more or less')));
  const ended = await inState(peer, 'CLOSE', 'CLOSE');
  expect(ended).toMatchObject({
    closeReason: 'CONSUMER',
    dialogs: [{ closedBy: 'CONSUMER' }, { state: 'CLOSE', closedBy: 'AGENT', closedCause: 'Completed' }],
  });
  expect(await peer.ask('ms.PublishEvent', body(text('late')))).toMatchObject({ code: 400 });
  await leave();
});

it('[S39] is skipped by closing its dialog', async () => {
  const { peer, id, close, leave } = await meeting();
  await close(closing(id));
  const { dialogId } = await surveyed(peer, id);
  await close(closing(dialogId));
  expect(await inState(peer, 'CLOSE', 'CLOSE')).toMatchObject({ dialogs: [{}, { closedBy: 'CONSUMER' }] });
  await leave();
});

it.each(['Stage', 'ConversationStateField'])('[S39] does not follow a closing by %s', async (field) => {
  const { peer, id, close, leave } = await meeting();
  await close({ field, conversationState: 'CLOSE' });
  expect(await inState(peer, 'CLOSE', 'CLOSE')).toMatchObject({ dialogs: [{ dialogId: id }] });
  await leave();
});

it('[S39] is not for a window that knows no dialogs, nor for a conversation without an agent', async () => {
  const plain = await meeting(['QUICK_REPLIES']);
  await plain.close(closing(plain.id));
  expect((await inState(plain.peer, 'CLOSE', 'CLOSE')).dialogs).toHaveLength(1);
  const alone = await meeting();
  await update(alone.agent, alone.id, { ...ASSIGNED, type: 'REMOVE' });
  await alone.close(closing(alone.id));
  expect((await inState(alone.peer, 'CLOSE', 'CLOSE')).dialogs).toHaveLength(1);
  await Promise.all([plain.leave(), alone.leave()]);
});
