import type { Seen, Stage } from './stage.ts';

/** Which store a row was run with. */
export type StoreKind = 'sandbox' | 'swift';

/**
 * Who makes it happen: the store itself, the relay before it, the service that signs, the page, the consumer, or the network (the
 * browser's own emulation of being offline, every connection cut).
 */
export type Maker = 'store' | 'relay' | 'service' | 'page' | 'consumer' | 'network';

export interface Row {
  readonly group:
    | 'Answers of the store'
    | 'The way to the store'
    | 'The file itself'
    | 'Taken back'
    | 'Offline'
    | 'Reloaded';
  /** What goes wrong, as the table says it; unique in its group. */
  readonly fault: string;
  readonly by: Maker;
  readonly expected: Seen;
  /** With this store alone. */
  readonly only?: StoreKind;
  /** Another address of the store than the relay's. */
  readonly storeUrl?: string;
  /** Seconds that an upload URL lives; 60 where it is left out. */
  readonly urlLife?: number;
  /** Makes it happen and waits for how it ends. */
  run(stage: Stage): Promise<void>;
}

/** A file that has arrived. */
export const arrived = (puts: number, ...meanwhile: string[]): Seen => ({
  meanwhile,
  inTheEnd: 'Sent',
  puts,
  published: 1,
  end: 'published',
});

/** A file that has not, and why, as the panel says it. */
export const failed = (puts: number, inTheEnd: string, ...meanwhile: string[]): Seen => ({
  meanwhile,
  inTheEnd,
  puts,
  published: 0,
  end: 'failed',
});

export const WAITING = 'Waiting to send';
export const CHECKING = 'Checking whether it arrived';
export const UNDERWAY = '0.3 MB · …%';
export const CUT_OFF = 'The upload was cut off. Retry to go on.';
export const UNREACHABLE = 'The file store cannot be reached from here. Try another network, then retry.';
export const BLOCKED_BY_STORE = 'The file store does not let this page in. Describe it in words, or retry later.';
export const BLOCKED_BY_PAGE = 'This page does not let files out. Describe it in words instead.';
export const CHANGED = 'The file was changed or moved after it was picked. Pick it again.';
export const STOOD_STILL = 'The upload stood still. Retry to go on.';
export const BUSY = 'The file store is busy just now. Retry in a moment.';
export const NOT_ACCEPTED = 'The file was not accepted. Retry, or remove it.';
export const TOO_LARGE = 'The service found it too large. Try a smaller version.';
export const NOT_THIS_KIND = 'The service does not take this kind of file. Try another one.';
