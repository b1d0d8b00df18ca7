import { holds } from './bytes.ts';

/** Bytes that no text holds: the WHATWG MIME Sniffing standard's "binary data bytes". */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const BINARY = /[\0-\x08\x0b\x0e-\x1a\x1c-\x1f]/;
const OPENS_MARKUP = /^<(?:html|head|body|script|iframe|svg|!doctype\s+html)(?=[\s>/]|$)/i;
/** What may stand before it. */
const OPENS_PROLOGUE = /^<(?:\?|!--|!doctype)/i;
const HOLDS_MARKUP = /<(?:html|script|svg)(?=[\s>/:])/i;

/**
 * The characters, when the bytes are text: UTF-16 with a byte order mark, UTF-8, or a one-byte alphabet (whose letters beyond
 * ASCII come out as U+FFFD: nothing here looks at them); null when they are not. The bytes may end within a character.
 */
export function readText(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  const text = new TextDecoder(labelOf(bytes)).decode(bytes);
  return BINARY.test(text) ? null : text;
}

function labelOf(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | 'utf-8' {
  if (holds(bytes, 0, '\xff\xfe')) return 'utf-16le';
  return holds(bytes, 0, '\xfe\xff') ? 'utf-16be' : 'utf-8';
}

/** `svg` or `html` when a browser that opens the text could run what is in it; null for plain text. */
export function markupOf(text: string): 'svg' | 'html' | null {
  const begin = text.slice(0, 1024).trimStart();
  if (!OPENS_MARKUP.test(begin) && !(OPENS_PROLOGUE.test(begin) && HOLDS_MARKUP.test(begin))) return null;
  return /<svg[\s>/:]/i.test(begin) ? 'svg' : 'html';
}
