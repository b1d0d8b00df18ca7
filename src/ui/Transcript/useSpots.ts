import { useMemo } from 'react';
import type { ChatState } from '../../store/state.ts';
import { useChatState } from '../context.ts';
import type { Range } from './extent.ts';
import { type Listed, type Spot, spotsOf } from './photoGrid.ts';
import { startsTalk } from './talks.ts';

/** The spots of painted rows, by their index in the list. */
export function useSpots(
  ids: readonly string[],
  newFrom: string | null,
  ranges: readonly Range[],
): (at: number) => Spot {
  const where = ranges.map(({ start, end }) => `${start}-${end}`).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: `where` says what is in `ranges`, which are others each time.
  const select = useMemo(() => {
    let last: ChatState['transcript'] | null = null;
    let said = '';
    /** As one text, so that rows are painted when it changes; and worked out when messages do, not with every byte sent. */
    return (state: ChatState) => {
      if (state.transcript === last) return said;
      last = state.transcript;
      const { byId, firstWords } = last;
      const breaksBefore = (id: string, previous: string | undefined) =>
        id === newFrom || firstWords.get(byId.get(id)?.from.id ?? '') === id || startsTalk(state, previous, id);
      const listed: Listed = { ids, breaksBefore };
      said = ranges.flatMap((range) => spotsOf(listed, range, state)).join();
      return said;
    };
  }, [ids, newFrom, where]);
  const spots = useChatState(select).split(',');
  const indexes = ranges.flatMap(({ start, end }) => Array.from({ length: end - start }, (_, at) => start + at));
  return (at) => (spots[indexes.indexOf(at)] ?? '') as Spot;
}
