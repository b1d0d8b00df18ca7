import { field, numberOf, stringOf } from '../protocol/read.ts';
import { SCRIPTED_LOGIN } from './accounts.ts';
import { consumerOf } from './identity.ts';
import { coBrowse, startConversation, write } from './initiative.ts';
import { MAX_PRELOADED, preload } from './preload.ts';
import { readFault } from './readFault.ts';
import type { ConversationRecord, UserRecord } from './records.ts';
import { bearerOf, type Route, type RouteAnswer, type RouteContext, textOf } from './route.ts';
import { consumersOf, type FaultScope, injectFault } from './scripting.ts';
import { refuse } from './world.ts';

/**
 * What only the sandbox has, under `/api/account/{account}/sandbox/`, for demonstrations and tests on a running one:
 *
 * - `POST faults {fault, …, on?, consumer?}`: see faults.ts for the faults and scripting.ts for `on`; answers
 *   `{connections}`, how many open ones it reached.
 * - `GET consumers`: the open connections with the frames that have passed.
 * - `POST conversations {messages}` with a consumer's token as bearer: a conversation made in advance.
 * - `POST conversations {text}` with a consumer's token as bearer: a conversation that an agent begins with this text.
 * - `POST conversations/{id}/co-browse` and `POST conversations/{id}/notes {text}`.
 */

function robinOf({ account }: RouteContext): UserRecord {
  return account.users.find((user) => user.loginName === SCRIPTED_LOGIN) ?? refuse(404, 'No scripted agent');
}

function conversationIn({ account, parts: [id = ''] }: RouteContext): ConversationRecord {
  return account.conversations.get(id) ?? refuse(404, 'Unknown conversation');
}

function makeConversation(context: RouteContext): RouteAnswer {
  const { world, account, request } = context;
  const consumer = consumerOf(world, account, bearerOf(request) ?? '');
  if (!consumer.valid) return refuse(401, 'The bearer is missing or invalid');
  const text = textOf(request, 'text');
  if (text !== null) {
    const { id } = startConversation(world, account, robinOf(context), consumer.id, text);
    return { status: 201, body: { conversationId: id } };
  }
  const messages = numberOf(field(request.body, 'messages'));
  if (messages === null || !Number.isInteger(messages) || messages < 0 || messages > MAX_PRELOADED) {
    return refuse(400, `messages must be a whole number up to ${MAX_PRELOADED}`);
  }
  const conversation = preload(world, account, consumer.id, robinOf(context), messages);
  return { status: 201, body: { conversationId: conversation.id } };
}

const PLACES: readonly NonNullable<FaultScope['on']>[] = ['open', 'next', 'all'];

function makeFault({ world, account, request }: RouteContext): RouteAnswer {
  const { body } = request;
  const consumer = stringOf(field(body, 'consumer'));
  const asked = field(body, 'on') ?? 'open';
  const on = PLACES.find((place) => place === asked) ?? refuse(400, `on must be one of ${PLACES.join(', ')}`);
  const scope = { on, account: account.id, ...(consumer === null ? {} : { consumer }) };
  return { body: { connections: injectFault(world, readFault(body), scope) } };
}

export const SANDBOX_ROUTES: readonly Route[] = [
  { method: 'POST', path: /^sandbox\/conversations$/, answer: makeConversation },
  { method: 'POST', path: /^sandbox\/faults$/, answer: makeFault },
  {
    method: 'GET',
    path: /^sandbox\/consumers$/,
    answer: ({ world, account }) => {
      const here = consumersOf(world).filter((link) => link.account === account.id);
      return { body: { consumers: here.map(({ consumer, frames }) => ({ consumer, frames })) } };
    },
  },
  {
    method: 'POST',
    path: /^sandbox\/conversations\/([^/]+)\/co-browse$/,
    answer: (context) => {
      const dialogId = coBrowse(context.world, context.account, conversationIn(context), robinOf(context));
      return { status: 201, body: { dialogId } };
    },
  },
  {
    method: 'POST',
    path: /^sandbox\/conversations\/([^/]+)\/notes$/,
    answer: (context) => {
      const text = textOf(context.request, 'text') || refuse(400, 'text is missing');
      const conversation = conversationIn(context);
      const sequence = write(
        context.world,
        context.account,
        conversation,
        robinOf(context),
        text,
        'AGENTS_AND_MANAGERS',
      );
      return { status: 201, body: { sequence } };
    },
  },
];
