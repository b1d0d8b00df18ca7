import { describe, expect, test } from 'vitest';
import type { Conversation, Dialog } from '../protocol/types.ts';
import { activeDialog, conversationAfter, messageDialogs } from './conversation.ts';

const dialog = (id: string, more: Partial<Dialog> = {}): Dialog => ({
  id,
  type: 'MAIN',
  channel: 'MESSAGING',
  open: true,
  closedBy: null,
  ...more,
});
const conversation = (id: string, more: Partial<Conversation> = {}): Conversation => ({
  id,
  open: true,
  closeReason: null,
  dialogs: [dialog(id)],
  participants: [],
  startedAt: 100,
  updatedAt: 100,
  ...more,
});
const upsert = (c: Conversation) => ({ type: 'upsert', conversation: c }) as const;

describe('conversationAfter', () => {
  test('[M1] drops older news of the same conversation', () => {
    const now = conversation('C', { updatedAt: 200, open: false });
    expect(conversationAfter(now, upsert(conversation('C', { updatedAt: 150 })))).toBe(now);
    const next = conversation('C', { updatedAt: 200 });
    expect(conversationAfter(now, upsert(next))).toBe(next);
  });

  test('prefers an open conversation, then the later one', () => {
    const closed = conversation('A', { open: false, startedAt: 500 });
    const open = conversation('B', { startedAt: 100 });
    expect(conversationAfter(closed, upsert(open))).toBe(open);
    expect(conversationAfter(open, upsert(closed))).toBe(open);
    const later = conversation('D', { startedAt: 900 });
    expect(conversationAfter(open, upsert(later))).toBe(later);
    expect(conversationAfter(later, upsert(open))).toBe(later);
  });

  test('a conversation that leaves the stream is closed, not forgotten', () => {
    const now = conversation('C');
    expect(conversationAfter(now, { type: 'delete', conversationId: 'C' })).toEqual({ ...now, open: false });
    expect(conversationAfter(now, { type: 'delete', conversationId: 'X' })).toBe(now);
  });
});

describe('activeDialog', () => {
  test('is the open survey once the main dialog is closed', () => {
    const survey = dialog('S', { type: 'POST_SURVEY' });
    expect(activeDialog(conversation('C', { dialogs: [dialog('C', { open: false }), survey] }))).toBe(survey);
  });

  test('is never a co-browse dialog', () => {
    const browse = dialog('B', { type: 'OTHER', channel: 'COBROWSE' });
    const main = dialog('C');
    const both = conversation('C', { dialogs: [main, browse] });
    expect(activeDialog(both)).toBe(main);
    expect(messageDialogs(both)).toEqual([main]);
  });

  test('is none in a closed conversation', () => {
    expect(activeDialog(conversation('C', { open: false }))).toBeNull();
    expect(activeDialog(null)).toBeNull();
  });
});
