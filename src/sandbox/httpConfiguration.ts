import { field, stringOf } from '../protocol/read.ts';
import { agentOf } from './identity.ts';
import { type PropertyRecord, userOf } from './records.ts';
import { bearerOf, type Route, type RouteAnswer, type RouteContext } from './route.ts';
import { refuse } from './world.ts';

/** Agents' public profiles and the account's site properties. */

function propertyAnswer(id: string, property: PropertyRecord): RouteAnswer {
  const revision = String(property.revision);
  return {
    headers: { etag: `"${revision}"`, 'ac-revision': revision },
    body: {
      id,
      type: typeof property.value === 'boolean' ? 1 : 2,
      propertyValue: { value: property.value },
      deleted: false,
      revision: property.revision,
    },
  };
}

function signedIn({ world, account, request }: RouteContext, mustBeAdmin: boolean): void {
  const user = agentOf(world, account, bearerOf(request) ?? '') ?? refuse(401, 'The bearer is missing or invalid');
  if (mustBeAdmin && !user.admin) refuse(403, 'Only an administrator may change properties');
}

/** `"3"`, `3`, or `-1` and `*` for any: LivePerson's own script sends -1. */
function checkRevision(header: string | undefined, revision: number): void {
  if (header === undefined) refuse(412, 'If-Match is missing');
  const asked = header.trim().replace(/^W\//, '').replaceAll('"', '');
  if (asked !== '*' && asked !== '-1' && asked !== String(revision)) refuse(412, 'The revision does not match');
}

function valueIn(body: unknown): PropertyRecord['value'] {
  const value = field(field(body, 'propertyValue'), 'value');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? value
    : refuse(400, 'propertyValue.value is missing');
}

function putProperty(context: RouteContext): RouteAnswer {
  const { account, request, world } = context;
  const [id = ''] = context.parts;
  signedIn(context, true);
  const revision = account.properties.get(id)?.revision ?? 0;
  checkRevision(request.headers['if-match'], revision);
  const named = stringOf(field(request.body, 'id'));
  if (named !== null && named !== id) refuse(400, 'id is another property');
  const property = { value: valueIn(request.body), revision: revision + 1 };
  account.properties.set(id, property);
  world.changed();
  return propertyAnswer(id, property);
}

export const CONFIGURATION_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: /^configuration\/le-users\/users\/([^/]+)$/,
    answer: ({ account, parts: [id = ''] }) => {
      const user = userOf(account, id) ?? refuse(404, 'Not found');
      return {
        body: { id: user.userId, pid: user.pid, nickname: user.nickname, fullName: user.fullName, employeeId: '' },
      };
    },
  },
  {
    method: 'GET',
    path: /^configuration\/setting\/properties$/,
    answer: (context) => {
      signedIn(context, false);
      return { body: [...context.account.properties].map(([id, property]) => propertyAnswer(id, property).body) };
    },
  },
  {
    method: 'GET',
    path: /^configuration\/setting\/properties\/([^/]+)$/,
    answer: (context) => {
      const [id = ''] = context.parts;
      signedIn(context, false);
      return propertyAnswer(id, context.account.properties.get(id) ?? refuse(404, 'Not found'));
    },
  },
  { method: 'PUT', path: /^configuration\/setting\/properties\/([^/]+)$/, answer: putProperty },
];
