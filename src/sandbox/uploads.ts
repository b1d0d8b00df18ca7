import { FILE_SHARING_OFF, fileTypeOf } from '../protocol/fileTypes.ts';
import { field, numberOf, stringOf } from '../protocol/read.ts';
import { type Link, personOf } from './link.ts';
import { fileSharingOn } from './records.ts';
import { refuse, secondsNow, type World } from './world.ts';

/** Signed paths for files (PROTOCOL §8). The bytes never come here: they go to the object store. */

export interface SignedAnswer {
  readonly relativePath: string;
  readonly queryParams: { readonly temp_url_sig: string; readonly temp_url_expires: string };
}

/** Swift account that the files of every brand lie in; the brand's account is the container. */
const SWIFT_ACCOUNT = 'AUTH_async-images';

function signed(world: World, method: 'PUT' | 'GET', relativePath: string): SignedAnswer {
  const expires = secondsNow(world) + world.lifetimes.signedPath;
  return {
    relativePath,
    queryParams: { temp_url_sig: world.signPath(method, expires, relativePath), temp_url_expires: String(expires) },
  };
}

/** `{consumerId}_uuid_{uuid}_{dd-mm-yyyy}_{hh-mm-ss-mmm}.JPG` (PROTOCOL §8.2), in UTC. */
function objectName(world: World, by: string, fileType: string): string {
  const [date = '', time = ''] = new Date(world.clock.now()).toISOString().slice(0, 23).split('T');
  const day = date.split('-').reverse().join('-');
  return `${by}_uuid_${world.uuid()}_${day}_${time.replaceAll(/[:.]/g, '-')}.${fileType}`;
}

/** A path to PUT one file to. Refuses what the account does not take. */
export function uploadPath(world: World, link: Link, body: unknown): SignedAnswer {
  if (!fileSharingOn(link.account)) refuse(400, FILE_SHARING_OFF);
  const fileType = (stringOf(field(body, 'fileType')) ?? '').toUpperCase();
  const size = numberOf(field(body, 'fileSize'));
  const known = fileTypeOf(fileType);
  if (!known) refuse(400, `Unsupported file type ${fileType.slice(0, 16)}`);
  if (size === null || !Number.isSafeInteger(size) || size <= 0) refuse(400, 'fileSize must be a number of bytes');
  const limit = link.account.limits[known.kind];
  if (size > limit) refuse(400, `File size ${size} exceeds the limit of ${limit} bytes`);
  const by = personOf(link);
  const path = `/v1/${SWIFT_ACCOUNT}/${link.account.id}/${objectName(world, by, fileType)}`;
  link.account.uploads.set(path, by);
  world.changed();
  return signed(world, 'PUT', path);
}

/** A path to GET a file from, for whoever uploaded it or takes part in a conversation where it was published. */
export function downloadPath(world: World, link: Link, body: unknown): SignedAnswer {
  const path = stringOf(field(body, 'relativePath')) ?? '';
  const prefix = `/v1/${SWIFT_ACCOUNT}/${link.account.id}/`;
  const name = path.slice(prefix.length);
  if (!path.startsWith(prefix) || name === '' || name.includes('/') || name === '..') {
    refuse(400, 'relativePath is not a file of this account');
  }
  if (!mayRead(link, path)) refuse(403, 'Not a participant');
  return signed(world, 'GET', path);
}

function mayRead(link: Link, path: string): boolean {
  const me = personOf(link);
  if (link.kind === 'agent' || link.account.uploads.get(path) === me) return true;
  for (const conversation of link.account.conversations.values()) {
    if (conversation.consumerId !== me) continue;
    for (const dialog of conversation.dialogs) {
      const here = dialog.events.some(
        (stored) => stored.audience === 'ALL' && field(stored.event.message, 'relativePath') === path,
      );
      if (here) return true;
    }
  }
  return false;
}
