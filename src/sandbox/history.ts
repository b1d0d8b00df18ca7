import { field, type Json } from '../protocol/read.ts';
import { consumerOf } from './identity.ts';
import { leavesAt } from './notifications.ts';
import type { ConversationRecord } from './records.ts';
import { bearerOf, type Route, type RouteAnswer, type RouteContext } from './route.ts';
import { refuse, type World } from './world.ts';

/** The consumer's messaging history (PROTOCOL §12): ended conversations and what was said in them, over HTTP. */

const MONTHS_SHOWN = 13;
const LIMIT = { usual: 50, most: 100 };
const STATES: readonly string[] = ['close', 'archive'];

/** Only consumers whom the brand vouches for have a history. */
function readerOf({ world, account, request }: RouteContext): string {
  const consumer = consumerOf(world, account, bearerOf(request) ?? '');
  if (!consumer.valid) return refuse(401, 'The bearer is missing or invalid');
  return consumer.authenticated ? consumer.id : refuse(403, 'Only authenticated consumers have a history');
}

function whole(query: URLSearchParams, name: string, otherwise: number | null): number | null {
  const text = query.get(name);
  if (text === null) return otherwise;
  return /^\d{1,15}$/.test(text) ? Number(text) : refuse(400, `${name} must be a whole number`);
}

interface Page {
  readonly offset: number;
  readonly limit: number;
  readonly ascending: boolean;
  readonly by: 'start' | 'end';
}

function pageOf(query: URLSearchParams, usual: string): Page {
  const limit = whole(query, 'limit', LIMIT.usual) ?? LIMIT.usual;
  if (limit < 1 || limit > LIMIT.most) refuse(400, `limit must be from 1 to ${LIMIT.most}`);
  const [by, order = 'asc'] = (query.get('sort') ?? usual).split(':');
  if ((by !== 'start' && by !== 'end') || (order !== 'asc' && order !== 'desc')) {
    return refuse(400, 'sort must be start or end, with :asc or :desc');
  }
  return { offset: whole(query, 'offset', 0) ?? 0, limit, ascending: order === 'asc', by };
}

/** How many there are, and where this page, the next and the previous one are found. */
function responseMetadata({ request, hosts }: RouteContext, page: Page, count: number): Json {
  const at = (rel: string, offset: number) => {
    const query = new URLSearchParams(request.query);
    query.set('offset', String(offset));
    query.set('limit', String(page.limit));
    return { [rel]: { rel, href: `http://${hosts.services}${request.path}?${query}` } };
  };
  const { offset, limit } = page;
  return {
    count,
    ...at('self', offset),
    ...(offset + limit < count ? at('next', offset + limit) : {}),
    ...(offset > 0 ? at('prev', Math.max(0, offset - limit)) : {}),
    shardsStatusResult: { partialResult: false },
  };
}

/** `close` while the conversation is still in the stream of changes, `archive` afterwards. */
function stateOf(world: World, conversation: ConversationRecord): string | null {
  const leaves = leavesAt(world, conversation);
  return leaves === null ? null : leaves > world.clock.now() ? 'close' : 'archive';
}

function searchMetadata(context: RouteContext): RouteAnswer {
  const { world, account, request } = context;
  const reader = readerOf(context);
  const { query = new URLSearchParams() } = request;
  const page = pageOf(query, 'start:desc');
  const states = (query.get('state') ?? 'archive').split(',');
  if (!states.every((state) => STATES.includes(state))) refuse(400, 'state must be close, archive or both');
  const [from, to] = [whole(query, 'startFrom', null), whole(query, 'startTo', null)];
  if ((from === null) !== (to === null)) refuse(400, 'startFrom and startTo go together');
  const found = [...account.conversations.values()].filter(
    (conversation) =>
      conversation.consumerId === reader &&
      states.includes(stateOf(world, conversation) ?? '') &&
      conversation.startedAt >= (from ?? monthsAgo(world, MONTHS_SHOWN)) &&
      conversation.startedAt <= (to ?? world.clock.now()),
  );
  const key = ({ startedAt, endedAt }: ConversationRecord) => (page.by === 'start' ? startedAt : (endedAt ?? 0));
  found.sort((one, other) => (page.ascending ? 1 : -1) * (key(one) - key(other)));
  return {
    body: {
      _responseMetadata: responseMetadata(context, page, found.length),
      conversationHistoryMetadataRecords: found.slice(page.offset, page.offset + page.limit).map(metadataRecord),
    },
  };
}

function monthsAgo(world: World, months: number): number {
  const date = new Date(world.clock.now());
  return date.setUTCMonth(date.getUTCMonth() - months);
}

function metadataRecord(conversation: ConversationRecord): Json {
  const { id, participants, startedAt, endedAt, csat } = conversation;
  const rating = csat && {
    csatRate: csat.csatRate,
    csatResolutionConfirmation: csat.csatResolutionConfirmation,
    status: csat.status,
  };
  return {
    convId: id,
    participants: participants.filter(({ state }) => state === 'ACTIVE').map((one) => ({ id: one.id, role: one.role })),
    state: 'CLOSE',
    startTs: startedAt,
    endTs: endedAt,
    ...(rating ? { csat: rating } : {}),
  };
}

/**
 * Everything said in a conversation that was for the consumer's eyes. Receipts have no sequence; events of another
 * dialog than the main one name it, because each dialog has a count of its own.
 */
function eventRecords({ id, dialogs }: ConversationRecord): Json[] {
  return dialogs.flatMap((dialog) =>
    dialog.events
      .filter(({ audience }) => audience === 'ALL')
      .map(({ sequence, from, at, event }) => ({
        ...(field(event, 'type') === 'AcceptStatusEvent' ? {} : { sequence }),
        originatorId: from,
        serverTimestamp: at,
        ...(dialog.id === id ? {} : { dialogId: dialog.id }),
        event,
      })),
  );
}

function searchContent(context: RouteContext): RouteAnswer {
  const { account, request } = context;
  const reader = readerOf(context);
  const { query = new URLSearchParams() } = request;
  const page = pageOf(query, 'start:asc');
  const conversation = account.conversations.get(
    query.get('conversationId') ?? refuse(400, 'conversationId is missing'),
  );
  if (!conversation || conversation.consumerId !== reader || conversation.endedAt === null) {
    return refuse(404, 'Unknown conversation');
  }
  const records = eventRecords(conversation);
  if (!page.ascending) records.reverse();
  return {
    body: {
      _responseMetadata: responseMetadata(context, page, records.length),
      messageEventRecords: records.slice(page.offset, page.offset + page.limit),
    },
  };
}

/** Under `/messaging_history`. */
export const HISTORY_ROUTES: readonly Route[] = [
  { method: 'GET', path: /^conversations\/consumer\/metadata\/search$/, answer: searchMetadata },
  { method: 'GET', path: /^conversations\/conversation\/content\/search$/, answer: searchContent },
];
