import type { MouseEvent } from 'react';
import { RetryIcon } from '../icons/viewIcons.tsx';

/** The one next action beside a refusal. */
export function Remedy({ label, onClick }: { label: string; onClick: (event: MouseEvent<HTMLElement>) => void }) {
  return (
    <button type="button" className="remedy" onClick={onClick}>
      <RetryIcon />
      {label}
    </button>
  );
}
