import { act, render, within } from '@testing-library/react';
import { createStore } from 'zustand/vanilla';
import type { Actions } from '../flows/actions.ts';
import type { Attachment } from '../model/attachment.ts';
import { type Body, type Delivery, EMPTY_TRANSCRIPT, isFromPerson, type Message } from '../model/message.ts';
import { tableOf } from '../model/table.ts';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import type { ChatState } from '../store/state.ts';
import { createChatStore } from '../store/store.ts';
import type { Announcer } from './Announcer/announcer.ts';
import type { Arrival, LaterViews } from './arrival.ts';
import { Panel } from './Panel.tsx';
import * as views from './views.tsx';

/** The panel with a real store and recorded verbs, for tests only. */

/** A day's early afternoon, so that minutes more stay on that day. */
export const NOW = new Date(2026, 2, 3, 14, 0).getTime();
const MINUTE = 60_000;

export type Call = readonly [verb: keyof Actions, ...args: unknown[]];

const VERBS: readonly (keyof Actions)[] = [
  'open',
  'close',
  'send',
  'setDraft',
  'attach',
  'setCaption',
  'moveInTray',
  'removeFromTray',
  'cancel',
  'retry',
  'seen',
  'wantFile',
  'imageFailed',
  'saveFile',
  'showLightbox',
  'endConversation',
  'showEarlier',
  'reconnect',
];

export function aMessage(id: string, text: string, more: Partial<Message> = {}): Message {
  const mine = more.mine ?? false;
  return {
    id,
    dialogId: 'd',
    sequence: 0,
    at: NOW,
    mine,
    from: { id: mine ? 'me' : 'ana', role: mine ? 'CONSUMER' : 'ASSIGNED_AGENT' },
    body: { type: 'text', text },
    delivery: mine ? { at: 'sent' } : null,
    ...more,
  };
}

export function anOwn(id: string, body: Body, delivery: Delivery = { at: 'sending' }, minutes = 0): Message {
  // What has not arrived has no number.
  const arrived = delivery.at === 'sent' || delivery.at === 'delivered' || delivery.at === 'read';
  return aMessage(id, '', { mine: true, body, delivery, sequence: arrived ? 0 : null, at: NOW + minutes * MINUTE });
}

type Facts = Partial<
  Pick<Attachment, 'name' | 'size' | 'uploadSize' | 'kind' | 'fileType' | 'preview' | 'caption' | 'locationRemoved'>
>;

export function anAttachment(id: string, state: object, facts: Facts = {}): Attachment {
  return {
    id,
    name: 'slope.jpg',
    size: 2_800_000,
    fileType: 'JPG',
    kind: 'image',
    caption: '',
    preview: null,
    width: 400,
    height: 300,
    uploadSize: facts.size ?? 2_800_000,
    locationRemoved: false,
    ...facts,
    ...state,
  } as Attachment;
}

export function transcriptOf(messages: readonly Message[]): ChatState['transcript'] {
  return {
    ...EMPTY_TRANSCRIPT,
    ids: messages.map((message) => message.id),
    byId: tableOf(messages.map((message) => [message.id, message])),
    // Of two entries with one key the later counts.
    firstWords: new Map(
      messages
        .filter(isFromPerson)
        .toReversed()
        .map(({ id, from }) => [from.id, id]),
    ),
  };
}

export function attachmentsOf(...attachments: Attachment[]): ChatState['attachments'] {
  return new Map(attachments.map((attachment) => [attachment.id, attachment]));
}

interface Surroundings {
  readonly announcer?: Announcer;
  readonly container?: HTMLElement;
  readonly later?: LaterViews;
}

/** The views as they are once they have come. */
const HERE: LaterViews = { arrival: createStore<Arrival>(() => ({ at: 'here', views })), want: () => {} };

/** Paints the panel with a state; `calls` has every verb asked for, and the plain ones also do their work. */
export function paint(state: Partial<ChatState> = {}, more: Surroundings = {}) {
  const store = createChatStore({
    brandName: 'Meadow Support',
    welcome: 'Hello.',
    welcomeHint: 'Ask anything.',
    suggestions: ['Where is my order?'],
    promise: 'Usually replies in 2 minutes',
    limits: DEFAULT_LIMITS,
  });
  store.setState({
    panelOpen: true,
    connection: { at: 'online' },
    agents: new Map([['ana', { nickname: 'Ana', picture: null }]]),
    ...state,
  });
  const calls: Call[] = [];
  const effects: Partial<Record<keyof Actions, (value: never) => void>> = {
    setDraft: (draft: string) => store.setState({ draft }),
    close: () => store.setState({ panelOpen: false }),
    showLightbox: (lightbox: string | null) => store.setState({ lightbox }),
  };
  const actions = Object.fromEntries(
    VERBS.map((verb) => [
      verb,
      (...args: unknown[]) => {
        calls.push([verb, ...args]);
        effects[verb]?.(args[0] as never);
      },
    ]),
  ) as unknown as Actions;
  const { container } = more;
  const view = render(
    <Panel
      store={store}
      actions={actions}
      later={more.later ?? HERE}
      locale="en-GB"
      theme="light"
      now={() => NOW}
      {...(more.announcer ? { announcer: more.announcer } : {})}
    />,
    container ? { container } : {},
  );
  const set = (next: Partial<ChatState>) => act(() => store.setState(next));
  const asked = (verb: keyof Actions) => calls.filter(([name]) => name === verb).map(([, ...args]) => args);
  return { store, calls, asked, set, unmount: view.unmount, screen: within(view.container) };
}
