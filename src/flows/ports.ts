import type { Inspection } from '../media/inspect.ts';
import type { MakePreview } from '../media/preview.ts';
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
import type { Archive } from './archive.ts';
import type { DiagnosticEvent } from './diagnostics.ts';

/** Everything a flow may touch of the world. */
export interface Ports {
  readonly account: string;
  readonly clock: Clock;
  readonly service: Service;
  readonly objects: ObjectStore;
  readonly files: Files;
  readonly http: Http;
  readonly surroundings: Surroundings;
  readonly persistence: Persistence;
  readonly memory: Memory;
  readonly locks: Locks;
  readonly page: PageFace;
  readonly sound: boolean;
  readonly media: {
    inspect(blob: Blob): Promise<Inspection>;
    readonly preview: MakePreview;
  };
  /** The history service's client, loaded when somebody looks that far back. */
  loadArchive(): Promise<Archive>;
  /** The package's. */
  readonly version: string;
  readonly onDiagnostic: (event: DiagnosticEvent) => void;
  /** BCP 47, for the conversation's context. */
  readonly locale: string;
}
