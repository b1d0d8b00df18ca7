import { decodeMessagingEvent } from './event.ts';
import { arrayOf, field, numberOf, stringOf, timeOf } from './read.ts';
import type { MessagingEvent } from './types.ts';

/** The consumer's messaging history over HTTP, for authenticated consumers (PROTOCOL §12). */

export interface PastConversation {
  readonly id: string;
  /** Epoch ms. */
  readonly startedAt: number;
}

/** One page of a list; `total` counts the whole. */
export interface HistoryPage<T> {
  readonly items: readonly T[];
  readonly received: number;
  readonly total: number;
}

function pageOf<T>(body: unknown, records: unknown[], items: readonly (T | null)[]): HistoryPage<T> {
  const total = numberOf(field(field(body, '_responseMetadata'), 'count')) ?? records.length;
  return { items: items.filter((item) => item !== null), received: records.length, total };
}

/** Ended conversations, as asked for: newest first. */
export function decodePastConversations(body: unknown): HistoryPage<PastConversation> {
  const records = arrayOf(field(body, 'conversationHistoryMetadataRecords'));
  const items = records.map((record) => {
    const id = stringOf(field(record, 'convId')) ?? stringOf(field(record, 'conversationId'));
    return id ? { id, startedAt: timeOf(field(record, 'startTs')) ?? 0 } : null;
  });
  return pageOf(body, records, items);
}

/** What was said in one of them. Receipts carry no sequence here and are left out. */
export function decodePastEvents(body: unknown, conversationId: string): HistoryPage<MessagingEvent> {
  const records = arrayOf(field(body, 'messageEventRecords'));
  return pageOf(
    body,
    records,
    records.map((record) => decodeMessagingEvent(record, conversationId)),
  );
}

/** Paths at the host of the service `msgHist`; `limit` is at most 100. */
export const historyPaths = {
  conversations: (account: string, offset: number, limit: number) =>
    `/messaging_history/api/account/${encodeURIComponent(account)}/conversations/consumer/metadata/search` +
    `?state=close,archive&sort=start:desc&offset=${offset}&limit=${limit}`,
  content: (account: string, id: string, offset: number, limit: number) =>
    `/messaging_history/api/account/${encodeURIComponent(account)}/conversations/conversation/content/search` +
    `?conversationId=${encodeURIComponent(id)}&offset=${offset}&limit=${limit}`,
};
