import { FailureError, refused } from '../protocol/failure.ts';
import { type Claims, decodeClaims, decodeToken, paths } from '../protocol/http.ts';
import type { Http } from './ports.ts';

export interface Identity {
  readonly jwt: string;
  readonly claims: Claims;
}

/**
 * How the consumer is known (PROTOCOL §2).
 * `signup`: unauthenticated, the demonstration flow. `anonymous`: unauthenticated by a connector.
 * `brand`: authenticated; `getToken` gives the brand's own signed token. `given`: a consumer token made elsewhere.
 */
export type IdentityFlow =
  | { readonly by: 'signup' }
  | { readonly by: 'anonymous'; readonly connectorId: string }
  | { readonly by: 'brand'; getToken(): Promise<string> }
  | { readonly by: 'given'; readonly jwt: string };

export interface Identifying {
  readonly account: string;
  /** Origin of the identity service, e.g. `https://idp.liveperson.net`. */
  readonly idp: string;
  readonly flow: IdentityFlow;
  /** The external token of an anonymous identity, kept to extend it (PROTOCOL §2 B3). */
  readonly external: string | null;
  readonly signal?: AbortSignal;
}

/** A JWT for the messaging service. Rejects with FailureError; 401 where the brand's callback gave nothing usable. */
export async function identify(http: Http, asked: Identifying): Promise<Identity & { external: string | null }> {
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
      return { ...withClaims(await post(paths.signup(account))), external: null };
    case 'anonymous': {
      const body = asked.external === null ? undefined : { id_token: asked.external };
      const external = await post(paths.anonymous(account), body);
      const jwt = await post(paths.appAuthenticate(account, flow.connectorId), { id_token: external });
      return { ...withClaims(jwt), external };
    }
    case 'brand':
      return {
        ...withClaims(await post(paths.authenticate(account), { authCode: await flow.getToken() })),
        external: null,
      };
    case 'given':
      return { ...withClaims(flow.jwt), external: null };
  }
}

function withClaims(jwt: string): Identity {
  const claims = decodeClaims(jwt);
  if (!claims) throw new FailureError(refused(401, 'not a token'));
  return { jwt, claims };
}
