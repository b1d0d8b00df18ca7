import { arrayOf, field, numberOf, stringOf } from './read.ts';

/** The HTTP services around the socket: names, paths and answers (PROTOCOL §1, §2, §12). */

export type ServiceName =
  | 'asyncMessagingEnt'
  | 'idp'
  | 'swift'
  | 'acCdnDomain'
  | 'agentVep'
  | 'accountConfigReadWrite'
  | 'msgHist';

/** Service name → host (with a port in a sandbox), no scheme, no trailing slash. */
export type Domains = Readonly<Record<string, string>>;

const HOST = /^[a-z0-9.-]+(?::\d{1,5})?$/i;

/** The list form and the single form of domain discovery; entries that are no host are left out. */
export function decodeDomains(body: unknown): Domains {
  const entries = arrayOf(field(body, 'baseURIs') ?? body);
  const domains: Record<string, string> = Object.create(null);
  for (const entry of entries) {
    const service = stringOf(field(entry, 'service'));
    const host = stringOf(field(entry, 'baseURI'));
    if (service && host && HOST.test(host)) domains[service] = host;
  }
  return domains;
}

/** An identity service's answer: `jwt` or `token` (PROTOCOL §14 row 24), or null. */
export function decodeToken(body: unknown): string | null {
  return stringOf(field(body, 'jwt')) ?? stringOf(field(body, 'token'));
}

export interface Claims {
  /** The consumer's id: what `originatorId` is compared with. */
  readonly sub: string;
  /** Epoch seconds, or null for a token that says nothing of its end. */
  readonly exp: number | null;
  /** Epoch seconds by the service's clock, or null. */
  readonly iat: number | null;
}

/** Claims of a JWT, unverified (the service verifies); null where it is none. base64url, UTF-8. */
export function decodeClaims(jwt: string): Claims | null {
  const part = jwt.split('.')[1];
  if (!part) return null;
  try {
    const bytes = Uint8Array.from(atob(part.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    const sub = stringOf(field(claims, 'sub'));
    return sub ? { sub, exp: numberOf(field(claims, 'exp')), iat: numberOf(field(claims, 'iat')) } : null;
  } catch {
    return null;
  }
}

export interface AgentProfile {
  readonly nickname: string;
  /** https address of a picture, or null. */
  readonly picture: string | null;
}

/** `GET /api/account/{a}/configuration/le-users/users/{id}`. */
export function decodeAgentProfile(body: unknown): AgentProfile | null {
  const nickname = stringOf(field(body, 'nickname')) ?? stringOf(field(body, 'fullName'));
  const picture = stringOf(field(body, 'pictureUrl'));
  return nickname
    ? { nickname: nickname.slice(0, 80), picture: picture?.startsWith('https://') ? picture : null }
    : null;
}

export const paths = {
  domains: (account: string) => `/api/account/${encodeURIComponent(account)}/service/baseURI.json?version=1.0`,
  domain: (account: string, service: string) =>
    `/api/account/${encodeURIComponent(account)}/service/${service}/baseURI.json?version=1.0`,
  signup: (account: string) => `/api/account/${encodeURIComponent(account)}/signup`,
  anonymous: (account: string) => `/api/account/${encodeURIComponent(account)}/anonymous/authorize`,
  authenticate: (account: string) => `/api/account/${encodeURIComponent(account)}/authenticate`,
  codeAuthenticate: (account: string) => `/api/account/${encodeURIComponent(account)}/app/default/authenticate?v=2.0`,
  appAuthenticate: (account: string, connector: string) =>
    `/api/account/${encodeURIComponent(account)}/app/${encodeURIComponent(connector)}/authenticate?v=3.0`,
  socket: (account: string) => `/ws_api/account/${encodeURIComponent(account)}/messaging/consumer?v=3`,
  agentProfile: (account: string, id: string) =>
    `/api/account/${encodeURIComponent(account)}/configuration/le-users/users/${encodeURIComponent(id)}`,
  login: (account: string) => `/api/account/${encodeURIComponent(account)}/login?v=1.1`,
  property: (account: string, name: string) =>
    `/api/account/${encodeURIComponent(account)}/configuration/setting/properties/${encodeURIComponent(name)}`,
};

/** Address of a signed request. `swift` is an origin such as `https://z1.objectstorage.example`. */
export function signedUrl(swift: string, at: { relativePath: string; signature: string; rawExpires: string }): string {
  // Sign plain, request percent-encoded (SWIFT gotcha 6): the URL parser encodes, but leaves "?", "#" and "%" alone.
  const path = at.relativePath.replaceAll('%', '%25').replaceAll('?', '%3F').replaceAll('#', '%23');
  const url = new URL(swift + path);
  url.searchParams.set('temp_url_sig', at.signature);
  url.searchParams.set('temp_url_expires', at.rawExpires);
  return url.href;
}
