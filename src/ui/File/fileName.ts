import { fileTypeOf } from '../../protocol/fileTypes.ts';
import type { HostedFile } from '../../protocol/types.ts';

/** Characters kept at the end of a shortened name: the extension and a little of what stands before it. */
const TAIL = 9;

// biome-ignore lint/suspicious/noControlCharactersInRegex: removing them is the purpose.
const DECEIVING = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/gu;

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
}

function extensionsOf(wire: string): readonly string[] {
  return fileTypeOf(wire)?.extensions ?? [wire.toLowerCase()];
}

/** The name to show and to save a stored file by. A caption is its name when it ends like one (PROTOCOL §8). */
export function nameOfFile(file: Pick<HostedFile, 'caption' | 'fileType'>, fallback: string): string {
  const said = file.caption.replace(DECEIVING, '').replace(/\s+/g, ' ').trim();
  const extensions = extensionsOf(file.fileType);
  const name = (said || fallback).slice(0, 120);
  if (extensions.includes(extensionOf(name))) return name;
  return extensions[0] ? `${name}.${extensions[0]}` : name;
}

/** What to write under a file: nothing when the caption only repeats a name. */
export function captionUnder(caption: string, name: string, fileType = ''): string {
  const said = caption.trim();
  if (said === '' || said === name) return '';
  return fileType !== '' && !said.includes(' ') && extensionsOf(fileType).includes(extensionOf(said)) ? '' : said;
}

/** A name in two parts: the first may be cut by an ellipsis, the second always stays. */
export function splitName(name: string): readonly [string, string] {
  const letters = [...name];
  if (letters.length <= TAIL * 2) return [name, ''];
  const tail = letters.slice(-TAIL).join('').trimStart();
  return [name.slice(0, name.length - tail.length), tail];
}
