import type { Hosts, Route, RouteContext } from './route.ts';
import { refuse } from './world.ts';

/** Domain discovery (PROTOCOL §1). Everything but the object store lives on the host that was asked. */

const SERVICES: readonly string[] = [
  'asyncMessagingEnt',
  'idp',
  'acCdnDomain',
  'agentVep',
  'accountConfigReadWrite',
  'accountConfigReadOnly',
  'adminArea',
  'msgHist',
  'messagingRestApiDomain',
  'leDataReporting',
  'liveEngageUI',
];

function entry({ account, hosts }: RouteContext, service: string) {
  const host: keyof Hosts = service === 'swift' ? 'swift' : 'services';
  return { service, account: account.id, baseURI: hosts[host] };
}

export const DISCOVERY_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^service\/baseURI\.json$/,
    answer: (context) => ({ body: { baseURIs: [...SERVICES, 'swift'].map((service) => entry(context, service)) } }),
  },
  {
    method: 'GET',
    path: /^service\/([^/]+)\/baseURI\.json$/,
    answer: (context) => {
      const [service = ''] = context.parts;
      if (service !== 'swift' && !SERVICES.includes(service)) return refuse(400, 'Unknown service');
      return { body: entry(context, service) };
    },
  },
];
