import { failureOf } from '../protocol/failure.ts';
import { HISTORY_ROUTES } from './history.ts';
import { CONFIGURATION_ROUTES } from './httpConfiguration.ts';
import { DISCOVERY_ROUTES } from './httpDiscovery.ts';
import { IDENTITY_ROUTES } from './httpIdentity.ts';
import { SANDBOX_ROUTES } from './httpSandbox.ts';
import type { Ledger } from './ledger.ts';
import type { Hosts, HttpAnswer, HttpRequest, Route, RouteAnswer } from './route.ts';
import { refuse, type World } from './world.ts';

/** The HTTP services around the socket (PROTOCOL §1, §2, §12), without a server: a request in, an answer out. */

const ROUTES: readonly Route[] = [...DISCOVERY_ROUTES, ...IDENTITY_ROUTES, ...CONFIGURATION_ROUTES, ...SANDBOX_ROUTES];

const ADDRESS = /^(\/messaging_history)?\/api\/account\/([^/]+)\/(.+)$/;

/** A segment of a path, decoded; one that cannot be decoded is refused. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return refuse(400, 'The address is malformed');
  }
}

function corsHeaders(request: HttpRequest): Record<string, string> {
  return {
    'access-control-allow-origin': request.headers.origin ?? '*',
    'access-control-expose-headers': 'ETag, AC-Revision',
    vary: 'Origin',
  };
}

function preflight(request: HttpRequest): HttpAnswer {
  const headers = {
    ...corsHeaders(request),
    'access-control-allow-methods': 'GET, POST, PUT, OPTIONS',
    'access-control-allow-headers': request.headers['access-control-request-headers'] ?? '',
    'access-control-max-age': '600',
  };
  return { status: 204, headers, body: undefined };
}

/** True for addresses that the services answer, whatever the answer. */
export function isServicePath(path: string): boolean {
  return ADDRESS.test(path);
}

/** Answers one request to the services. */
export function answerHttp(world: World, ledger: Ledger, hosts: Hosts, request: HttpRequest): HttpAnswer {
  if (request.method === 'OPTIONS') return preflight(request);
  const cors = corsHeaders(request);
  try {
    const { status, headers, body } = route(world, ledger, hosts, request);
    return { status: status ?? 200, headers: { ...cors, ...headers }, body };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.kind !== 'refused') throw error;
    return { status: failure.code, headers: cors, body: { error: failure.message, internalErrorCode: failure.code } };
  }
}

function route(world: World, ledger: Ledger, hosts: Hosts, request: HttpRequest): RouteAnswer {
  const [, history, id = '', rest = ''] = ADDRESS.exec(request.path) ?? [];
  const account = world.accounts.get(decoded(id));
  record(world, ledger, request, decoded(id));
  if (!account) return refuse(401, 'Unknown account');
  const here = (history ? HISTORY_ROUTES : ROUTES).filter(({ path }) => path.test(rest));
  if (here.length === 0) return refuse(404, 'Not found');
  const found = here.find(({ method }) => method === request.method);
  if (!found) return refuse(405, 'Method not allowed');
  const parts = (found.path.exec(rest) ?? []).slice(1).map(decoded);
  return found.answer({ world, account, request, hosts, parts });
}

/** Bodies hold passwords and tokens, so they are not kept. */
function record(world: World, ledger: Ledger, request: HttpRequest, account: string): void {
  ledger.record({
    from: 'http',
    type: `${request.method} ${request.path}`,
    id: '',
    account,
    person: null,
    at: world.clock.now(),
    body: undefined,
    metadata: [],
    headers: [],
  });
}
