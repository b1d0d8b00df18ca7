import type { ReactNode } from 'react';

/** One stroke set: 20 px box, 1.6 px strokes, round ends, in the colour of the text. */
export function icon(children: ReactNode, size = 20) {
  return (
    <svg className="icon" viewBox="0 0 20 20" width={size} height={size} aria-hidden="true" focusable="false">
      {children}
    </svg>
  );
}

export const CloseIcon = () => icon(<path d="m5 5 10 10M15 5 5 15" />);
export const ClipIcon = () =>
  icon(
    <path d="m16.2 9.4-6.3 6.3a4 4 0 0 1-5.7-5.7l6.7-6.7a2.7 2.7 0 0 1 3.8 3.8l-6.6 6.6a1.3 1.3 0 0 1-1.9-1.9l5.9-5.9" />,
  );
export const SendIcon = () => icon(<path d="M10 16V4.2M4.8 9.4 10 4.2l5.2 5.2" />);
export const AlertIcon = () => icon(<path d="M10 6.2v4.6m0 2.7v.1M17 10a7 7 0 1 1-14 0 7 7 0 0 1 14 0Z" />, 16);
