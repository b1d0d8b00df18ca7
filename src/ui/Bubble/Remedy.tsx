import { RetryIcon } from '../icons/viewIcons.tsx';

/** The one next action beside a refusal. */
export function Remedy({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <button type="button" className="remedy" onClick={onClick}>
      <RetryIcon />
      {label}
    </button>
  );
}
