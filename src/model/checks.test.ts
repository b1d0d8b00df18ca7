import { describe, expect, test } from 'vitest';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import { type Content, check } from './checks.ts';
import { cleanName, extensionOf, withExtensionOf } from './fileName.ts';

function holding(type: string | null, pixels: Partial<Content> = {}): Content {
  return { type, found: type, width: null, height: null, sequential: false, animated: false, ...pixels };
}

/** The wire type accepted, or the reason. */
function verdict(name: string, content: Content | null, size = 1000): string {
  const result = check({ name, size }, content, DEFAULT_LIMITS, 'on');
  return 'ok' in result ? result.ok.wire : result.why;
}

describe('name and content', () => {
  test.each([
    ['photo.jpg', 'JPG', 'JPG'],
    ['photo.JPEG', 'JPG', 'JPG'],
    ['photo.jpg ', 'JPG', 'JPG'],
    ['photo.jpg.', 'JPG', 'JPG'],
    ['photo.exe.jpg', 'JPG', 'JPG'],
    ['really-a-png.jpg', 'PNG', 'PNG'],
    ['1000004711', 'JPG', 'JPG'],
    ['moving.gif', 'GIF', 'GIF'],
    ['terms.pdf', 'PDF', 'PDF'],
    ['letter.docx', 'DOCX', 'DOCX'],
    ['notes.txt', 'TXT', 'TXT'],
    ['text.jpg', 'TXT', 'mismatch'],
    ['program.jpg', null, 'mismatch'],
    ['photo.pdf', 'JPG', 'mismatch'],
    ['terms.jpg', 'PDF', 'mismatch'],
    ['plain-zip.docx', null, 'mismatch'],
    ['sheet.docx', 'XLSX', 'mismatch'],
    ['photo.jpg.exe', 'JPG', 'type'],
    ['photo.jpg::$DATA', 'JPG', 'type'],
    ['photo.jpg%00.exe', 'JPG', 'type'],
    ['letter.docm', null, 'type'],
    ['letter.doc', null, 'type'],
    ['photo.heic', null, 'mismatch'],
    ['photo.heic', 'JPG', 'JPG'],
    ['photo.webp', 'PDF', 'mismatch'],
    ['drawing.svg', null, 'type'],
    ['page.html', null, 'type'],
    ['.htaccess', 'TXT', 'type'],
    ['README', 'TXT', 'type'],
    ['terms', 'PDF', 'type'],
    ['photo_high_re\u202egnp.js', 'PNG', 'type'],
  ])('%j holding %s: %s', (name, type, expected) => {
    expect(verdict(name, holding(type))).toBe(expected);
  });
  test('a refusal names the extension', () => {
    expect(check({ name: 'A.EXE', size: 1 }, holding(null), DEFAULT_LIMITS, 'on')).toEqual({
      why: 'type',
      extension: 'exe',
    });
    expect(check({ name: 'a.Jpg', size: 1 }, holding('TXT'), DEFAULT_LIMITS, 'on')).toEqual({
      why: 'mismatch',
      extension: 'jpg',
    });
  });
});

describe('size and pixels', () => {
  const { image, document } = DEFAULT_LIMITS;
  test.each([
    ['a.jpg', 'JPG', image, 'JPG'],
    ['a.jpg', 'JPG', image + 1, 'JPG'],
    ['a.pdf', 'PDF', image + 1, 'PDF'],
    ['a.pdf', 'PDF', document, 'PDF'],
    ['a.pdf', 'PDF', document + 1, 'size'],
    ['a.jpg', 'JPG', 0, 'empty'],
  ])('%s of %s with %i bytes: %s', (name, type, size, expected) => {
    expect(verdict(name, holding(type), size)).toBe(expected);
  });
  test('the limit that was passed is named in bytes', () => {
    const limits = { image: 10, document: 20 };
    expect(check({ name: 'a.pdf', size: 21 }, holding('PDF'), limits, 'on')).toEqual({ why: 'size', limit: 20 });
    const moving = holding('GIF', { animated: true });
    expect(check({ name: 'a.gif', size: 11 }, moving, limits, 'on')).toEqual({ why: 'animation', limit: 10 });
    expect(check({ name: 'a.gif', size: 10 }, moving, limits, 'on')).toHaveProperty('ok');
  });
  test.each([
    ['PNG', 10_000, 5_000, false, 'PNG'],
    ['PNG', 10_000, 5_001, false, 'pixels'],
    ['JPG', 10_000, 5_001, false, 'pixels'],
    ['JPG', 20_000, 10_000, true, 'JPG'],
    ['JPG', 20_000, 10_001, true, 'pixels'],
    ['PNG', 0xffffffff, 0xffffffff, false, 'pixels'],
  ])('%s of %i × %i, sequential %s: %s', (type, width, height, sequential, expected) => {
    expect(verdict('a.png', holding(type, { width, height, sequential }))).toBe(expected);
  });
});

