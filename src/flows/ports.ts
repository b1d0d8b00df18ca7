import type { Inspection } from '../media/inspect.ts';
import type { Rejection } from '../model/attachment.ts';
import type {
  Clock,
  Files,
  Http,
  Locks,
  Memory,
  ObjectStore,
  PageFace,
  Persistence,
  Service,
  Surroundings,
} from '../net/ports.ts';
import type { FileLimits } from '../protocol/fileTypes.ts';
import type { ChatStore } from '../store/store.ts';
import type { Archive } from './archive.ts';
import type { DiagnosticEvent } from './diagnostics.ts';
import type { Downloads } from './downloads.ts';
import type { Accepted, Examined } from './examine.ts';
import type { Readied, ReadyIo } from './readied.ts';
import type { Talk } from './talk.ts';
import type { Transfer } from './uploadsTransfer.ts';

/** What opening and connecting need of the world. */
export interface OpeningPorts {
  readonly account: string;
  readonly clock: Clock;
  readonly service: Service;
  readonly http: Http;
  readonly surroundings: Surroundings;
  readonly persistence: Persistence;
  readonly memory: Memory;
  readonly sound: boolean;
  /** The consumer signs in, and so may have a conversation that this browser knows nothing of. */
  readonly authenticated: boolean;
  /** What is said and heard; loaded with the first word. */
  loadTalk(): Promise<StartTalk>;
  /** The package's. */
  readonly version: string;
  readonly onDiagnostic: (event: DiagnosticEvent) => void;
  /** BCP 47, for the conversation's context. */
  readonly locale: string;
}

/** Begins what is said and heard, with whatever else of the world that needs. */
export type StartTalk = (ports: OpeningPorts, store: ChatStore) => Talk;

/** Everything a flow may touch of the world. */
export interface Ports extends OpeningPorts {
  readonly objects: ObjectStore;
  readonly files: Files;
  readonly locks: Locks;
  readonly page: PageFace;
  /** Looking into files; loaded with the first one. */
  readonly media: {
    /** What is in a file and whether it may be sent. Never rejects: what cannot be read is a rejection. */
    examine(file: File, limits: FileLimits, sharing: 'on' | 'off'): Promise<Examined>;
    /** The view of itself that a photo carries, to be shown until there is a better one. Never rejects. */
    glimpse(blob: Blob, inspection: Inspection): Promise<string | null>;
    /** The file as it is sent, with its preview. Never rejects. */
    ready(file: File, accepted: Accepted, io: ReadyIo): Promise<Readied | Rejection>;
  };
  /** Carrying a file to the store; loaded with the first one that is looked into. */
  loadTransfer(): Promise<Transfer>;
  /** Downloads; loaded with the first file that somebody sees. */
  loadDownloads(store: ChatStore): Promise<Downloads>;
  /** The history service's client, loaded when somebody looks that far back. */
  loadArchive(): Promise<Archive>;
}
