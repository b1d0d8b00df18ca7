import { DROPPED, FailureError, refused } from '../protocol/failure.ts';
import { paths } from '../protocol/http.ts';
import { field, numberOf, stringOf } from '../protocol/read.ts';
import { PATIENCE } from './http.ts';

/** The site property that switches file sharing on. */
export const FILE_SHARING = 'messaging.file.sharing.enabled';

export interface SiteProperty {
  /** As it is kept: a boolean, or `"true"` in words. Null where it was never set. */
  readonly value: string | boolean | null;
  /** Kind of value, as the service numbers them; 1 for a property that was never set. */
  readonly type: number;
  /** What If-Match has to say to change exactly this; `-1` matches anything. */
  readonly revision: string;
}

/** Where and as whom properties are read and written. */
export interface PropertyAccess {
  /** Origin of the service `accountConfigReadWrite`. */
  readonly origin: string;
  readonly account: string;
  readonly bearer: string;
}

const NEVER_SET: SiteProperty = { value: null, type: 1, revision: '-1' };

async function ask(access: PropertyAccess, init: RequestInit = {}): Promise<Response> {
  const url = `${access.origin}${paths.property(access.account, FILE_SHARING)}?v=3.0`;
  const headers = { Accept: 'application/json', Authorization: `Bearer ${access.bearer}`, ...init.headers };
  try {
    return await fetch(url, { ...init, headers, redirect: 'error', signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    throw new FailureError(DROPPED);
  }
}

/** The revision to ask for: the ETag as it is, else the one in the body, else any. */
function revisionOf(response: Response, body: unknown): string {
  return response.headers.get('etag') ?? stringOf(field(body, 'revision')) ?? NEVER_SET.revision;
}

/** Reads the property. Rejects with FailureError. */
export async function readFileSharing(access: PropertyAccess): Promise<SiteProperty> {
  const response = await ask(access);
  if (response.status === 404) return NEVER_SET;
  if (!response.ok) throw new FailureError(refused(response.status, response.statusText));
  const body: unknown = await response.json().catch(() => null);
  const value = field(field(body, 'propertyValue'), 'value');
  if (typeof value !== 'boolean' && typeof value !== 'string') {
    throw new FailureError({ kind: 'garbled', delivery: 'unknown', message: 'no propertyValue' });
  }
  return { value, type: numberOf(field(body, 'type')) ?? 1, revision: revisionOf(response, body) };
}

/** Writes `true` over exactly the revision that was read. Rejects with FailureError; 412 where another was faster. */
export async function enableFileSharing(access: PropertyAccess, before: SiteProperty): Promise<void> {
  const value = typeof before.value === 'string' ? 'true' : true;
  const response = await ask(access, {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json', 'If-Match': before.revision },
    body: JSON.stringify({ id: FILE_SHARING, type: before.type, propertyValue: { value }, deleted: false }),
  });
  if (!response.ok) throw new FailureError(refused(response.status, response.statusText));
}

/** Whether the value means that file sharing is on. */
export function isOn(property: SiteProperty): boolean {
  return property.value === true || (typeof property.value === 'string' && property.value.toLowerCase() === 'true');
}
