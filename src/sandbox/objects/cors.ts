import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import { type Answer, HTML, refusal } from './answer.ts';

export type AllowedOrigins = 'any' | readonly string[];

/** What Swift says it allows, whatever a signature may be good for. */
export const METHODS: readonly string[] = ['GET', 'PUT', 'POST', 'OPTIONS', 'DELETE', 'HEAD'];
const WITH_COPY = [...METHODS, 'COPY'].join(', ');

/** Swift's own list, then what a chat's operator adds: length, range and name of what is downloaded (SWIFT §5). */
const EXPOSED = [
  'cache-control, content-language, content-type, expires, last-modified, pragma, etag, x-timestamp, x-trans-id',
  'x-openstack-request-id, content-length, content-range, content-disposition, accept-ranges',
].join(', ');

function allowed(origins: AllowedOrigins, origin: string): boolean {
  return origins === 'any' || origins.includes(origin);
}

/** Headers that let a page read an answer; none for a page of another origin. */
export function corsHeaders(origins: AllowedOrigins, origin: string | undefined): OutgoingHttpHeaders {
  if (!origin || !allowed(origins, origin)) return {};
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': EXPOSED, vary: 'Origin' };
}

/** The answer to OPTIONS, which never needs a signature: 200 with what is allowed, or 401 with nothing a page may read. */
export function preflight(origins: AllowedOrigins, asked: IncomingHttpHeaders): Answer {
  const { origin, 'access-control-request-method': method, 'access-control-request-headers': headers } = asked;
  if (!origin) return { status: 200, headers: { ...HTML, allow: WITH_COPY }, body: '' };
  if (!allowed(origins, origin) || !WITH_COPY.split(', ').includes(method ?? '')) {
    return { ...refusal(401), headers: { ...HTML, allow: METHODS.join(', ') } };
  }
  return {
    status: 200,
    headers: {
      allow: WITH_COPY,
      'access-control-allow-origin': origin,
      'access-control-allow-methods': WITH_COPY,
      ...(headers ? { 'access-control-allow-headers': headers } : {}),
      vary: headers ? 'Origin, Access-Control-Request-Headers' : 'Origin',
    },
    body: '',
  };
}
