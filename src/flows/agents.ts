import { decodeAgentProfile, paths } from '../protocol/http.ts';
import type { ChatStore } from '../store/store.ts';
import { withEntry } from '../store/store.ts';
import type { Ports } from './ports.ts';

/** Learns the name of whoever answers, once a session; without one the panel says "Agent" (PROTOCOL §12). */
export function startAgents(ports: Ports, store: ChatStore): { dispose(): void } {
  const { service, http, account } = ports;
  const asked = new Set<string>();

  async function learn(id: string): Promise<void> {
    const host = service.domains()?.acCdnDomain;
    if (!host) return;
    const answer = await http.json(`${service.scheme}://${host}${paths.agentProfile(account, id)}`);
    const profile = decodeAgentProfile(answer);
    if (profile) store.setState((state) => ({ agents: withEntry(state.agents, id, profile) }));
  }

  const stop = service.on('messages', ({ events }) => {
    for (const { from } of events) {
      const isPerson = from.id !== '' && from.id !== store.getState().me && from.role !== 'CONTROLLER';
      if (!isPerson || asked.has(from.id)) continue;
      asked.add(from.id);
      // Bots and automatic senders have no profile; their 404 is nobody's business.
      learn(from.id).catch(() => {});
    }
  });
  return { dispose: stop };
}
