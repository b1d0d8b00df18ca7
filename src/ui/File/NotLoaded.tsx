import { useWords } from '../context.ts';

interface NotLoadedProps {
  /** Which thing it was, in a sentence; without it only that something is missing. */
  readonly what?: string;
  readonly onAgain: () => void;
}

/** Over something that could not be fetched, with the way out. */
export function NotLoaded({ what, onAgain }: NotLoadedProps) {
  const words = useWords();
  return (
    <p className="not-loaded">
      <span dir="auto">{what ?? words.couldNotLoad}</span>
      <button type="button" onClick={onAgain}>
        {words.tryAgain}
      </button>
    </p>
  );
}
