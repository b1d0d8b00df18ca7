import { field, numberOf, stringOf } from '../protocol/read.ts';
import { type Account, type UserRecord, userOf } from './records.ts';
import { digest, readClaims, type TokenClaims } from './tokens.ts';
import { secondsNow, type World } from './world.ts';

/** Who is who: tokens of consumers and agents (PROTOCOL §2). Times of claims are epoch seconds. */

const UMS = 'https://idp.liveperson.net';
const EXTERNAL = 'https://idp.liveperson.net/anonymous';
const AGENTS = 'https://agentvep.liveperson.net';

function claimsOf(world: World, account: Account, sub: string, iss: string, life: number): TokenClaims {
  const iat = secondsNow(world);
  return { jti: world.uuid(), sub, aud: `acc:${account.id}`, iss, iat, exp: iat + life };
}

/** A token for the socket of an unauthenticated consumer; without an id a new consumer is born. */
export function consumerToken(world: World, account: Account, life: number, sub = world.uuid()): string {
  return world.tokens.seal(claimsOf(world, account, sub, UMS, life));
}

/** A token for the socket of a consumer whom the brand vouches for: it lives as long as the brand's own. */
export function vouchedToken(world: World, account: Account, brand: { sub: string; iss: string; exp: number }): string {
  const claims = claimsOf(world, account, digest(`${account.id}\n${brand.iss}\n${brand.sub}`), UMS, 0);
  return world.tokens.seal({ ...claims, exp: brand.exp, 'lp.ext': { sub: brand.sub, iss: brand.iss } });
}

/** A token of `anonymous/authorize`; the old one, even expired, keeps the consumer's identity (PROTOCOL §2, B3). */
export function externalToken(world: World, account: Account, old: string | null): string {
  const kept = old === null ? null : world.tokens.open(old);
  const sub = kept?.iss === EXTERNAL && kept.aud === `acc:${account.id}` ? kept.sub : world.uuid();
  return world.tokens.seal(claimsOf(world, account, sub, EXTERNAL, world.lifetimes.external));
}

/** The token for the socket in exchange for an external or a brand's own id_token; null where that is not valid. */
export function exchanged(world: World, account: Account, idToken: string): string | null {
  const own = world.tokens.open(idToken);
  if (own) {
    const valid = own.iss === EXTERNAL && own.aud === `acc:${account.id}` && own.exp > secondsNow(world);
    return valid ? consumerToken(world, account, world.lifetimes.consumer, own.sub) : null;
  }
  return fromBrand(world, account, idToken);
}

/**
 * The token for the socket in exchange for a JWT of the brand. Its signature is not checked: the sandbox has no
 * brand's key. It must have a subject and an end in the future.
 */
export function fromBrand(world: World, account: Account, jwt: string): string | null {
  const claims = readClaims(jwt);
  const sub = stringOf(field(claims, 'sub'));
  const exp = numberOf(field(claims, 'exp'));
  if (!sub || exp === null || exp <= secondsNow(world)) return null;
  return vouchedToken(world, account, { sub, iss: stringOf(field(claims, 'iss')) ?? '', exp });
}

export type Consumer =
  | { readonly valid: true; readonly authenticated: boolean; readonly id: string; readonly exp: number }
  | { readonly valid: false; readonly authenticated: boolean };

/** What a socket is closed with: 4401 for consumers that a brand vouches for, 4407 for unauthenticated ones. */
export function closeCodeOf(consumer: { readonly authenticated: boolean }): number {
  return consumer.authenticated ? 4401 : 4407;
}

/** Whom a token for the socket belongs to. A token that cannot be read counts as a missing authenticated one. */
export function consumerOf(world: World, account: Account, jwt: string): Consumer {
  const claims = world.tokens.open(jwt);
  const seen = claims ?? readClaims(jwt);
  const authenticated = seen === null || field(seen, 'lp.ext') !== undefined;
  const valid =
    claims?.iss === UMS &&
    claims.aud === `acc:${account.id}` &&
    claims.exp > secondsNow(world) &&
    !world.scripted.expired.has(jwt);
  return valid ? { valid, authenticated, id: claims.sub, exp: claims.exp } : { valid: false, authenticated };
}

export function agentToken(world: World, account: Account, user: UserRecord): string {
  return world.tokens.seal(claimsOf(world, account, user.pid, AGENTS, world.lifetimes.agent));
}

/** The user whose bearer this is, or null where it is none or has expired. */
export function agentOf(world: World, account: Account, bearer: string): UserRecord | null {
  const claims = world.tokens.open(bearer);
  const valid = claims?.iss === AGENTS && claims.aud === `acc:${account.id}` && claims.exp > secondsNow(world);
  return valid ? (userOf(account, claims.sub) ?? null) : null;
}

/** The user with this name and password, or null. */
export function signIn(account: Account, loginName: string, password: string): UserRecord | null {
  return account.users.find((user) => user.loginName === loginName && user.password === password) ?? null;
}
