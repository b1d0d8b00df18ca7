import type { LinkStatus } from '../net/ports.ts';
import type { ChatStore } from '../store/store.ts';
import type { OpeningPorts } from './ports.ts';

/** One thing that happened. No text, no token, no address but a store's origin, no id of a person. */
export type DiagnosticEvent =
  /** `code`: of a refusal, HTTP-like. */
  | { readonly type: 'connection'; readonly at: number; readonly status: LinkStatus['at']; readonly code?: number }
  /** A frame, or parts of one, that could not be read. */
  | { readonly type: 'unknown-frame'; readonly at: number; readonly why: string }
  /**
   * A file could not be brought to the store at `origin`. `blocked-by-page`: the page's `connect-src` does not name it.
   * `blocked-by-store`: it answers, and lets this page read nothing, for want of CORS or because it refuses the signature.
   * `unreachable`: nothing answers there.
   */
  | {
      readonly type: 'store';
      readonly at: number;
      readonly why: 'blocked-by-page' | 'blocked-by-store' | 'unreachable';
      readonly origin: string;
    };

/** What support may ask a consumer for. Times are epoch ms. */
export interface DiagnosticSnapshot {
  readonly version: string;
  readonly at: number;
  readonly connection: LinkStatus['at'];
  /** The latest events, oldest first. */
  readonly history: readonly DiagnosticEvent[];
  readonly counters: {
    readonly connections: number;
    readonly unknownFrames: number;
    readonly messages: number;
    readonly failedMessages: number;
    readonly failedUploads: number;
  };
  /** Own messages waiting or on their way. */
  readonly pending: number;
  readonly persistence: string;
}

/** Events kept for a snapshot. */
const KEPT = 50;

export interface Diagnostics {
  /** Takes note of what has happened elsewhere, and tells. */
  note(event: DiagnosticEvent): void;
  snapshot(): DiagnosticSnapshot;
  dispose(): void;
}

export function startDiagnostics(
  ports: OpeningPorts,
  store: ChatStore,
  pending: () => number,
  tell: (e: DiagnosticEvent) => void,
): Diagnostics {
  const { service, clock } = ports;
  const history: DiagnosticEvent[] = [];
  let connections = 0;
  let unknownFrames = 0;

  function note(event: DiagnosticEvent): void {
    history.push(event);
    if (history.length > KEPT) history.shift();
    tell(event);
  }

  const stops = [
    service.on('status', (status) => {
      if (status.at === 'online') connections += 1;
      const code = status.at === 'refused' && status.why.kind === 'refused' ? { code: status.why.code } : {};
      note({ type: 'connection', at: clock.now(), status: status.at, ...code });
    }),
    service.on('unknown', (why) => {
      unknownFrames += 1;
      note({ type: 'unknown-frame', at: clock.now(), why });
    }),
  ];

  return {
    note,
    snapshot() {
      const { transcript, attachments } = store.getState();
      const messages = [...transcript.byId.values()];
      return {
        version: ports.version,
        at: clock.now(),
        connection: service.status().at,
        history: [...history],
        counters: {
          connections,
          unknownFrames,
          messages: messages.length,
          failedMessages: messages.filter(({ delivery }) => delivery?.at === 'failed').length,
          failedUploads: [...attachments.values()].filter(({ at }) => at === 'failed').length,
        },
        pending: pending(),
        persistence: ports.persistence,
      };
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
