import { field, objectOf } from '../protocol/read.ts';
import type { Account } from './records.ts';
import type { World } from './world.ts';

/** One HTTP request to the services and how it is answered, without a server. */

export interface HttpRequest {
  readonly method: string;
  /** Path of the address, percent-encoded as received. */
  readonly path: string;
  /** What follows the "?" of the address. */
  readonly query?: URLSearchParams;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Parsed JSON, undefined where there was none. */
  readonly body: unknown;
}

export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON; undefined is no body. */
  readonly body: unknown;
}

/** Where the services live, for domain discovery. Hosts, perhaps with a port. */
export interface Hosts {
  readonly services: string;
  readonly swift: string;
}

export interface RouteContext {
  readonly world: World;
  readonly account: Account;
  readonly request: HttpRequest;
  readonly hosts: Hosts;
  /** What the route's groups caught, decoded. */
  readonly parts: readonly string[];
}

export interface RouteAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: unknown;
}

/** `path` is what follows `/api/account/{account}/`; each group of it is one part. Throws FailureError to refuse. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly path: RegExp;
  answer(context: RouteContext): RouteAnswer;
}

/** The token behind `Bearer `, or null. */
export function bearerOf(request: HttpRequest): string | null {
  const [scheme, token, ...rest] = (request.headers.authorization ?? '').split(' ');
  return scheme?.toLowerCase() === 'bearer' && token && rest.length === 0 ? token : null;
}

/** A field of the JSON body that must be text; anything else is null. */
export function textOf(request: HttpRequest, name: string): string | null {
  const value = field(objectOf(request.body), name);
  return typeof value === 'string' ? value : null;
}
