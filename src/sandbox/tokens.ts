import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { objectOf, stringOf } from '../protocol/read.ts';

/** What is signed into a token. Times are epoch seconds. */
export interface TokenClaims {
  /** Tells apart what was sealed for one person within one second; tokens of older versions have none. */
  readonly jti?: string;
  readonly sub: string;
  readonly aud: string;
  readonly iss: string;
  readonly iat: number;
  readonly exp: number;
  /** Present on tokens of a consumer whom the brand vouches for (PROTOCOL §2). */
  readonly 'lp.ext'?: { readonly sub: string; readonly iss: string };
}

export interface Tokens {
  /** A signed JWT (HS256). */
  seal(claims: TokenClaims): string;
  /** The claims of a token sealed here, expired or not; null for anything else. */
  open(jwt: string): TokenClaims | null;
}

function base64url(text: string): string {
  return Buffer.from(text).toString('base64url');
}

/** Claims without a check of the signature, or null where the text is no JWT. */
export function readClaims(jwt: string): Readonly<Record<string, unknown>> | null {
  const [, payload] = jwt.split('.');
  if (!payload) return null;
  try {
    return objectOf(JSON.parse(Buffer.from(payload, 'base64url').toString()));
  } catch {
    return null;
  }
}

/** JWTs with this secret. */
export function createTokens(secret: string): Tokens {
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest();
  const header = base64url(JSON.stringify({ kid: '00001', typ: 'JWT', alg: 'HS256' }));
  return {
    seal(claims) {
      const text = `${header}.${base64url(JSON.stringify(claims))}`;
      return `${text}.${sign(text).toString('base64url')}`;
    },
    open(jwt) {
      const [head, payload, signature, ...rest] = jwt.split('.');
      if (head !== header || !payload || !signature || rest.length > 0) return null;
      const wanted = sign(`${head}.${payload}`);
      const given = Buffer.from(signature, 'base64url');
      if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) return null;
      const claims = readClaims(jwt);
      return claims && stringOf(claims.sub) ? (claims as unknown as TokenClaims) : null;
    },
  };
}

/** 64 hex digits: the shape of an authenticated consumer's id (PROTOCOL §2). */
export function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
