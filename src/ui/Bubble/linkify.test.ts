import { describe, expect, test } from 'vitest';
import { linkify } from './linkify.ts';

const linksIn = (text: string) => linkify(text).filter((piece) => piece.type === 'link');
const shown = (text: string) =>
  linkify(text)
    .map((piece) => piece.text)
    .join('');

describe('linkify', () => {
  test.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    '\u0001javascript:alert(1)',
    '%6Aavascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'vbscript:msgbox(1)',
    'blob:https://victim/uuid',
    'file:///etc/passwd',
    'intent://x#Intent;scheme=http;end',
    '//evil.example',
    'https:evil.example',
    'https:\\\\evil.example',
    'https://good.example@evil.example',
    'https://good.example%2F@evil.example',
    'https://user:secret@good.example/',
    'https://exa\u202Emoc.elpm',
    'https://a\u200Bb.example',
    'mailto:x@y?cc=all@z&body=%0d%0a',
    'tel:+1;ext=<svg>',
    'https://',
    'javascript:https://good.example',
  ])('offers no link for %j and keeps its text', (text) => {
    expect(linksIn(text)).toEqual([]);
    expect(shown(text)).toBe(text);
  });

  test.each([
    ['https://ebаy.com', 'https://xn--eby-7cd.com', 'https://xn--eby-7cd.com/'],
    ['https://www.xn--80ak6aa92e.com', 'https://www.xn--80ak6aa92e.com', 'https://www.xn--80ak6aa92e.com/'],
    ['http://2130706433/', 'http://127.0.0.1/', 'http://127.0.0.1/'],
    ['https://[::1]/', 'https://[::1]/', 'https://[::1]/'],
    ['HTTPS://Example.com/A?b#c', 'HTTPS://Example.com/A?b#c', 'https://example.com/A?b#c'],
    [
      'https://good.example\\@evil.example',
      'https://good.example\\@evil.example',
      'https://good.example/@evil.example',
    ],
    ['mailto:ana@meadow.example', 'ana@meadow.example', 'mailto:ana@meadow.example'],
    ['tel:+49-30-1234', '+49-30-1234', 'tel:+49-30-1234'],
  ])('links %j as %j', (text, label, href) => {
    expect(linkify(text)).toEqual([{ type: 'link', text: label, href }]);
  });

  test('leaves the punctuation of the sentence outside', () => {
    expect(linkify('See https://example.com/(a)b. Or (https://example.com/c)!')).toEqual([
      { type: 'text', text: 'See ' },
      { type: 'link', text: 'https://example.com/(a)b', href: 'https://example.com/(a)b' },
      { type: 'text', text: '. Or (' },
      { type: 'link', text: 'https://example.com/c', href: 'https://example.com/c' },
      { type: 'text', text: ')!' },
    ]);
  });

  test('stops at what cannot be part of an address', () => {
    expect(linksIn(`"https://example.com/?a=<b>&c='d'"`)).toEqual([
      { type: 'link', text: 'https://example.com/?a=', href: 'https://example.com/?a=' },
    ]);
  });

  test('leaves an endless address as text', () => {
    const text = `https://a${')'.repeat(20_000)} ${'https://'.repeat(5_000)}`;
    expect(linksIn(text)).toEqual([]);
    expect(shown(text) === text).toBe(true);
  });
});
