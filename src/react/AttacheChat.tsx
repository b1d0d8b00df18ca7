import { createElement, type ReactNode, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { type Chat, type ChatEvents, type ChatListener, type ChatOptions, createChat } from '../index.ts';
import { createPropsReader } from './propsReader.ts';

/** A prop for each event; it gets the event itself. */
const HANDLERS = {
  onReady: 'ready',
  onBeforeOpen: 'beforeopen',
  onOpen: 'open',
  onClose: 'close',
  onUnreadChange: 'unreadchange',
  onBeforeSend: 'beforesend',
  onMessageSent: 'messagesent',
  onMessageReceived: 'messagereceived',
  onConversationStart: 'conversationstart',
  onConversationEnd: 'conversationend',
  onUploadStart: 'uploadstart',
  onUploadEnd: 'uploadend',
  onLinkClick: 'linkclick',
  onConnectionChange: 'connectionchange',
  onError: 'error',
  onDestroy: 'destroy',
} as const satisfies Record<string, keyof ChatEvents>;

type Handlers = typeof HANDLERS;

/** All options of `createChat`, and a handler for each event. */
export type AttacheChatProps = ChatOptions & {
  readonly [H in keyof Handlers]?: ChatListener<Handlers[H]> | undefined;
} & { readonly ref?: Ref<Chat> };

/** Listens to every event of the element, for whichever handler the latest props have. */
function listen(element: HTMLElement, latest: () => AttacheChatProps): () => void {
  const gone = new AbortController();
  for (const [prop, event] of Object.entries(HANDLERS)) {
    const heard = (told: Event) => (latest()[prop as keyof Handlers] as ((told: Event) => void) | undefined)?.(told);
    element.addEventListener(`attache:${event}`, heard, gone);
  }
  return () => gone.abort();
}

/**
 * The chat as a component: its launcher, or with `mode="inline"` the whole panel in the box where it stands. `ref` gives the
 * verbs. On a server it renders an empty element, and the widget is not imported before the consumer asks for it.
 */
export function AttacheChat(props: AttacheChatProps): ReactNode {
  const host = useRef<HTMLElement>(null);
  const chat = useRef<Chat>(null);
  const [reader] = useState(() => createPropsReader<AttacheChatProps>(['ref', 'children', ...Object.keys(HANDLERS)]));

  useLayoutEffect(() => {
    const changed = reader.read(props);
    if (changed) chat.current?.update(changed);
  });

  useLayoutEffect(() => {
    const element = host.current;
    if (!element) return;
    const stop = listen(element, reader.latest);
    chat.current = createChat(reader.options() as ChatOptions, element);
    return () => {
      chat.current?.shutdown();
      chat.current = null;
      stop();
    };
  }, [reader]);

  useImperativeHandle(props.ref, () => chat.current as Chat, []);
  return createElement('attache-chat', { ref: host });
}
