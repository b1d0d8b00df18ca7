import type { KeyboardEvent } from 'react';

const FOCUSABLE = 'button, textarea, input:not([hidden]), a[href], [tabindex="0"]';

/** Tab goes round inside a sheet that covers the page. */
export function keepTabInside(panel: HTMLElement, event: KeyboardEvent): void {
  const stops = Array.from(panel.querySelectorAll<HTMLElement>(FOCUSABLE)).filter((node) => node.offsetParent !== null);
  const first = stops[0];
  const last = stops.at(-1);
  const from = event.target;
  if (event.shiftKey && (from === first || !stops.includes(from as HTMLElement))) {
    event.preventDefault();
    last?.focus();
  } else if (!event.shiftKey && from === last) {
    event.preventDefault();
    first?.focus();
  }
}
