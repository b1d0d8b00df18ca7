import { useWords } from '../context.ts';

/** Over something that could not be fetched, with the way out. */
export function NotLoaded({ onAgain }: { onAgain: () => void }) {
  const words = useWords();
  return (
    <p className="not-loaded">
      {words.couldNotLoad}
      <button type="button" onClick={onAgain}>
        {words.tryAgain}
      </button>
    </p>
  );
}
