import { FailureError, refused } from '../protocol/failure.ts';
import { type Claims, decodeClaims, decodeToken, paths } from '../protocol/http.ts';
import { field, stringOf } from '../protocol/read.ts';
import type { Clock, Http } from './ports.ts';

export interface Identity {
  readonly jwt: string;
  readonly claims: Claims;
  /** The external token of an anonymous identity, which extends it (PROTOCOL §2 B3). */
  readonly external: string | null;
}

/** Ms that a brand's callback may take before the consumer is asked to sign in. */
export const TOKEN_WITHIN = 10_000;

/**
 * How the consumer is known (PROTOCOL §2).
 * `signup`: unauthenticated, the demonstration flow. `anonymous`: unauthenticated by a connector.
 * `brand`: authenticated; `getToken` gives the brand's own signed token. `given`: a consumer token made elsewhere.
 */
export type IdentityFlow =
  | { readonly by: 'signup' }
  | { readonly by: 'anonymous'; readonly connectorId: string }
  | BrandFlow
  | { readonly by: 'given'; readonly jwt: string };

/** A token of the brand itself: an authCode, an OAuth code (`redirectUri`) or an id_token (`connectorId`). */
export interface BrandFlow {
  readonly by: 'brand';
  getToken(): Promise<string>;
  readonly redirectUri?: string;
  readonly connectorId?: string;
}

export interface Identifying {
  readonly account: string;
  /** Origin of the identity service, e.g. `https://idp.liveperson.net`. */
  readonly idp: string;
  readonly flow: IdentityFlow;
  readonly external: string | null;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
}

/** A JWT for the messaging service. Rejects with FailureError; 401 where the brand's callback gave nothing usable. */
export async function identify(http: Http, asked: Identifying): Promise<Identity> {
  const { account, idp, flow } = asked;
  const post = async (path: string, body?: unknown) => {
    const answer = await http.json(idp + path, {
      method: 'POST',
      ...(body === undefined ? {} : { body }),
      ...(asked.signal ? { signal: asked.signal } : {}),
    });
    const token = decodeToken(answer);
    if (!token) throw new FailureError({ kind: 'garbled', delivery: 'unknown', message: 'no token in the answer' });
    return token;
  };
  switch (flow.by) {
    case 'signup':
      return withClaims(await post(paths.signup(account)), null);
    case 'anonymous': {
      const body = asked.external === null ? undefined : { id_token: asked.external };
      const external = await post(paths.anonymous(account), body);
      const jwt = await post(paths.appAuthenticate(account, flow.connectorId), { id_token: external });
      return withClaims(jwt, external);
    }
    case 'brand':
      return withClaims(await post(...brandRequest(account, flow, await tokenOf(flow, asked.clock))), null);
    case 'given':
      return withClaims(flow.jwt, null);
  }
}

/** PROTOCOL §2 flows C (authCode), D (code with redirect_uri) and E (id_token by a connector). */
function brandRequest(account: string, flow: BrandFlow, token: string): [path: string, body: unknown] {
  if (flow.connectorId !== undefined) return [paths.appAuthenticate(account, flow.connectorId), { id_token: token }];
  if (flow.redirectUri !== undefined) {
    return [paths.codeAuthenticate(account), { code: token, redirect_uri: flow.redirectUri }];
  }
  return [paths.authenticate(account), { authCode: token }];
}

/** The brand's own code: it may throw, hang or give anything. Each ends in 401, which the panel shows as "Sign in again". */
function tokenOf(flow: BrandFlow, clock: Clock): Promise<string> {
  const unusable = (why: string) => new FailureError(refused(401, why));
  return new Promise((resolve, reject) => {
    const stop = clock.after(TOKEN_WITHIN, () => reject(unusable('getToken did not settle')));
    Promise.resolve()
      .then(flow.getToken)
      .then(
        (token: unknown) =>
          typeof token === 'string' && token ? resolve(token) : reject(unusable('getToken gave none')),
        () => reject(unusable('getToken failed')),
      )
      .finally(stop);
  });
}

/** An identity as `Memory` keeps it. */
export function remembered(identity: Identity): string {
  return JSON.stringify({ jwt: identity.jwt, external: identity.external });
}

/** The identity in what storage gave back, or null: a page may have written anything there. */
export function recalled(text: string | null): Identity | null {
  try {
    const kept: unknown = JSON.parse(text ?? 'null');
    const jwt = stringOf(field(kept, 'jwt'));
    return jwt === null ? null : withClaims(jwt, stringOf(field(kept, 'external')));
  } catch {
    return null;
  }
}

function withClaims(jwt: string, external: string | null): Identity {
  const claims = decodeClaims(jwt);
  if (!claims) throw new FailureError(refused(401, 'not a token'));
  return { jwt, claims, external };
}
