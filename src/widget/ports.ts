import type { Ports } from '../flows/ports.ts';
import { inspect } from '../media/inspect.ts';
import { serialPreviews } from '../media/preview.ts';
import { clientProperties } from '../net/clientProperties.ts';
import { browserClock } from '../net/clock.ts';
import { browserFiles } from '../net/files.ts';
import { fetchHttp } from '../net/http.ts';
import type { IdentityFlow } from '../net/identity.ts';
import { createObjectStore } from '../net/objectStore.ts';
import { createService } from '../net/service.ts';
import { browserSurroundings } from '../net/surroundings.ts';
import { openWebSocket } from '../net/webSocket.ts';
import { type ChatOptions, DOMAIN_API } from './options.ts';

/** The real world behind every port. */
export function browserPorts(options: ChatOptions): Ports {
  const clock = browserClock();
  const http = fetchHttp();
  const surroundings = browserSurroundings();
  const service = createService({
    account: options.account,
    domainApi: new URL(options.domainApi ?? DOMAIN_API).origin,
    identity: identityFlow(options),
    clientProperties: clientProperties(
      navigator.userAgent,
      Intl.DateTimeFormat().resolvedOptions().timeZone,
      __VERSION__,
    ),
    clock,
    http,
    openSocket: openWebSocket,
    surroundings,
  });
  const swift = () => {
    const host = service.domains()?.swift;
    return host ? `${service.scheme}://${host}` : null;
  };
  return {
    account: options.account,
    clock,
    service,
    objects: createObjectStore(swift, clock),
    files: browserFiles(),
    http,
    surroundings,
    media: { inspect, preview: serialPreviews() },
    locale: options.locale ?? (document.documentElement.lang || navigator.language),
  };
}

function identityFlow(options: ChatOptions): IdentityFlow {
  if (options.jwt !== undefined) return { by: 'given', jwt: options.jwt };
  if (options.getToken) return { by: 'brand', getToken: options.getToken };
  if (options.connectorId !== undefined) return { by: 'anonymous', connectorId: options.connectorId };
  return { by: 'signup' };
}
