import type { Inspection } from '../media/inspect.ts';
import type { MakePreview } from '../media/preview.ts';
import type { Clock, Files, Http, ObjectStore, Service, Surroundings } from '../net/ports.ts';

/** Everything a flow may touch of the world. */
export interface Ports {
  readonly account: string;
  readonly clock: Clock;
  readonly service: Service;
  readonly objects: ObjectStore;
  readonly files: Files;
  readonly http: Http;
  readonly surroundings: Surroundings;
  readonly media: {
    inspect(blob: Blob): Promise<Inspection>;
    readonly preview: MakePreview;
  };
  /** BCP 47, for the conversation's context. */
  readonly locale: string;
}
