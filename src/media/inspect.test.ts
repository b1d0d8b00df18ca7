import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inspect, inspected } from './inspect.ts';
import {
  bytesOf,
  CONTENT_TYPES,
  END_OF_IMAGE,
  exifSegment,
  GIF_LOOP,
  gif,
  gifFrame,
  jpeg,
  jpegSegment,
  phoneTiff,
  png,
  pngChunk,
  SCAN,
  START_OF_IMAGE,
  START_OF_SCAN,
  tiff,
  watched,
  wholeJpeg,
  zip,
} from './samples.ts';

const KB = 1024;
const docx = zip({ ...CONTENT_TYPES, 'word/document.xml': '<w:document/>' });
const filler = 'x'.repeat(200 * KB);
const MAIN_DECK = { ...CONTENT_TYPES, 'ppt/presentation.xml': '' };

describe('images', () => {
  test('a turned JPEG has its size as shown', async () => {
    expect(await inspect(new Blob([jpeg(4032, 3024, exifSegment(tiff(6)))]))).toEqual({
      type: 'JPG',
      found: 'JPG',
      width: 3024,
      height: 4032,
      orientation: 6,
      animated: false,
      sequential: true,
      alpha: false,
      thumbnail: null,
    });
  });
  test('an embedded thumbnail is where it says, in a JPEG and in a PNG', async () => {
    const small = wholeJpeg();
    for (const bytes of [
      jpeg(40, 30, exifSegment(phoneTiff(6, small))),
      png(40, 30, pngChunk('eXIf', phoneTiff(6, small))),
    ]) {
      const { thumbnail, orientation } = await inspect(new Blob([bytes]));
      expect(orientation).toBe(6);
      expect(bytes.slice(thumbnail?.from, thumbnail?.to)).toEqual(small);
    }
  });
  test.each([
    ['names no size', bytesOf(START_OF_IMAGE, START_OF_SCAN, SCAN, END_OF_IMAGE)],
    ['is a bomb', bytesOf(jpeg(20_000, 20_000), SCAN, END_OF_IMAGE)],
  ])('an embedded thumbnail that %s is none', async (_, small) => {
    expect((await inspect(new Blob([jpeg(40, 30, exifSegment(phoneTiff(6, small)))]))).thumbnail).toBeNull();
  });
  test('opacity is what PNG and GIF say of it', async () => {
    const seeThrough = [0x21, 0xf9, 4, 1, 0, 0, 0, 0];
    expect(await inspect(new Blob([png(4, 4, pngChunk('tRNS', [0]))]))).toMatchObject({ type: 'PNG', alpha: true });
    expect(await inspect(new Blob([gif(4, 4, seeThrough, gifFrame(4, 4))]))).toMatchObject({
      type: 'GIF',
      alpha: true,
    });
  });
  test('a turned PNG and a GIF', async () => {
    const turned = await inspect(new Blob([png(640, 480, pngChunk('eXIf', tiff(8)))]));
    expect(turned).toMatchObject({ type: 'PNG', width: 480, height: 640, orientation: 8, sequential: false });
    const moving = await inspect(new Blob([gif(8, 9, GIF_LOOP, gifFrame(8, 9))]));
    expect(moving).toMatchObject({ type: 'GIF', width: 8, height: 9, animated: true });
  });
  test('a JPEG is read on to 256 KiB for its frame header, and no further', async () => {
    const profile = jpegSegment(0xe2, new Array<number>(60 * KB).fill(0));
    const far = new Blob([jpeg(30, 20, profile, profile, profile)]);
    expect(await inspect(far)).toMatchObject({ type: 'JPG', width: 30, height: 20 });
    const tooFar = new Blob([jpeg(30, 20, profile, profile, profile, profile, profile)]);
    expect(await inspect(tooFar)).toMatchObject({ type: 'JPG', width: null, height: null });
  });
  test('a large file is not read beyond its header', async () => {
    const { blob, ranges } = watched(new Blob([png(30, 20), filler, filler]));
    await inspect(blob);
    expect(ranges).toEqual([[0, 64 * KB]]);
  });
  test('a blob that cannot be read rejects', async () => {
    const gone = new Blob(['x']);
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')) }) as Blob;
    await expect(inspect(gone)).rejects.toThrow('gone');
  });
});

