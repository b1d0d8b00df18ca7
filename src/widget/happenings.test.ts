import { describe, expect, test } from 'vitest';
import { acknowledged, heard, marked, written } from '../model/transcript.ts';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import type { Conversation } from '../protocol/types.ts';
import type { ChatState } from '../store/state.ts';
import { createChatStore } from '../store/store.ts';
import type { Place } from './api.ts';
import { startHappenings } from './happenings.ts';
import type { LaterWorld } from './later.ts';

const settings = {
  brandName: 'x',
  welcome: null,
  welcomeHint: null,
  suggestions: [],
  promise: null,
  limits: DEFAULT_LIMITS,
};

const conversation = (id: string, open = true): Conversation => ({
  id,
  open,
  closeReason: null,
  dialogs: [],
  participants: [],
  startedAt: 1,
  updatedAt: 1,
});

function happenings() {
  const store = createChatStore(settings);
  const told: string[] = [];
  const tell: Place['tell'] = (event, detail) => told.push(`${event} ${JSON.stringify(detail)}`) > 0;
  const missed: ChatState[] = [store.getState()];
  const gather = store.subscribe((state) => missed.push(state));
  const world = { store, place: { tell }, root: new EventTarget() } as unknown as LaterWorld;
  return {
    store,
    told,
    start() {
      gather();
      return startHappenings(world, missed);
    },
  };
}

const write = (store: ReturnType<typeof createChatStore>, id: string) =>
  store.setState(({ transcript }) => ({
    transcript: marked(written(transcript, { id, at: 1, body: { type: 'text', text: id } }, 'me'), id, {
      at: 'sending',
    }),
  }));
const number = (store: ReturnType<typeof createChatStore>, id: string, sequence: number) =>
  store.setState(({ transcript }) => ({ transcript: acknowledged(transcript, id, 'd', sequence) }));

describe('conversations', () => {
  test('begin and end once, whatever repeats them', () => {
    const { store, told, start } = happenings();
    start();
    store.setState({ conversation: conversation('a') });
    store.setState({ conversation: { ...conversation('a'), updatedAt: 2 } });
    store.setState({ conversation: conversation('a', false) });
    store.setState({ conversation: { ...conversation('a', false), updatedAt: 3 } });
    store.setState({ conversation: conversation('b') });
    store.setState({ conversation: null });
    expect(told).toEqual([
      'conversationstart {"conversationId":"a"}',
      'conversationend {"conversationId":"a"}',
      'conversationstart {"conversationId":"b"}',
      'conversationend {"conversationId":"b"}',
    ]);
  });

  test('one that was over when it was found is not told', () => {
    const { store, told, start } = happenings();
    start();
    store.setState({ conversation: conversation('a', false) });
    expect(told).toEqual([]);
  });
});

describe('messages', () => {
  test('sent from this page are told when they are numbered, once each, those missed before the start too', () => {
    const { store, told, start } = happenings();
    store.setState({ conversation: conversation('a') });
    write(store, 'one');
    number(store, 'one', 1);
    start();
    write(store, 'two');
    write(store, 'three');
    number(store, 'two', 2);
    store.setState(({ transcript }) => ({ transcript: { ...transcript } }));
    number(store, 'three', 3);
    expect(told.filter((line) => line.startsWith('messagesent'))).toHaveLength(3);
  });

  test('of an earlier page or another tab were not sent from here', () => {
    const { store, told, start } = happenings();
    start();
    store.setState(({ transcript }) => ({
      transcript: heard(
        transcript,
        [
          {
            dialogId: 'd',
            conversationId: 'a',
            sequence: 1,
            at: 1,
            from: { id: 'me', role: 'CONSUMER' },
            clientId: null,
            content: { type: 'text', text: 'x' },
          },
        ],
        'me',
      ),
    }));
    expect(told).toEqual([]);
  });

  test('one that is taken back is not sent', () => {
    const { store, told, start } = happenings();
    start();
    const { transcript } = store.getState();
    write(store, 'one');
    store.setState({ transcript });
    expect(told).toEqual([]);
  });

  test('of others are told once, seen and unseen again by a reconnection', () => {
    const { store, told, start } = happenings();
    start();
    store.setState({ unread: ['d/1'] });
    store.setState({ unread: [] });
    store.setState({ unread: ['d/1', 'd/2'] });
    expect(told).toEqual(['messagereceived {"conversationId":null}', 'messagereceived {"conversationId":null}']);
  });
});

describe('uploads', () => {
  const at = (state: string) => ({ attachments: new Map([['f', { at: state }]]) }) as unknown as Partial<ChatState>;

  test.each([
    ['published', ['ready', 'signing', 'uploading', 'publishing', 'published']],
    ['failed', ['signing', 'failed']],
    ['cancelled', ['uploading', 'cancelled']],
  ])('end as %s', (reason, states) => {
    const { store, told, start } = happenings();
    start();
    for (const state of states) store.setState(at(state));
    expect(told).toEqual([
      'uploadstart {"conversationId":null}',
      `uploadend {"conversationId":null,"reason":"${reason}"}`,
    ]);
  });

  test('that are tried again are told again', () => {
    const { store, told, start } = happenings();
    start();
    for (const state of ['uploading', 'failed', 'signing', 'published']) store.setState(at(state));
    expect(told.map((line) => line.split(' ')[0])).toEqual(['uploadstart', 'uploadend', 'uploadstart', 'uploadend']);
  });

  test('that were never under way are not told', () => {
    const { store, told, start } = happenings();
    start();
    for (const state of ['picked', 'ready', 'cancelled']) store.setState(at(state));
    expect(told).toEqual([]);
  });
});
