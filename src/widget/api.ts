import type { DiagnosticSnapshot } from '../flows/diagnostics.ts';
import type { LinkStatus } from '../net/ports.ts';
import type { ChatOptions, Identification, Offset, Theme } from './options.ts';

/**
 * What each event tells, by its name. On the element every event is a bubbling `CustomEvent` named `attache:` and this name.
 * Details carry no text, no token and no address. Each event comes once per transition, whatever has caused it.
 */
export interface ChatEvents {
  /** The launcher, or the box of an inline chat, is on the page. */
  ready: Record<string, never>;
  /** About to open. `preventDefault()` keeps the chat closed, and nothing is loaded. */
  beforeopen: Record<string, never>;
  /** The panel is open. */
  open: Record<string, never>;
  /** The panel is closed. */
  close: Record<string, never>;
  /** How many messages of others the consumer has not seen. */
  unreadchange: { readonly count: number };
  /** A message is about to be sent with so many files. `preventDefault()` keeps it in the composer. */
  beforesend: { readonly files: number };
  /** The service has numbered a message of the consumer that was sent from this page. */
  messagesent: { readonly conversationId: string | null };
  /** A message of somebody else that had not been read. */
  messagereceived: { readonly conversationId: string | null };
  /** The consumer's first message has opened a conversation, or one that goes on has been found. */
  conversationstart: { readonly conversationId: string };
  /** The conversation is over. */
  conversationend: { readonly conversationId: string };
  /** A file is on its way to the object store. */
  uploadstart: { readonly conversationId: string | null };
  /** The file has arrived and been published, has failed for now, or has been taken back. */
  uploadend: { readonly conversationId: string | null; readonly reason: 'published' | 'failed' | 'cancelled' };
  /** A link in a message has been followed. `preventDefault()` keeps the browser from going there. */
  linkclick: { readonly sameOrigin: boolean };
  /** `idle`, `connecting`, `online`, `waiting` for the next try, or `refused`. */
  connectionchange: { readonly at: LinkStatus['at'] };
  /** The chat could not be loaded (`load`), or the service refuses the consumer (`refused`, with an HTTP-like code). */
  error: { readonly reason: 'load' | 'refused'; readonly code?: number };
  /** The widget has been taken off the page. */
  destroy: Record<string, never>;
}

/** Called with the event itself; what it tells is its `detail`. */
export type ChatListener<E extends keyof ChatEvents> = (event: CustomEvent<ChatEvents[E]>) => void;

/** What the chat is doing, told without loading anything. */
export interface ChatStatus {
  /** The widget is on the page. */
  readonly booted: boolean;
  readonly open: boolean;
  /** By `hide()`. */
  readonly hidden: boolean;
  readonly unread: number;
  readonly connection: LinkStatus['at'];
}

/**
 * One chat on a page. Script tag: `attache('verb', …)`. npm: what `createChat` gives. Custom element: its methods.
 * No verb throws; what goes wrong is one warning in the console.
 */
export interface Chat {
  /** Puts the widget on the page. Once it is there, the same as `update`. */
  boot(options?: Partial<ChatOptions>): void;
  /** Changes options, before or after `boot`. What concerns the consumer's identity or the service begins a new connection. */
  update(options: Partial<ChatOptions>): void;
  /** Takes the widget off the page and hangs up. Options and listeners stay for the next `boot`. */
  shutdown(): void;
  /** As `shutdown`; the element goes too. */
  destroy(): void;
  /** Opens the panel, loading it first. The focus moves only if the call comes out of an act of the consumer. */
  open(): void;
  close(): void;
  toggle(): void;
  /** Takes launcher and panel out of sight; messages still arrive and are counted. */
  hide(): void;
  show(): void;
  /** Opens the panel with this text in the composer. It is the consumer who sends it. */
  newMessage(text: string): void;
  /** Opens the panel with these files in the tray. It is the consumer who sends them. */
  attach(files: readonly File[]): void;
  /** Says who the consumer is. Another identity begins a new connection. */
  identify(who: Identification): void;
  /** Distance of launcher and panel from the page's edges, px. */
  setOffset(offset: Offset): void;
  setTheme(theme: Theme): void;
  /** BCP 47. */
  setLocale(locale: string): void;
  /**
   * Whether the consumer allows anything to be stored. `false` deletes what is stored; the chat goes on for as long as the
   * page. `true`, the default, stores what `persistence` says, from the first message on.
   */
  consent(granted: boolean): void;
  /** Deletes everything that is remembered of this consumer, here and in storage. */
  forget(): Promise<void>;
  /** Listens; the function that it returns ends that. */
  on<E extends keyof ChatEvents>(event: E, listener: ChatListener<E>): () => void;
  off<E extends keyof ChatEvents>(event: E, listener: ChatListener<E>): void;
  /** As `on`, for one time. */
  once<E extends keyof ChatEvents>(event: E, listener: ChatListener<E>): () => void;
  /** Calls back, and settles, as soon as the widget is on the page. */
  ready(callback?: (chat: ChatElement) => void): Promise<ChatElement>;
  status(): ChatStatus;
  /** Facts of the connection that support may ask for, without text or token; null before the chat has been loaded. */
  diagnostics(): DiagnosticSnapshot | null;
}

/** The host element, on which every `attache:…` event is dispatched, has the verbs as its methods. */
export type ChatElement = HTMLElement & Chat;

/** Where a loaded widget stands and whom it tells. The loader's side of the contract between the two. */
export interface Place {
  readonly host: HTMLElement;
  /** It stands in the host's shadow root, where the panel goes too. What it says is the widget's from now on. */
  readonly launcher: HTMLButtonElement;
  /** The options of this moment. */
  options(): ChatOptions;
  /** Dispatches an event on the host; false when somebody has prevented it. */
  tell<E extends keyof ChatEvents>(event: E, detail: ChatEvents[E], cancelable?: boolean): boolean;
}

/** What the loader asks of the widget once it is loaded. */
export interface Widget {
  /** `focus`: the consumer has asked for it, so that the composer may take the focus. */
  open(focus: boolean): void;
  /** Somebody is about to open: everything is made that can be made without being seen, connected or stored. */
  prepare(): void;
  close(): void;
  /** Connects without opening where an earlier page has left something to go on with; an inline panel appears. */
  resume(): void;
  /** The options have changed. */
  update(): void;
  newMessage(text: string): void;
  attach(files: readonly File[]): void;
  forget(): Promise<void>;
  status(): Pick<ChatStatus, 'open' | 'unread' | 'connection'>;
  diagnostics(): DiagnosticSnapshot;
  /** Undoes everything; it cannot be used again. */
  destroy(): void;
}