describe('office documents', () => {
  test.each([
    ['DOCX', { ...CONTENT_TYPES, 'word/document.xml': '' }],
    ['PPTX', { ...CONTENT_TYPES, 'ppt/presentation.xml': '' }],
    ['XLSX', { ...CONTENT_TYPES, 'xl/workbook.xml': '' }],
    ['zip', { 'word/document.xml': '' }],
    ['zip', { ...CONTENT_TYPES, 'notes.txt': '' }],
    ['zip', {}],
    ['DOCX', { ...CONTENT_TYPES, 'word/document2.xml': '' }],
    ['DOCX', { '[content_types].xml': '', 'word\\document.xml': '' }],
    ['zip', { ...CONTENT_TYPES, 'word/styles.xml': '' }],
    ['zip', { ...CONTENT_TYPES, 'xl/workbook.bin': '' }],
    ['zip', { ...CONTENT_TYPES, 'copy/word/document.xml': '' }],
    ['macros', { ...CONTENT_TYPES, 'word/document.xml': '', 'word/vbaProject.bin': '' }],
    ['macros', { ...CONTENT_TYPES, 'xl/workbook.xml': '', 'xl/vbaProjectSignature.bin': '' }],
    ['macros', { ...CONTENT_TYPES, 'xl/workbook.xml': '', 'xl/macrosheets/sheet1.xml': '' }],
    [
      'macros',
      { '[Content_Types].xml': 'application/vnd.ms-word.document.macroEnabled.main+xml', 'word/document.xml': '' },
    ],
  ])('%s by %j', async (found, entries) => {
    for (const sizesFollow of [false, true]) {
      expect((await inspect(new Blob([zip(entries, sizesFollow)]))).found).toBe(found);
    }
  });
  test('names that stand far from the start are found in the directory', async () => {
    const entries = { 'docProps/thumbnail.jpeg': filler, ...CONTENT_TYPES, 'word/document.xml': '' };
    expect((await inspect(new Blob([zip(entries)]))).type).toBe('DOCX');
    const withMacro = { ...CONTENT_TYPES, 'word/document.xml': filler, 'word/vbaProject.bin': filler };
    expect((await inspect(new Blob([zip(withMacro)]))).found).toBe('macros');
  });
  test('a directory longer than 64 KiB is read as a whole', async () => {
    const media = (letter: string) =>
      Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`ppt/media/${letter.repeat(3000)}${n}.png`, '']));
    const deck = zip({ ...MAIN_DECK, ...media('a'), 'ppt/vbaProject.bin': '', ...media('b') });
    expect((await inspect(new Blob([deck]))).found).toBe('macros');
  });
  test('of a directory that claims to be endless 1 MiB is read', async () => {
    const deck = zip(MAIN_DECK);
    deck.set([0xff, 0xff, 0xff, 0xff], deck.length - 22 + 12);
    const { blob, ranges } = watched(new Blob([deck, ...new Array<string>(10).fill(filler), deck.slice(-22)]));
    expect((await inspect(blob)).found).toBe('PPTX');
    expect(ranges.map(([from = 0, to = 0]) => to - from)).toEqual([64 * KB, 64 * KB, 1024 * KB]);
  });
  test('a ZIP cut before its directory is known by its first entries', () => {
    expect(inspected(docx.subarray(0, 165), docx.subarray(0, 165)).type).toBe('DOCX');
  });
  test.each([false, true])(
    'a document stored inside of a workbook does not make it one (sizes follow: %s)',
    (sizesFollow) => {
      const letter = String.fromCharCode(...docx);
      const workbook = zip({ ...CONTENT_TYPES, 'xl/workbook.xml': '', 'xl/embeddings/a.docx': letter }, sizesFollow);
      expect(inspected(workbook, workbook).type).toBe('XLSX');
      // Without the directory, the sizes in the entries lead around what is stored in them.
      const cut = workbook.subarray(0, workbook.length - 22);
      if (!sizesFollow) expect(inspected(cut, cut).type).toBe('XLSX');
    },
  );
  test('a directory of which only the end is at hand is read from its first whole entry', () => {
    const slides = Object.fromEntries(Array.from({ length: 40 }, (_, n) => [`ppt/slides/slide${n}.xml`, '']));
    const deck = zip({ ...CONTENT_TYPES, ...slides, 'ppt/vbaProject.bin': '' });
    expect(inspected(deck.subarray(0, 200), deck.subarray(deck.length - 300)).found).toBe('macros');
  });
});

