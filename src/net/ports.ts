import type { Failure } from '../protocol/failure.ts';
import type { Domains, ServiceName } from '../protocol/http.ts';
import type { Method, Methods } from '../protocol/methods.ts';
import type { ConversationChange, MessagingEvent, Metadata, SignedPath } from '../protocol/types.ts';

/** Undoes a subscription or a timer; calling it twice does nothing more. */
export type Unsubscribe = () => void;

/** Time, chance and timers. All times are epoch ms, all spans ms. */
export interface Clock {
  now(): number;
  /** Runs `wake` after `ms` at the earliest. */
  after(ms: number, wake: () => void): Unsubscribe;
  /** A number in [0, 1). */
  random(): number;
  /** An id nobody else has. */
  uuid(): string;
}

/** One open socket, as the driver of the link sees it. Events of a closed one may still arrive and are the driver's to drop. */
export interface Socket {
  send(text: string): void;
  close(code: number, reason: string): void;
}

export interface SocketListener {
  opened(): void;
  received(data: unknown): void;
  /** Also called when opening fails (code 1006). */
  closed(code: number, reason: string): void;
}

export type OpenSocket = (url: string, listener: SocketListener) => Socket;

/** HTTP by JSON. Rejects with FailureError: refused for a status ≥ 400, dropped without a status, aborted. */
export interface Http {
  json(
    url: string,
    init?: { method?: 'GET' | 'POST' | 'PUT'; body?: unknown; headers?: Record<string, string>; signal?: AbortSignal },
  ): Promise<unknown>;
}

/** What the page tells about the network and the consumer's eyes. Hints, never proof. */
export interface Surroundings {
  online(): boolean;
  visible(): boolean;
  /** Called when the page comes back online or into view: a good moment to try at once. */
  onReturn(listener: () => void): Unsubscribe;
  /** Called when the page is put away, for good or into the back/forward cache. */
  onLeave(listener: () => void): Unsubscribe;
  /** Called when the page comes back from the back/forward cache with dead sockets. */
  onThaw(listener: () => void): Unsubscribe;
  onVisible(listener: (visible: boolean) => void): Unsubscribe;
}

/** What the connection is, for the store and the panel. `online` means open and greeted. */
export type LinkStatus =
  | { readonly at: 'idle' }
  | { readonly at: 'connecting'; readonly tries: number }
  | { readonly at: 'online' }
  /** `until`: epoch ms of the next try. */
  | { readonly at: 'waiting'; readonly tries: number; readonly until: number }
  | { readonly at: 'refused'; readonly why: Failure };

export interface Topics {
  status: LinkStatus;
  messages: { readonly dialogId: string | null; readonly events: readonly MessagingEvent[] };
  conversations: readonly ConversationChange[];
  /** A frame that could not be read, or elements of one; for diagnostics. */
  unknown: string;
}

export type Topic = keyof Topics;

/** The messaging service over one supervised WebSocket. */
export interface Service {
  /** Starts the link; harmless when it runs. */
  connect(): void;
  status(): LinkStatus;
  /** The consumer's id, known from the first identity on. */
  me(): string | null;
  /** Hosts found by domain discovery, null before it. */
  domains(): Domains | null;
  /** `https` or `http`: the scheme all services are spoken to by. */
  readonly scheme: 'https' | 'http';
  /**
   * Sends when online, rejects at once with `offline` otherwise. Rejects with FailureError; a time-out (10 s) or a lost
   * socket is `unknown`.
   */
  request<M extends Method>(
    method: M,
    body: Methods[M]['in'],
    io?: { metadata?: Metadata[]; signal?: AbortSignal },
  ): Promise<Methods[M]['out']>;
  /** Vouched for by the brand: such a consumer has a history. */
  readonly authenticated: boolean;
  /** GET of a service found by discovery, with the consumer's token. Rejects with FailureError. */
  authorized(service: ServiceName, path: string): Promise<unknown>;
  /** Events as the brand wants them shown, where it has a say; those of `messages` have been through it already. */
  asShown?(events: readonly MessagingEvent[]): readonly MessagingEvent[];
  on<T extends Topic>(topic: T, listener: (value: Topics[T]) => void): Unsubscribe;
  /** Hangs up until somebody calls `connect` again. */
  disconnect(): void;
  /** Hangs up and is nobody again; `connect` then begins as a new consumer. */
  forget(): void;
  dispose(): void;
}

