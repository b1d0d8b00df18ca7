/** Strokes of the one icon set, on a 20 px square. */
const PATHS = {
  back: 'M12 4.5 6.5 10l5.5 5.5',
  clip: 'M15.5 9.5 9.9 15.1a3.4 3.4 0 0 1-4.8-4.8l6-6a2.3 2.3 0 0 1 3.2 3.2l-5.7 5.7a1.1 1.1 0 0 1-1.6-1.6l5-5',
  download: 'M10 3.5v9m0 0 3.5-3.5M10 12.5 6.5 9M4 16.5h12',
  send: 'M10 16V4.5M10 4.5 5 9.5M10 4.5l5 5',
  close: 'M5 5l10 10M15 5 5 15',
  sent: 'M4.5 10.5 8 14l7.5-8',
  read: 'M2.5 10.5 6 14l6.5-8M9.5 13l1 1L18 6',
  image: 'M4 4.5h12v11H4zM4 13l3.5-3 2.5 2 3-3.5 3 3.5M8 8.2h.01',
} as const;

/** A decoration: what it means is always said in words beside it or by the control's name. */
export function Icon({ name }: { name: keyof typeof PATHS }) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true" focusable="false">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}
