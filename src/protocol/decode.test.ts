import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decode } from './decode.ts';
import { MAX_FRAME } from './frame.ts';

const PREVIEW = 'data:image/png;base64,iVBORw0KGgo=';
const message = (change: object, type = 'ms.MessagingEventNotification') =>
  JSON.stringify({ kind: 'notification', type, body: { changes: [change] } });
const content = (event: object, more: object = {}) =>
  message({ sequence: 2, originatorId: 'a', serverTimestamp: 5, dialogId: 'D', conversationId: 'C', event, ...more });

/** The one event of a frame. */
function one(frame: string) {
  const incoming = decode(frame);
  expect(incoming.kind).toBe('messages');
  return incoming.kind === 'messages' ? incoming.events[0] : undefined;
}

describe('[W1] what is no known frame is named and never thrown', () => {
  test.each([
    [new ArrayBuffer(4), 'not text'],
    ['{', 'not JSON'],
    ['null', 'not an object'],
    ['[]', 'not an object'],
    ['"x"', 'not an object'],
    ['1e999', 'not an object'],
    ['{}', 'kind null'],
    ['{"kind":"req"}', 'kind req'],
    ['{"kind":"resp","code":200}', 'response without reqId or code'],
    ['{"kind":"resp","reqId":"1","code":"soon"}', 'response without reqId or code'],
    ['{"kind":"notification","type":"ms.Dance","body":{}}', 'notification Dance'],
    [' '.repeat(MAX_FRAME + 1), 'too long'],
  ])('%#', (frame, why) => {
    expect(decode(frame)).toEqual({ kind: 'unknown', why });
  });

  test('random and mutated frames', () => {
    const real = content(
      { type: 'ContentEvent', contentType: 'text/plain', message: 'hi' },
      { metadata: [{ type: 'X' }] },
    );
    const cut = fc
      .tuple(fc.nat(real.length), fc.nat(20), fc.string())
      .map(([at, length, put]) => real.slice(0, at) + put + real.slice(at + length));
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), cut, fc.anything()), (frame) => {
        expect(['response', 'messages', 'conversations', 'unknown']).toContain(decode(frame).kind);
      }),
      { numRuns: 2000 },
    );
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  test('prototype keys pollute nothing and are read by nobody', () => {
    const frame = `{"kind":"notification","type":"ms.MessagingEventNotification","body":{"changes":[{"__proto__":{"x":1,"dialogId":"evil"},"sequence":1,"event":{"type":"ContentEvent","message":"m","constructor":{"prototype":{"x":1}}}}]}}`;
    expect(decode(frame)).toEqual({ kind: 'messages', dialogId: null, events: [], skipped: 1 });
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });
});

describe('[W2] both spellings of every contradiction', () => {
  test('a response is found by its reqId, number or string', () => {
    const expected = { kind: 'response', reqId: '7', code: 200, body: undefined };
    expect(decode('{"kind":"resp","reqId":7,"code":200}')).toEqual(expected);
    expect(decode('{"kind":"resp","reqId":"7","code":200,"type":"ms.BaseGenerateURLResponse"}')).toEqual(expected);
  });

  test.each(['cqm', 'aam', '.ams.aam'])('conversation changes of %s', (prefix) => {
    const frame = JSON.stringify({
      kind: 'notification',
      type: `${prefix}.ExConversationChangeNotification`,
      body: { changes: { type: 'UPSERT', result: { convId: 'C', conversationDetails: { state: 'OPEN' } } } },
    });
    expect(decode(frame)).toMatchObject({
      kind: 'conversations',
      changes: [{ type: 'upsert', conversation: { id: 'C' } }],
    });
  });

  test.each(['hosted/file', 'HostedFile'])('a file published as %s', (contentType) => {
    const file = { caption: 'c', relativePath: '/v1/x.PNG', fileType: 'png', preview: PREVIEW };
    expect(one(content({ type: 'ContentEvent', contentType, message: file }))?.content).toEqual({
      type: 'file',
      file: { ...file, fileType: 'PNG' },
    });
  });

  test('a list of one may be sent bare', () => {
    const event = { type: 'AcceptStatusEvent', status: 'READ', sequenceList: 4 };
    const bare = JSON.stringify({
      kind: 'notification',
      type: 'ms.MessagingEventNotification',
      body: { changes: { sequence: 9, dialogId: 'D', originatorId: 'a', event } },
    });
    expect(one(bare)?.content).toEqual({ type: 'receipt', status: 'READ', sequences: [4] });
  });

  test('originatorId, originatorPId or the metadata alone', () => {
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: 'x' };
    const ids = [{ originatorId: 'a' }, { originatorPId: 'a' }, { originatorMetadata: { id: 'a', role: 'AGENT' } }];
    for (const id of ids) expect(one(message({ sequence: 1, dialogId: 'D', event, ...id }))?.from.id).toBe('a');
  });

  test('typing without sequence and time', () => {
    const frame = message({
      originatorId: 'a',
      dialogId: 'D',
      event: { type: 'ChatStateEvent', chatState: 'COMPOSING' },
    });
    expect(one(frame)).toMatchObject({ sequence: null, at: null, content: { type: 'typing', state: 'COMPOSING' } });
  });

  test('participants as list and by role; a suggested agent has not joined', () => {
    const participants = [
      { id: 'c', role: 'CONSUMER' },
      { id: 's', role: 'ASSIGNED_AGENT', state: 'SUGGESTED' },
    ];
    const frames = [{ participants }, { participantsPId: { CONSUMER: ['c'] } }].map((details) =>
      decode(
        JSON.stringify({
          kind: 'notification',
          type: 'cqm.ExConversationChangeNotification',
          body: { changes: [{ type: 'UPSERT', result: { convId: 'C', conversationDetails: details } }] },
        }),
      ),
    );
    for (const frame of frames) {
      expect(frame).toMatchObject({ changes: [{ conversation: { participants: [{ id: 'c', role: 'CONSUMER' }] } }] });
    }
  });

  test('a conversation is over when its stage says so, or its state where there is no stage', () => {
    const details = [{ state: 'CLOSE', stage: 'OPEN' }, { state: 'CLOSE' }, { state: 'OPEN' }];
    const open = details.map((conversationDetails) => {
      const frame = decode(
        JSON.stringify({
          kind: 'notification',
          type: 'cqm.ExConversationChangeNotification',
          body: { changes: [{ type: 'UPSERT', result: { convId: 'C', conversationDetails } }] },
        }),
      );
      const change = frame.kind === 'conversations' ? frame.changes[0] : undefined;
      return change?.type === 'upsert' && change.conversation.open;
    });
    expect(open).toEqual([true, false, true]);
  });
});

