import { fetchHttp } from '../net/http.ts';
import type { Http } from '../net/ports.ts';

/** Ms to wait for any answer. */
export const PATIENCE = 10_000;

/** JSON over HTTP for a command line: ends by itself, and follows no redirect, for a password may be in the body. */
export function patientHttp(): Http {
  return fetchHttp((input, init) =>
    fetch(input, { ...init, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) }),
  );
}
