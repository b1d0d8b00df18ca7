import { type AgentSession, agentPaths, decodeAgentSession } from '../../protocol/agent.ts';
import { decodeDomains, paths } from '../../protocol/http.ts';

export interface SignIn {
  /** Origin that domain discovery is asked at. When it is http, all services are spoken to by http and ws. */
  readonly domainApi: string;
  readonly account: string;
  readonly username: string;
  readonly password: string;
}

/** Origins of the services that an agent needs. */
export interface Services {
  /** `ws://…` or `wss://…`. */
  readonly socket: string;
  /** `http://…` or `https://…` of the object store. */
  readonly swift: string;
}

export type SignedIn =
  | { readonly at: 'in'; readonly session: AgentSession; readonly services: Services }
  /** `why` is a sentence for the page. */
  | { readonly at: 'refused'; readonly why: string }
  | { readonly at: 'unreachable' };

/** ms for discovery and login together. */
const PATIENCE = 10_000;

/** Finds the services of an account and signs in with a user name and a password (PROTOCOL §1, §12). Never rejects. */
export async function signIn(who: SignIn): Promise<SignedIn> {
  const scheme = new URL(who.domainApi).protocol;
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const found = await fetch(who.domainApi + paths.domains(who.account), { signal });
    const domains = decodeDomains(await found.json());
    const { agentVep, asyncMessagingEnt, swift } = domains;
    if (!agentVep || !asyncMessagingEnt || !swift) {
      return { at: 'refused', why: `Account ${who.account} is not known here, or lacks messaging or file storage.` };
    }
    const response = await fetch(`${scheme}//${agentVep}${agentPaths.login(who.account)}`, {
      method: 'POST',
      signal,
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: who.username, password: who.password }),
    });
    if (response.status >= 500) return { at: 'unreachable' };
    const session = response.ok ? decodeAgentSession(await response.json()) : null;
    if (!session) return { at: 'refused', why: `The service did not accept ${who.username}.` };
    const socket = `${scheme === 'https:' ? 'wss' : 'ws'}://${asyncMessagingEnt}`;
    return { at: 'in', session, services: { socket, swift: `${scheme}//${swift}` } };
  } catch {
    // No answer, or one that is not JSON: a proxy's error page while the service starts.
    return { at: 'unreachable' };
  }
}
