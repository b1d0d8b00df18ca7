import type { Message } from '../../model/message.ts';
import { dayNumber } from '../words/format.ts';

/** Ms between two messages of one sender that still stand together. */
const GROUP_WITHIN = 120_000;

/** Where a message stands among its neighbours, as one primitive so that a row repaints only when it changes. */
export type Place = 'alone' | 'first' | 'middle' | 'last';

/** Whether nothing but a line can part two messages that follow each other. */
export function together(a: Message | undefined, b: Message | undefined): boolean {
  if (!a || !b || a.mine !== b.mine || (!a.mine && a.from.id !== b.from.id)) return false;
  return Math.abs(b.at - a.at) <= GROUP_WITHIN && dayNumber(a.at) === dayNumber(b.at);
}

/** `breakBefore` and `breakAfter`: a line (joined, new) stands between. */
export function placeOf(
  previous: Message | undefined,
  message: Message,
  next: Message | undefined,
  breakBefore: boolean,
  breakAfter: boolean,
): Place {
  const before = !breakBefore && together(previous, message);
  const after = !breakAfter && together(message, next);
  if (before) return after ? 'middle' : 'last';
  return after ? 'first' : 'alone';
}

/** Whether a message is the first of its calendar day. */
export function startsDay(previous: Message | undefined, message: Message): boolean {
  return !previous || dayNumber(previous.at) !== dayNumber(message.at);
}
