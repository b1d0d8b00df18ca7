import { FailureError, refused } from '../protocol/failure.ts';
import type { SandboxClock } from './clock.ts';
import type { Link } from './link.ts';
import type { Account } from './records.ts';
import type { Tokens } from './tokens.ts';
import type { Variants } from './variants.ts';

/** What goes wrong on purpose on consumers' sockets. Changed at any moment; the next frame sees it. */
export interface Faults {
  /** Whether the echo of an own message comes before the answer to its publishing. Default `after`. */
  echo: 'before' | 'after';
  /** Delay of everything sent to consumers, ms. */
  delay: number;
  /** A consumer's connection is cut (1006) by the frame after this many. Null is never. */
  dropAfterFrames: number | null;
  /** Each message notification is sent this many times. */
  copies: number;
}

/** How long tokens and signed paths live, in seconds. */
export interface Lifetimes {
  /** Consumers' tokens of the demonstration sign-up, which cannot be renewed. */
  readonly signup: number;
  /** Consumers' tokens of connectors. */
  readonly consumer: number;
  /** Tokens of `anonymous/authorize`, to be exchanged at a connector. */
  readonly external: number;
  readonly agent: number;
  readonly signedPath: number;
}

export const LIFETIMES: Lifetimes = {
  signup: 30 * 86_400,
  consumer: 3600,
  external: 600,
  agent: 12 * 3600,
  signedPath: 60,
};

/** HMAC signature over method, expiry (epoch seconds) and path, as Swift checks it. */
export type SignPath = (method: 'PUT' | 'GET', expires: number, path: string) => string;

/** Everything the parts of the brand service share. */
export interface World {
  readonly clock: SandboxClock;
  readonly uuid: () => string;
  readonly signPath: SignPath;
  readonly tokens: Tokens;
  readonly lifetimes: Lifetimes;
  readonly variants: Variants;
  readonly faults: Faults;
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
