/** Text in pieces: plain, or a link that is safe to offer (no HTML is ever made of it). */
export type Piece =
  | { readonly type: 'text'; readonly text: string }
  /** `text` shows the host that the link really goes to, in ASCII. */
  | { readonly type: 'link'; readonly text: string; readonly href: string };

/** A scheme of ours that does not continue a longer word, scheme, path or address. */
const CANDIDATE = /(?<![\p{L}\p{N}_:/@%.\\-])(?:https?:\/\/|mailto:|tel:)[^\s<>"]+/giu;

/** Controls, zero-width and bidi characters: they make an address look like another one. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the purpose.
const DECEIVING = /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

const MAIL = /^mailto:[\p{L}\p{N}._+-]+@[\p{L}\p{N}.-]+$/iu;
const PHONE = /^tel:\+?[\d().-]{3,24}$/i;

/** The candidate without the punctuation of the sentence around it; a bracket stays when it was opened inside. */
function withoutTail(candidate: string): string {
  let end = candidate.length;
  while (end > 0) {
    const last = candidate[end - 1] ?? '';
    const inside = candidate.slice(0, end - 1);
    const closes = last === ')' ? '(' : last === ']' ? '[' : '';
    const unopened = closes !== '' && inside.split(closes).length <= inside.split(last).length;
    if (!/[.,;:!?'’”»…*_]/u.test(last) && !unopened) break;
    end -= 1;
  }
  return candidate.slice(0, end);
}

function webLink(raw: string): Piece | null {
  if (!URL.canParse(raw)) return null;
  const url = new URL(raw);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return null;
  if (url.username !== '' || url.password !== '' || url.hostname === '') return null;
  const [, scheme = '', authority = ''] = /^(https?:\/\/)([^/?#\\]*)/i.exec(raw) ?? [];
  // The address bar's host, not the one that was typed: "ebаy.com" with a Cyrillic а becomes xn--eby-7cd.com.
  const text =
    authority.toLowerCase() === url.host ? raw : scheme + url.host + raw.slice(scheme.length + authority.length);
  return { type: 'link', text, href: url.href };
}

/** Characters of the longest address offered: nobody reads more, and trimming must stay cheap. */
const LONGEST = 2_048;

function linkOf(raw: string): Piece | null {
  if (DECEIVING.test(raw)) return null;
  if (/^http/i.test(raw)) return webLink(raw);
  return MAIL.test(raw) || PHONE.test(raw) ? { type: 'link', text: raw.replace(/^\w+:/, ''), href: raw } : null;
}

/** Pieces of a text in order; only http, https, mailto and tel become links, without userinfo or deceiving characters. */
export function linkify(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    if (match[0].length > LONGEST) continue;
    const raw = withoutTail(match[0]);
    const link = linkOf(raw);
    if (!link) continue;
    if (match.index > from) pieces.push({ type: 'text', text: text.slice(from, match.index) });
    pieces.push(link);
    from = match.index + raw.length;
  }
  if (from < text.length) pieces.push({ type: 'text', text: text.slice(from) });
  return pieces;
}
