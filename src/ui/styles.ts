import banner from './Banner/banner.css?inline';
import bubble from './Bubble/bubble.css?inline';
import base from './base.css?inline';
import composer from './Composer/composer.css?inline';
import drop from './Drop/drop.css?inline';
import file from './File/file.css?inline';
import header from './Header/header.css?inline';
import lightbox from './Lightbox/lightbox.css?inline';
import transcript from './Transcript/transcript.css?inline';
import tray from './Tray/tray.css?inline';
import upload from './Upload/upload.css?inline';
import welcome from './Welcome/welcome.css?inline';

/** The panel's whole CSS but its colours (`themeText`), for a constructable sheet. */
export const sheetText: string = [
  base,
  header,
  banner,
  welcome,
  transcript,
  bubble,
  file,
  upload,
  tray,
  composer,
  drop,
  lightbox,
].join('\n');
