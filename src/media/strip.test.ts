import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Inspection, inspect } from './inspect.ts';
import {
  bytesOf,
  CONTENT_TYPES,
  exifSegment,
  GIF_LOOP,
  gif,
  gifFrame,
  jpegSegment,
  phoneTiff,
  png,
  pngChunk,
  wholeJpeg,
  zip,
} from './samples.ts';
import { strip } from './strip.ts';

const exif = phoneTiff(6, wholeJpeg());
const comment = [0x21, 0xfe, 3, 1, 2, 3, 0];
const photo = wholeJpeg(exifSegment(exif), jpegSegment(0xe2, 'ICC_PROFILE\0\x01\x01'), jpegSegment(0xed, 'Photoshop'));

describe('any file', () => {
  test('keeps its media type', async () => {
    const { blob } = await strip(new Blob([photo], { type: 'image/jpeg' }), { type: 'JPG' });
    expect(blob.type).toBe('image/jpeg');
  });
  test.each(['PDF', 'DOCX', 'TXT', null] as const)('of type %s is given back as it is', async (type) => {
    const blob = new Blob([photo]);
    expect(await strip(blob, { type })).toEqual({ blob, removed: false, location: false });
  });
  test('that cannot be read rejects', async () => {
    const gone = new Blob(['x']);
    const why = new DOMException('gone', 'NotFoundError');
    gone.slice = () => ({ arrayBuffer: () => Promise.reject(why) }) as Blob;
    gone.stream = () => new ReadableStream({ start: (to) => to.error(why) });
    await expect(strip(gone, { type: 'JPG' })).rejects.toThrow('gone');
    await expect(strip(gone, { type: 'PNG' })).rejects.toThrow('gone');
  });
});

const samples = [
  photo,
  bytesOf(photo, photo),
  wholeJpeg(
    jpegSegment(0xe1, 'http://ns.adobe.com/xap/1.0/\0GPSLatitude'),
    jpegSegment(0xfe, 'hi'),
    jpegSegment(0xdd, [0, 4]),
  ),
  png(9, 9, pngChunk('tEXt', [1, 2]), pngChunk('eXIf', exif), pngChunk('tRNS', [0])),
  gif(4, 4, GIF_LOOP, comment, gifFrame(4, 4), [0x21, 0xf9, 4, 1, 0, 0, 0, 0], gifFrame(4, 4), comment),
  zip({ ...CONTENT_TYPES, 'word/document.xml': '<w:document/>' }),
  bytesOf('RIFF\x24\0\0\0WEBPVP8X'),
  bytesOf('plain text'),
];
/** Bytes that mean something to one of the formats. */
const meaning = fc.constantFrom(
  0,
  1,
  0x21,
  0x2c,
  0x3b,
  0x4d,
  0x7f,
  0x80,
  0xc0,
  0xd0,
  0xd8,
  0xd9,
  0xda,
  0xe1,
  0xfe,
  0xff,
);
const change = fc.record({ at: fc.nat({ max: 1000 }), to: fc.oneof(meaning, fc.nat({ max: 255 })) });

test('changed bytes, cut anywhere: both judge, and what is stripped once is stripped', async () => {
  const bytes = fc.constantFrom(...samples);
  await fc.assert(
    fc.asyncProperty(
      bytes,
      fc.array(change, { maxLength: 12 }),
      fc.nat({ max: 1500 }),
      async (whole, changes, length) => {
        const changed = whole.slice();
        for (const { at, to } of changes) changed[at % changed.length] = to;
        const blob = new Blob([changed.subarray(0, length)]);
        const inspection = await inspect(blob);
        const once = await strip(blob, inspection);
        const { thumbnail } = inspection;
        expect(thumbnail === null || (thumbnail.from < thumbnail.to && thumbnail.to <= blob.size)).toBe(true);
        expect(once.removed).toBe(once.blob !== blob);
        expect((await strip(once.blob, inspection)).removed).toBe(false);
        if (inspection.width !== null) expect(shownBy(await inspect(once.blob))).toEqual(shownBy(inspection));
      },
    ),
    { numRuns: 500 },
  );
});

/** What stripping must not change. */
function shownBy({ thumbnail, ...shown }: Inspection): Omit<Inspection, 'thumbnail'> {
  return shown;
}