describe('[W3] what is not for the consumer is not shown', () => {
  test('a private note among agents', () => {
    const event = { type: 'ContentEvent', contentType: 'text/plain', message: 'secret' };
    expect(one(content(event, { messageAudience: 'AGENTS_AND_MANAGERS' }))).toBeUndefined();
    // What cannot be read is no permission.
    for (const messageAudience of [['AGENTS_AND_MANAGERS'], { type: 'AGENTS_AND_MANAGERS' }, false]) {
      expect(one(content(event, { messageAudience }))).toBeUndefined();
    }
    expect(one(content(event, { messageAudience: 'ALL' }))?.content).toEqual({ type: 'text', text: 'secret' });
  });

  test.each([
    'data:image/svg+xml;base64,AAAA',
    'data:text/html;base64,AAAA',
    'data:image/png;charset=x;base64,AAAA',
    'DATA:image/png;base64,AAAA',
    'data:image/png;base64,AA AA',
    'https://evil.example/x.png',
    `data:image/png;base64,${'A'.repeat(70_000)}`,
    7,
  ])('a preview that is no small raster data URL: %s', (preview) => {
    const file = { relativePath: '/v1/x', fileType: 'PNG', preview };
    expect(one(content({ type: 'ContentEvent', contentType: 'hosted/file', message: file }))?.content).toMatchObject({
      type: 'file',
      file: { preview: null, caption: '' },
    });
  });

  test('an event of a kind this window does not know leaves a placeholder', () => {
    expect(one(content({ type: 'RichContentEvent', content: {} }))?.content).toEqual({
      type: 'unsupported',
      what: 'RichContentEvent',
    });
    expect(
      one(content({ type: 'ContentEvent', contentType: 'forms/secure-invitation', message: {} }))?.content,
    ).toEqual({
      type: 'unsupported',
      what: 'forms/secure-invitation',
    });
  });

  test.each([0, -1, 9e15, 'soon', null])('a time of %s makes no invalid date', (serverTimestamp) => {
    const time = one(content({ type: 'ContentEvent', message: 'x' }, { serverTimestamp }))?.at;
    expect(time === null || !Number.isNaN(new Date(time ?? 0).getTime())).toBe(true);
  });
});

test('an empty back-log is known by the dialog of its notification', () => {
  const frame = '{"kind":"notification","type":"ms.MessagingEventNotification","body":{"dialogId":"D","changes":[]}}';
  expect(decode(frame)).toEqual({ kind: 'messages', dialogId: 'D', events: [], skipped: 0 });
});

test("the sender's own id comes back from the metadata", () => {
  const metadata = [{ type: 'BotResponse' }, { type: 'ExternalId', id: 'client-1' }];
  expect(one(content({ type: 'ContentEvent', message: 'x' }, { metadata }))?.clientId).toBe('client-1');
});
