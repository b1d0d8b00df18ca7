import { messaging } from './messaging/messaging.ts';
import type { Group } from './metric.ts';

/** Every group there is, in the order of the table. */
export const GROUPS: readonly Group[] = [messaging];
