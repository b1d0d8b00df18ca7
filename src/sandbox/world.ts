import { FailureError, refused } from '../protocol/failure.ts';
import type { SandboxClock } from './clock.ts';
import type { Faults, LastingFault } from './faults.ts';
import type { Link } from './link.ts';
import type { Account } from './records.ts';
import type { Tokens } from './tokens.ts';
import type { Variants } from './variants.ts';

/** How long things live, in seconds. */
export interface Lifetimes {
  /** Consumers' tokens of the demonstration sign-up, which cannot be renewed. */
  readonly signup: number;
  /** Consumers' tokens of connectors. */
  readonly consumer: number;
  /** Tokens of `anonymous/authorize`, to be exchanged at a connector. */
  readonly external: number;
  readonly agent: number;
  readonly signedPath: number;
  /** Conversations stay in the stream of changes for so long after they have ended. */
  readonly closedInStream: number;
}

export const LIFETIMES: Lifetimes = {
  signup: 30 * 86_400,
  consumer: 3600,
  external: 600,
  agent: 12 * 3600,
  signedPath: 60,
  closedInStream: 86_400,
};

/** HMAC signature over method, expiry (epoch seconds) and path, as Swift checks it. */
export type SignPath = (method: 'PUT' | 'GET', expires: number, path: string) => string;

/** Faults that no open connection has. */
export interface Scripted {
  /** Epoch ms until which sockets are refused. */
  refusingUntil: number;
  /** Waiting for the next consumer's connection to their account. */
  next: { readonly account: string; readonly fault: LastingFault }[];
  /** Tokens that are refused although their time has not come. */
  readonly expired: Set<string>;
}

/** Everything the parts of the brand service share. */
export interface World {
  readonly clock: SandboxClock;
  readonly uuid: () => string;
  readonly signPath: SignPath;
  readonly tokens: Tokens;
  readonly lifetimes: Lifetimes;
  readonly variants: Variants;
  /** Defaults of every consumer's connection. */
  readonly faults: Faults;
  readonly scripted: Scripted;
  readonly accounts: ReadonlyMap<string, Account>;
  readonly links: Set<Link>;
  /** Something worth keeping has changed. */
  readonly changed: () => void;
}

/** Stops a request with this answer. */
export function refuse(code: number, text: string): never {
  throw new FailureError(refused(code, text));
}

export function secondsNow(world: World): number {
  return Math.floor(world.clock.now() / 1000);
}
