import type { Message, Transcript } from '../../model/message.ts';
import { dayNumber } from '../words/format.ts';
import { commonPrefix } from './extent.ts';

/** Ms between two messages of one sender that still stand together. */
const GROUP_WITHIN = 120_000;

/** Where a message stands among its neighbours, as one primitive so that a row repaints only when it changes. */
export type Place = 'alone' | 'first' | 'middle' | 'last';

function together(a: Message | undefined, b: Message | undefined): boolean {
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

const HUMANS = new Set(['ASSIGNED_AGENT', 'AGENT', 'MANAGER']);

/** Who speaks for the first time where: the "joined" line stands before it. */
export interface FirstWords {
  /** Goes on from what this list has in common with the last one. */
  read(ids: readonly string[], byId: Transcript['byId']): void;
  /** Whether the message at this index of the list is somebody's first. */
  has(index: number): boolean;
}

export function createFirstWords(): FirstWords {
  let list: readonly string[] = [];
  const speakers = new Map<string, number>();
  const firsts = new Set<number>();

  function forgetFrom(index: number): void {
    for (const [speaker, first] of speakers) {
      if (first < index) continue;
      speakers.delete(speaker);
      firsts.delete(first);
    }
  }

  return {
    read(ids, byId) {
      if (ids === list) return;
      const from = commonPrefix(list, ids);
      forgetFrom(from);
      for (let at = from; at < ids.length; at += 1) {
        const message = byId.get(ids[at] ?? '');
        if (!message || message.mine || !HUMANS.has(message.from.role ?? '') || speakers.has(message.from.id)) continue;
        speakers.set(message.from.id, at);
        firsts.add(at);
      }
      list = ids;
    },
    has: (index) => firsts.has(index),
  };
}
