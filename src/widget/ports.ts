import type { OpeningPorts } from '../flows/ports.ts';
import { clientProperties } from '../net/clientProperties.ts';
import { browserClock } from '../net/clock.ts';
import { fetchHttp } from '../net/http.ts';
import type { IdentityFlow } from '../net/identity.ts';
import { createMemory } from '../net/memory.ts';
import { createService } from '../net/service.ts';
import { browserSurroundings } from '../net/surroundings.ts';
import { openWebSocket } from '../net/webSocket.ts';
import { type ReadNotification, unknown } from '../protocol/frame.ts';
import { importAgain } from '../ui/importAgain.ts';
import { type ChatOptions, DOMAIN_API } from './options.ts';

/** The real world, as far as opening and connecting need it. `current` are the options whenever something is to be said. */
export function browserPorts(options: ChatOptions, current: () => ChatOptions): OpeningPorts {
  const clock = browserClock();
  const http = fetchHttp();
  const surroundings = browserSurroundings();
  const persistence = options.persistence ?? 'session';
  const loadShelf = importAgain(() => import('../net/shelf.ts'));
  const memory = createMemory(options.account, persistence, {
    session: () => sessionStorage,
    local: () => localStorage,
    shelf: async (name) => (await loadShelf()).databaseShelf(name),
    prepare: () => void loadShelf().catch(() => {}),
  });
  let readNotification: ReadNotification = () => unknown('nobody to tell');
  const service = createService({
    account: options.account,
    domainApi: new URL(options.domainApi ?? DOMAIN_API).origin,
    identity: identityFlow(options),
    // Only when it is asked for: the first time zone costs a phone 40 ms.
    get clientProperties() {
      return clientProperties(navigator.userAgent, Intl.DateTimeFormat().resolvedOptions().timeZone, __VERSION__);
    },
    // Who hears nothing needs no reading: that comes with the talk.
    readNotification: (frame) => readNotification(frame),
    clock,
    http: { json: (...request) => afterInput().then(() => http.json(...request)) },
    openSocket: openWebSocket,
    surroundings,
    memory,
  });
  const loadTalk = importAgain(() => import('./talk.ts'));
  return {
    account: options.account,
    clock,
    service,
    http,
    surroundings,
    persistence,
    memory,
    sound: options.sound ?? false,
    authenticated: options.getToken !== undefined || options.jwt !== undefined,
    loadTalk: async () => {
      const talk = await loadTalk();
      readNotification = talk.decodeNotification;
      return talk.beginTalk(current);
    },
    version: __VERSION__,
    onDiagnostic: guarded(options.onDiagnostic),
    locale: options.locale ?? (document.documentElement.lang || navigator.language),
  };
}

/** Asking takes a phone 10 ms: what a click asks for comes after the frame that answers the click. */
function afterInput(): Promise<unknown> {
  const { port1, port2 } = new MessageChannel();
  port2.postMessage(null);
  return new Promise((resolve) => {
    port1.onmessage = resolve;
  });
}

/** A brand's own mistake must show up in the brand's console and nowhere else. */
function guarded<T>(listener: ((value: T) => void) | undefined): (value: T) => void {
  return (value) => {
    try {
      listener?.(value);
    } catch (error) {
      reportError(error);
    }
  };
}

function identityFlow({ jwt, getToken, connectorId, redirectUri }: ChatOptions): IdentityFlow {
  if (jwt !== undefined) return { by: 'given', jwt };
  if (getToken) {
    return {
      by: 'brand',
      getToken,
      ...(connectorId === undefined ? {} : { connectorId }),
      ...(redirectUri === undefined ? {} : { redirectUri }),
    };
  }
  return connectorId === undefined ? { by: 'signup' } : { by: 'anonymous', connectorId };
}
