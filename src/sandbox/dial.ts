import type { Brand } from './brand.ts';
import type { Connection, Wire } from './line.ts';

/** The sockets' addresses. */
const SOCKET = /^\/ws_api\/account\/([^/]+)\/messaging\/(?:(consumer)|brand\/([^/]+))$/;

/** A segment of a path, decoded; one that cannot be decoded names nothing. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return '';
  }
}

/** Who is wanted at an address, or null where it is no socket's: opens the connection, which is null for an unknown account. */
export function dial(brand: Brand, path: string): ((wire: Wire, jwt?: string | null) => Connection | null) | null {
  const parts = SOCKET.exec(path);
  if (!parts) return null;
  const [, account = '', consumer, bearer = ''] = parts;
  return consumer
    ? (wire, jwt = null) => brand.connectConsumer(decoded(account), wire, jwt)
    : (wire) => brand.connectAgent(decoded(account), decoded(bearer), wire);
}
