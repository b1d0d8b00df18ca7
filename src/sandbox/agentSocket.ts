import { AGENT_REQUESTS } from './agentRequests.ts';
import { agentOf } from './identity.ts';
import type { Ledger } from './ledger.ts';
import { type Connection, openLine, type Wire } from './line.ts';
import type { Account } from './records.ts';
import { refuse, type World } from './world.ts';

/** The agent's socket: who it is stands in its address, so there is no greeting. */
export function openAgentSocket(
  world: World,
  ledger: Ledger,
  options: { readonly account: Account; readonly bearer: string; readonly wire: Wire; readonly resident?: boolean },
): Connection {
  const { account, wire } = options;
  const agent = agentOf(world, account, options.bearer);
  const line = openLine(world, ledger, {
    kind: 'agent',
    account,
    wire,
    who: agent && { id: agent.pid },
    resident: options.resident ?? false,
    serve(request, link) {
      const handler = Object.hasOwn(AGENT_REQUESTS, request.type) ? AGENT_REQUESTS[request.type] : undefined;
      return handler ? handler(world, link, request) : refuse(400, `Unknown request ${request.type.slice(0, 80)}`);
    },
    answered() {},
    heard() {},
    over() {},
  });
  if (!agent) line.link.end(4401, 'bearer is invalid');
  return line.connection;
}
