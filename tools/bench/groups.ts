import { images } from './images/images.ts';
import { messaging } from './messaging/messaging.ts';
import type { Group } from './metric.ts';
import { page } from './page/page.ts';
import { transcript } from './page/transcript.ts';
import { uploads } from './uploads/uploads.ts';

/** Every group there is, in the order of the table. */
export const GROUPS: readonly Group[] = [messaging, images, page, transcript, uploads];
