import type { ReactNode } from 'react';
import { earlierOf } from '../../store/selectors.ts';
import { useChat, useChatState } from '../context.ts';
import { useViewWords } from '../viewWords.tsx';
import type { Painted } from './paintedRows.ts';
import { Row } from './Row.tsx';
import { useSpots } from './useSpots.ts';

interface RowsProps {
  readonly ids: readonly string[];
  readonly painted: Painted;
  readonly newFrom: string | null;
  readonly onEarlier: () => void;
}

/** The painted rows, and a gap for those between, above and below. One list of siblings, so that no row is moved or made anew. */
export function Rows({ ids, painted, newFrom, onEarlier }: RowsProps) {
  const { main, ranges } = painted;
  const { store } = useChat();
  const { byId, firstWords } = store.getState().transcript;
  const joins = (id: string) => firstWords.get(byId.get(id)?.from.id ?? '') === id;
  const spotAt = useSpots(ids, newFrom, ranges);
  const siblings: ReactNode[] = [];
  const gaps = painted.gaps.values();
  const gapFor = (where: string) => {
    const { height = 0 } = gaps.next().value ?? {};
    return <div className="gap" key={`gap ${where}`} style={{ blockSize: Math.max(0, height) }} />;
  };
  let end = 0;
  for (const range of ranges) {
    if (range.start > end) siblings.push(gapFor(range === main ? 'above' : 'pinned'));
    if (range === main) siblings.push(<Earlier key="earlier" start={main.start} onEarlier={onEarlier} />);
    for (let at = range.start; at < range.end; at += 1) {
      const id = ids[at] ?? '';
      const next = ids[at + 1];
      siblings.push(
        <Row
          key={`row ${id}`}
          id={id}
          index={at}
          previous={ids[at - 1]}
          next={next}
          spot={spotAt(at)}
          joined={joins(id)}
          isNew={newFrom === id}
          breaksAfter={next !== undefined && (next === newFrom || joins(next))}
        />,
      );
    }
    end = range.end;
  }
  if (end < ids.length) siblings.push(gapFor('last'));
  return siblings;
}

/**
 * Above the painted rows: who reads by keyboard or by ear comes here where others scroll. Rows of this page's memory come
 * first, then the conversations before them.
 */
function Earlier({ start, onEarlier }: { start: number; onEarlier: () => void }) {
  const words = useViewWords();
  const earlier = useChatState(earlierOf);
  if (start === 0 && earlier === 'none') return null;
  const loading = start === 0 && earlier === 'loading';
  return (
    <button type="button" className="earlier" aria-disabled={loading} onClick={onEarlier}>
      {loading ? words.loadingEarlier : words.showEarlier}
    </button>
  );
}