describe('images of another type', () => {
  const other = (found: string, more: Partial<Content> = {}) =>
    holding(null, { found, width: 4000, height: 3000, ...more });
  test.each([
    ['photo.heic', other('heic'), 'JPG'],
    ['photo.HEIF', other('heic'), 'JPG'],
    ['saved from the web.jpg', other('webp'), 'JPG'],
    ['photo.webp', other('webp'), 'JPG'],
    ['photo.avif', other('avif'), 'JPG'],
    ['photo.bmp', other('bmp'), 'JPG'],
    ['1000004711', other('webp'), 'JPG'],
    ['terms.pdf', other('webp'), 'mismatch'],
    ['drawing.png', other('svg'), 'mismatch'],
    ['moving.webp', other('webp', { animated: true }), 'type'],
    ['photo.webp', other('webp', { width: null, height: null }), 'type'],
    ['photo.heic', other('heic', { width: null, height: null }), 'heic'],
    ['photo.heic', other('heic', { width: 9000, height: 9000 }), 'pixels'],
  ])('%s holding %j: %s', (name, content, expected) => {
    expect(verdict(name, content)).toBe(expected);
  });
});

test('a file that cannot be read, and sharing switched off', () => {
  expect(verdict('a.jpg', null)).toBe('unreadable');
  expect(verdict('a folder', null)).toBe('unreadable');
  expect(verdict('a.exe', null)).toBe('type');
  expect(check({ name: 'a.jpg', size: 1 }, holding('JPG'), DEFAULT_LIMITS, 'off')).toEqual({ why: 'sharing-off' });
});

describe('names', () => {
  const JPG = { extensions: ['jpg', 'jpeg'] };
  test.each([
    ['a.jpg', 'a.jpg'],
    ['a.JPEG', 'a.JPEG'],
    ['a.heic', 'a.jpg'],
    ['a.b.png', 'a.b.jpg'],
    ['1000004711', '1000004711.jpg'],
  ])('%j sent as a JPEG is %j', (name, expected) => {
    expect(withExtensionOf(name, JPG)).toBe(expected);
  });

  test.each([
    ['../../etc/passwd', 'passwd'],
    ['..\\..\\x', 'x'],
    ['C:\\fakepath\\x.png', 'x.png'],
    ['a/b.png', 'b.png'],
    ['photo.jpg. .', 'photo.jpg'],
    ['a\r\nX: y.png', 'a X: y.png'],
    ['a\0b\x7f\x9b.png', 'ab.png'],
    ['photo_high_re\u202egnp.js', 'photo_high_regnp.js'],
    ['\u2067a\u2069\u200f.png', 'a.png'],
    ['zero\u200bwidth\ufeff.png', 'zerowidth .png'],
    ['lone\ud800.png', 'lone.png'],
    ['u\u0308ber.png', 'über.png'],
    ['תמונה.jpg', 'תמונה.jpg'],
    ['صورة.png', 'صورة.png'],
    ['👩‍👧.png', '👩‍👧.png'],
    ['"><img src=x onerror=alert(1)>.png', '"><img src=x onerror=alert(1)>.png'],
    ['.htaccess', '.htaccess'],
    ['...', 'file'],
    ['a/', 'file'],
    ['', 'file'],
  ])('%j becomes %j', (name, expected) => {
    expect(cleanName(name)).toBe(expected);
  });
  test.each([
    ['a long name', `${'a'.repeat(300)}.png`, `${'a'.repeat(116)}.png`],
    ['a long name of astral characters', `${'😀'.repeat(300)}.jpeg`, `${'😀'.repeat(115)}.jpeg`],
    ['a long name without extension', 'a'.repeat(300), 'a'.repeat(120)],
    ['a long extension', `a.${'b'.repeat(300)}`, `a.${'b'.repeat(118)}`],
  ])('%s is cut to 120 code points', (_, name, expected) => {
    expect(cleanName(name)).toBe(expected);
  });
  test.each([
    ['a.tar.GZ', 'gz'],
    ['a', ''],
    ['.htaccess', 'htaccess'],
  ])('the extension of %s is %j', (name, expected) => {
    expect(extensionOf(name)).toBe(expected);
  });
});
