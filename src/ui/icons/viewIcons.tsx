import { icon } from './icons.tsx';

/** The icons of the views. */

export const SmallCloseIcon = () => icon(<path d="m5.5 5.5 9 9m0-9-9 9" />, 14);
export const DownloadIcon = () => icon(<path d="M10 3v9.4m-4-3.8 4 3.8 4-3.8M4 16.6h12" />);
export const PreviousIcon = () => icon(<path d="m12.2 4.6-5.6 5.4 5.6 5.4" />);
export const NextIcon = () => icon(<path d="m7.8 4.6 5.6 5.4-5.6 5.4" />);
const GLASS = 'm16.6 16.6-3.8-3.8M14.2 8.8a5.4 5.4 0 1 1-10.8 0 5.4 5.4 0 0 1 10.8 0Z';
export const ZoomInIcon = () => icon(<path d={`${GLASS}M8.8 6.6v4.4M6.6 8.8H11`} />);
export const ZoomOutIcon = () => icon(<path d={`${GLASS}M6.6 8.8H11`} />);
export const CameraIcon = () =>
  icon(
    <>
      <path d="M3 7.4a1.6 1.6 0 0 1 1.6-1.6h1.7l1.2-1.9h5l1.2 1.9h1.7A1.6 1.6 0 0 1 17 7.4v7.2a1.6 1.6 0 0 1-1.6 1.6H4.6A1.6 1.6 0 0 1 3 14.6Z" />
      <circle cx="10" cy="10.8" r="2.8" />
    </>,
  );
export const EarlierIcon = () => icon(<path d="m12 5.4-4.6 4.6 4.6 4.6" />, 14);
export const LaterIcon = () => icon(<path d="m8 5.4 4.6 4.6L8 14.6" />, 14);
export const PhotoIcon = () =>
  icon(
    <>
      <rect x="2.8" y="3.6" width="14.4" height="12.8" rx="2.6" />
      <circle cx="7.1" cy="7.8" r="1.3" />
      <path d="m3.2 14.4 3.6-3.3 2.7 2.3 3.4-3.7 4 4.2" />
    </>,
    28,
  );
export const FileOffIcon = () =>
  icon(
    <path d="M11.5 3H6a1.5 1.5 0 0 0-1.5 1.5v11A1.5 1.5 0 0 0 6 17h8a1.5 1.5 0 0 0 1.5-1.5V7l-4-4v4h4M3 3l14 14" />,
    28,
  );
export const MenuIcon = () =>
  icon(
    <g className="icon-dots">
      <circle cx="4" cy="10" r="1.5" />
      <circle cx="10" cy="10" r="1.5" />
      <circle cx="16" cy="10" r="1.5" />
    </g>,
  );
export const DownIcon = () => icon(<path d="M10 4v12m-4.8-4.8L10 16l4.8-4.8" />, 16);
export const EndIcon = () => icon(<path d="M10 3.2v6.3M6.1 5.2a6.3 6.3 0 1 0 7.8 0" />);
export const RetryIcon = () => icon(<path d="M15.6 7.2A6.2 6.2 0 1 0 16.2 11M15.9 3.4v4h-4" />, 14);
export const TickIcon = () => icon(<path d="m4.6 10.6 3.5 3.5 7.3-8" />, 14);
export const TicksIcon = () => icon(<path d="m1.6 10.8 3.4 3.4 7-7.8M9 13.4l.9.8 7.6-8" />, 14);