describe('the rest', () => {
  const utf16 = bytesOf([0xff, 0xfe], [0x48, 0, 0x69, 0]);
  test.each([
    ['PDF', '%PDF-1.7\n%\xe2\xe3\xcf\xd3\0'],
    ['PDF', `\xef\xbb\xbf${' '.repeat(900)}%PDF-1.4\n\0`],
    [null, `\0${' '.repeat(1100)}%PDF-1.4\n`],
    ['PDF', '%PDF-1.4\nall of it text'],
    ['TXT', 'a PDF begins with %PDF-1.7'],
    ['TXT', 'order 4711, ärger'],
    ['TXT', 'Gr\xfc\xdfe aus K\xf6ln'],
    ['TXT', 'MZ is a text too, and BM as well'],
    ['TXT', '<3 from me'],
    [null, 'text with a NUL\0'],
    ['html', ' <!DOCTYPE html><p>x'],
    ['html', '<script>alert(1)</script>'],
    ['html', '<!-- x --><html>%PDF-1.4'],
    ['svg', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['html', '\xef\xbb\xbf<html>'],
    ['svg', '<?xml version="1.0"?>\n<svg/>'],
    ['TXT', '<?xml version="1.0"?>\n<order/>'],
    ['webp', 'RIFF\x24\0\0\0WEBPVP8 '],
    ['heic', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['avif', '\0\0\0\x1cftypmif1\0\0\0\0mif1avif'],
    [null, '\0\0\0\x18ftypisom\0\0\0\0isomavc1'],
    ['ole', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0'],
    ['exe', 'MZ\x90\0\x03\0'],
    ['bmp', 'BM\x36\0\0\0'],
    ['tiff', 'II*\0\x08\0'],
    [null, '\0\x01\x02'],
    [null, ''],
  ])('%s: %j', async (found, content) => {
    expect((await inspect(new Blob([bytesOf(content)]))).found).toBe(found);
  });
  test('what is refused has no type, what is accepted has both', async () => {
    expect(await inspect(new Blob([bytesOf('MZ\0')]))).toMatchObject({ type: null, found: 'exe', width: null });
    expect(await inspect(new Blob(['hello']))).toMatchObject({ type: 'TXT', found: 'TXT', width: null });
  });
  test('text in UTF-16, and text whose last character the header cuts', async () => {
    expect((await inspect(new Blob([utf16]))).type).toBe('TXT');
    expect((await inspect(new Blob([`x${'ä'.repeat(64 * KB)}`]))).type).toBe('TXT');
  });
});

describe('hostile bytes', () => {
  const whole = [
    jpeg(4032, 3024, exifSegment(tiff(6))),
    png(9, 9, pngChunk('eXIf', tiff(3))),
    gif(4, 4, GIF_LOOP, gifFrame(4, 4)),
    docx,
  ];
  const judged = (bytes: Uint8Array) => {
    const { width, height, orientation } = inspected(bytes, bytes);
    expect((width ?? 1) > 0 && (height ?? 1) > 0 && orientation >= 1 && orientation <= 8).toBe(true);
  };
  test('random bytes behind any signature are judged without a throw', () => {
    const signature = fc.constantFrom(
      '',
      '\xff\xd8\xff',
      '\x89PNG\r\n\x1a\n',
      'GIF89a',
      'PK\x03\x04',
      'PK\x05\x06',
      '\0\0\0\x18ftyp',
      '<',
    );
    fc.assert(
      fc.property(signature, fc.uint8Array({ maxLength: 400 }), (begin, rest) => judged(bytesOf(begin, rest))),
      { numRuns: 2000 },
    );
  });
  test('files with changed bytes, cut anywhere, are judged without a throw', () => {
    const change = fc.record({ at: fc.nat({ max: 400 }), to: fc.nat({ max: 255 }) });
    const cut = fc.nat({ max: 500 });
    fc.assert(
      fc.property(fc.constantFrom(...whole), fc.array(change, { maxLength: 12 }), cut, (original, changes, length) => {
        const bytes = original.slice();
        for (const { at, to } of changes) bytes[at % bytes.length] = to;
        judged(bytes.subarray(0, length));
      }),
      { numRuns: 3000 },
    );
  });
});
