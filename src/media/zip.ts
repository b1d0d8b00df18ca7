import { find, holds, latin, u16, u32 } from './bytes.ts';

const LOCAL = 'PK\x03\x04';
const CENTRAL = 'PK\x01\x02';
const END = 'PK\x05\x06';
const LOCAL_HEADER = 30;
const CENTRAL_HEADER = 46;
const END_RECORD = 22;
/** Flag of a local header that does not know its sizes: they follow the data. */
const SIZES_FOLLOW = 0x0008;
/** Characters of a name that are looked at. */
const NAME = 256;
/** A directory of some ten thousand entries; of a longer one the last part is read. */
const MAX_DIRECTORY = 1024 * 1024;

/** The part that makes a document of its kind. Its relationships name it; writers number it at the most. */
const MAIN_PART = {
  DOCX: /^word\/document\d*\.xml$/,
  PPTX: /^ppt\/presentation\d*\.xml$/,
  XLSX: /^xl\/workbook\d*\.xml$/,
} as const;
/** A project, its signature, and the sheets that held macros before there were projects. */
const MACROS = /(?:^|\/)vba(?:project|data)[^/]*$|^xl\/(?:intl)?macrosheets\//;

export function isZip(bytes: Uint8Array): boolean {
  return holds(bytes, 0, LOCAL) || holds(bytes, 0, END);
}

/** Names in the local headers within the start of the file; after an entry of unknown size the next header is searched for. */
function localNames(start: Uint8Array): string[] {
  const names: string[] = [];
  let at = find(start, LOCAL);
  while (at >= 0 && at + LOCAL_HEADER <= start.length) {
    const nameLength = u16(start, at + 26, true);
    names.push(latin(start, at + LOCAL_HEADER, Math.min(nameLength, NAME)));
    const data = at + LOCAL_HEADER + nameLength + u16(start, at + 28, true);
    const sizesFollow = (u16(start, at + 6, true) & SIZES_FOLLOW) !== 0;
    at = find(start, LOCAL, sizesFollow ? data : data + u32(start, at + 18, true));
  }
  return names;
}

/** The end record: the last one whose comment ends with the file, for a ZIP stored inside has one as well. */
function endRecord(bytes: Uint8Array): number {
  for (let at = bytes.lastIndexOf(0x50); at >= 0; at = at > 0 ? bytes.lastIndexOf(0x50, at - 1) : -1) {
    if (holds(bytes, at, END) && at + END_RECORD + u16(bytes, at + 20, true) === bytes.length) return at;
  }
  return -1;
}

/** Names in the central directory, as far as it lies within the end of the file; `whole` when all of it does. */
function centralNames(end: Uint8Array): { readonly names: readonly string[]; readonly whole: boolean } {
  const record = endRecord(end);
  if (record < 0) return { names: [], whole: false };
  const start = record - u32(end, record + 12, true);
  const names: string[] = [];
  let at = find(end, CENTRAL, Math.max(0, start));
  const whole = at === start;
  while (holds(end, at, CENTRAL) && at + CENTRAL_HEADER <= end.length) {
    const nameLength = u16(end, at + 28, true);
    names.push(latin(end, at + CENTRAL_HEADER, Math.min(nameLength, NAME)));
    at += CENTRAL_HEADER + nameLength + u16(end, at + 30, true) + u16(end, at + 32, true);
  }
  return { names, whole };
}

/** Bytes from the beginning of the central directory to the end of the file, as its end record says; at most 1 MiB. */
export function directoryLength(end: Uint8Array): number {
  const record = endRecord(end);
  return record < 0 ? 0 : Math.min(end.length - record + u32(end, record + 12, true), MAX_DIRECTORY);
}

/**
 * Which office document a ZIP is, by the names in it: `macros` when it carries any, `zip` when it is none. Nothing is
 * decompressed, so no content is too large.
 * @param start first bytes of the file
 * @param end last bytes of the file, where the directory of all entries is
 */
export function officeType(start: Uint8Array, end: Uint8Array): 'DOCX' | 'PPTX' | 'XLSX' | 'macros' | 'zip' {
  const listed = centralNames(end);
  const found = listed.whole ? listed.names : [...localNames(start), ...listed.names];
  const names = found.map(normalised);
  if (!names.includes('[content_types].xml')) return 'zip';
  if (names.some((name) => MACROS.test(name)) || find(start, 'macroEnabled') >= 0) return 'macros';
  const holdsMainPart = (type: keyof typeof MAIN_PART) => names.some((name) => MAIN_PART[type].test(name));
  return (['DOCX', 'PPTX', 'XLSX'] as const).find(holdsMainPart) ?? 'zip';
}

/** Names of parts are compared regardless of case; some writers put a backslash, or a slash in front. */
function normalised(name: string): string {
  return name.toLowerCase().replaceAll('\\', '/').replace(/^\//, '');
}
