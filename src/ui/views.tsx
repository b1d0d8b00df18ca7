import bubble from './Bubble/bubble.css?inline';
import attach from './Composer/attach.css?inline';
import drop from './Drop/drop.css?inline';
import file from './File/file.css?inline';
import menu from './Header/menu.css?inline';
import lightbox from './Lightbox/lightbox.css?inline';
import photoGrid from './Transcript/photoGrid.css?inline';
import transcript from './Transcript/transcript.css?inline';
import tray from './Tray/tray.css?inline';
import upload from './Upload/upload.css?inline';

/** What there is to see once somebody talks or shows a file: nothing of it is needed to open the panel. */
export { Announcements } from './Announcer/Announcements.tsx';
export { AttachHint } from './Composer/AttachHint.tsx';
export { AttachWays } from './Composer/AttachWays.tsx';
export { PictureOffer } from './Composer/PictureOffer.tsx';
export { DropOverlay } from './Drop/DropOverlay.tsx';
export { Menu } from './Header/Menu.tsx';
export { Viewer } from './Lightbox/Viewer.tsx';
export { Transcript } from './Transcript/Transcript.tsx';
export { Tray } from './Tray/Tray.tsx';
export { Speaking } from './viewWords.tsx';

/** Stands beside `sheetText` in a constructable sheet of its own. */
export const css: string = [menu, transcript, bubble, file, upload, photoGrid, tray, attach, drop, lightbox].join('\n');
