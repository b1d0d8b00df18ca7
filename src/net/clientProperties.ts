import type { ClientProperties } from '../protocol/methods.ts';

/** What this window can render. A feature that is not announced is not used toward us (PROTOCOL §3), so nothing more is. */
const FEATURES: readonly string[] = ['AUTO_MESSAGES', 'MULTI_DIALOG', 'PHOTO_SHARING', 'FILE_SHARING'];

const SYSTEMS: readonly [RegExp, ClientProperties['os']][] = [
  [/Android/i, 'ANDROID'],
  [/iPhone|iPad|iPod/i, 'IOS'],
  [/Windows/i, 'WINDOWS'],
  [/Mac OS/i, 'OSX'],
  [/Linux|CrOS/i, 'LINUX'],
];

/** Coarse facts of the device, from a user agent string; nothing that identifies anyone. */
export function clientProperties(userAgent: string, timeZone: string, version: string): ClientProperties {
  const os = SYSTEMS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? 'OTHER';
  const tablet = /iPad|Tablet/i.test(userAgent);
  return {
    type: '.ams.headers.ClientProperties',
    appId: 'attache-chat',
    deviceFamily: tablet ? 'TABLET' : /Mobi|iPhone/i.test(userAgent) ? 'MOBILE' : 'DESKTOP',
    os,
    integration: 'WEB_SDK',
    integrationVersion: version,
    timeZone,
    features: [...FEATURES],
  };
}