/**
 * Swift by signed URL. Every method rejects with FailureError; a missing status (CORS, network) is `dropped`, or `blocked`
 * where the page's own policy has kept a PUT back.
 */
export interface ObjectStore {
  /** PUT the blob; `onProgress` gets bytes sent so far. Resolves on 201. */
  put(to: SignedPath, blob: Blob, io: { signal: AbortSignal; onProgress(sent: number): void }): Promise<void>;
  /** HEAD with the PUT's or GET's signature: has it landed? Rejects where the store gives neither 200 nor 404. */
  holds(at: SignedPath, io?: { signal?: AbortSignal }): Promise<boolean>;
  get(from: SignedPath, io?: { signal?: AbortSignal }): Promise<Blob>;
  /**
   * Whether anything answers at the store's origin, allowed to be read by this page or not. Sends nothing that is signed.
   * False when it is aborted.
   */
  answers(io?: { signal?: AbortSignal }): Promise<boolean>;
  /** Address for `<img>`; valid until the signature expires. */
  url(from: SignedPath): string;
}

/** What the widget may do to the page outside its panel, to be noticed. */
export interface PageFace {
  title(): string;
  setTitle(title: string): void;
  /** One short, quiet sound; silent where the browser does not allow it. */
  chime(): void;
}

/** What the page does with files. */
export interface Files {
  /** Hands a blob to the consumer as a download with this name. */
  save(blob: Blob, name: string): void;
}

/** How long the widget remembers: this page, this tab, or this browser. */
export type Persistence = 'memory' | 'session' | 'local';

/** One own message that the service has not numbered yet. Text and files share one order. */
export interface Shelved {
  /** Client id: of the message, of its attachment, and the `ExternalId` it is published with. */
  readonly id: string;
  /** The tab that sends it. */
  readonly owner: string;
  /** Epoch ms at which it was written; the order of sending. */
  readonly at: number;
  readonly body:
    | { readonly kind: 'text'; readonly text: string }
    | {
        readonly kind: 'file';
        readonly blob: Blob;
        /** Facts of the attachment, as in model/attachment. */
        readonly about: unknown;
        /** Where it lies in the object store once it has been uploaded. */
        readonly path: string | null;
      };
}

/** The messages that must survive a reload. Every method settles, whatever the storage does. */
export interface Shelf {
  /** Oldest first. */
  all(): Promise<readonly Shelved[]>;
  put(entry: Shelved): Promise<void>;
  remove(id: string): Promise<void>;
  clear(): Promise<void>;
}

/**
 * What the widget remembers. Nothing is written before `begin`, the consumer's first message; storage that throws turns
 * into memory.
 */
export interface Memory {
  /** Something is remembered from an earlier page of the same tab (session) or browser (local). */
  readonly resumes: boolean;
  /** There is something to say or to hear: what keeping a message takes is fetched now, while there is a network. */
  prepare(): void;
  begin(): void;
  get(key: StoredKey): string | null;
  /** Kept for the page's life, and written once `begin` has been called. */
  set(key: StoredKey, value: string | null): void;
  readonly shelf: Shelf;
  /** Deletes everything, here and in storage. */
  forget(): Promise<void>;
  /**
   * Consent is given or withdrawn. Without it storage is emptied and not written to, while this page goes on knowing what it
   * knew; with it what is known is written.
   */
  allow(allowed: boolean): Promise<void>;
}

/** `begun` marks that there is something to come back to; `teased` that the brand's teaser has been shown. */
export type StoredKey = 'begun' | 'identity' | 'tab' | 'draft' | 'teased';

/** Web Locks, or a stand-in where a browser has none. */
export interface Locks {
  /** False where nobody can say whether another tab lives. */
  readonly shared: boolean;
  /** Takes the lock if it is free and keeps it until released or the page ends; null where another holds it. */
  take(name: string): Promise<Unsubscribe | null>;
}
