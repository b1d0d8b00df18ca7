import { describe, expect, it } from 'vitest';
import { decodeAgent, decodeAgentReply, decodeAgentSession } from './agent.ts';
import { FailureError } from './failure.ts';

const note = {
  sequence: 3,
  originatorId: '12345678.282467514',
  originatorPId: '393c6873',
  serverTimestamp: 1_500_000_000_000,
  event: { type: 'ContentEvent', contentType: 'text/plain', message: 'hi' },
  dialogId: 'D',
};

function frame(type: string, body: unknown): string {
  return JSON.stringify({ kind: 'notification', type, body });
}

describe('decodeAgent', () => {
  it.each([
    ['the change as body', frame('.ams.ms.OnlineEventDistribution', note)],
    ['a list of changes', frame('ms.MessagingEventNotification', { dialogId: 'D', changes: [note] })],
    ['a bare change', frame('ms.MessagingEventNotification', { changes: note })],
  ])('reads a message from %s, by participant id', (_, data) => {
    expect(decodeAgent(data)).toMatchObject({
      kind: 'messages',
      events: [{ sequence: 3, dialogId: 'D', from: { id: '393c6873' }, audience: 'ALL' }],
    });
  });

  it.each([
    [undefined, 'ALL'],
    [null, 'ALL'],
    ['ALL', 'ALL'],
    ['AGENTS_AND_MANAGERS', 'AGENTS_AND_MANAGERS'],
    ['SOMEBODY', 'AGENTS_AND_MANAGERS'],
  ])('shows an agent what was said to %s', (messageAudience, audience) => {
    const data = frame('.ams.ms.OnlineEventDistribution', { ...note, messageAudience });
    expect(decodeAgent(data)).toMatchObject({ events: [{ audience }] });
  });

  it('reads participants by participant id', () => {
    const conversationDetails = {
      participants: { ASSIGNED_AGENT: ['12345678.282467514'] },
      participantsPId: { ASSIGNED_AGENT: ['393c6873'], CONSUMER: ['c'] },
      stage: 'OPEN',
    };
    const body = { changes: [{ type: 'UPSERT', result: { convId: 'C', conversationDetails } }] };
    expect(decodeAgent(frame('.ams.aam.ExConversationChangeNotification', body))).toMatchObject({
      kind: 'conversations',
      changes: [
        {
          conversation: {
            id: 'C',
            participants: [
              { id: '393c6873', role: 'ASSIGNED_AGENT' },
              { id: 'c', role: 'CONSUMER' },
            ],
          },
        },
      ],
    });
  });

  it.each([7, '', 'x', '[]', 'null', '{"kind":"resp"}', frame('.ams.Other', {}), '{"kind":"notification"}'])(
    'calls %j unknown',
    (data) => {
      expect(decodeAgent(data)).toMatchObject({ kind: 'unknown', why: expect.any(String) });
    },
  );

  it.each([null, 7, 'x', [null], [{}], { changes: 'x' }])('reads no message from %j', (body) => {
    expect(decodeAgent(frame('.ams.ms.OnlineEventDistribution', body))).toEqual({ kind: 'messages', events: [] });
  });
});

describe('decodeAgentReply', () => {
  it('reads stored messages, and a number from 0 on', () => {
    expect(decodeAgentReply('.ams.ms.QueryMessages', 200, [note, { bad: true }])).toMatchObject([{ sequence: 3 }]);
    expect(decodeAgentReply('.ams.ms.PublishEvent', 200, { sequence: 0 })).toEqual({ sequence: 0 });
  });

  it('throws a refusal with its code and words', () => {
    expect(() => decodeAgentReply('.ams.ms.PublishEvent', 400, 'The dialog is closed')).toThrow(FailureError);
    expect(() => decodeAgentReply('.ams.ms.PublishEvent', 400, 'The dialog is closed')).toThrow('The dialog is closed');
    expect(() => decodeAgentReply('.ams.ms.GenerateURLForUploadFile', 200, {})).toThrow(FailureError);
  });
});

describe('decodeAgentSession', () => {
  it.each([
    [
      { bearer: 'b', config: { userId: 28, userPid: 'p' } },
      { bearer: 'b', userId: '28', userPid: 'p' },
    ],
    [{ error: 'Login failed' }, null],
    [{ bearer: 'b' }, null],
    [null, null],
  ])('%j', (body, session) => {
    expect(decodeAgentSession(body)).toEqual(session);
  });
});
