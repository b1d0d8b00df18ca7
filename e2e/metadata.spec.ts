import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { annotated, exiftoolAvailable, type NamedBytes, needlessTags } from './exiftool.ts';
import { file, grainyPhoto, pngOf } from './files.ts';
import { expect, test } from './world.ts';

const MEADOW = readFileSync('public/meadow.jpg');
/** Bytes that an account accepts which has said nothing. */
const LIMIT = 3_000_000;
const GIF = Buffer.from('R0lGODdhAgACAIAAAP8AAAAA/ywAAAAAAgACAAACA0QCBQA7', 'base64');

const EXIF = [
  '-IFD0:Make=Acme',
  '-IFD0:Model=Phone',
  '-IFD0:Artist=Somebody',
  '-ExifIFD:DateTimeOriginal=2026:05:01 10:00:00',
  '-ExifIFD:SerialNumber=123456',
  '-GPS:GPSLatitude=48.8584',
  '-GPS:GPSLatitudeRef=N',
  '-GPS:GPSLongitude=2.2945',
  '-GPS:GPSLongitudeRef=E',
];
const XMP = ['-XMP-dc:Creator=Somebody', '-XMP-exif:GPSLatitude=48.8584', '-XMP-exif:GPSLongitude=2.2945'];
const IPTC = ['-IPTC:City=Paris', '-IPTC:By-line=Somebody'];

async function webpOf(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(() => {
    const canvas = Object.assign(document.createElement('canvas'), { width: 320, height: 240 });
    canvas.getContext('2d')?.fillRect(0, 0, 320, 240);
    return canvas.toDataURL('image/webp').split(',')[1] ?? '';
  });
  return Buffer.from(base64, 'base64');
}

/** What phones, cameras and editors write, in every format that is sent or made another. */
async function annotatedImages(page: Page): Promise<NamedBytes[]> {
  const photo = annotated({ name: 'photo.jpg', bytes: MEADOW }, [
    ...[...EXIF, ...XMP, ...IPTC, '-IFD0:Orientation=6', '-Comment=at home', '-ThumbnailImage<=public/meadow.jpg'],
  ]);
  const large = { name: 'large.jpg', bytes: await grainyPhoto(page, 2 * LIMIT) };
  const motion = Buffer.concat([photo.bytes, photo.bytes]);
  return [
    photo,
    { name: 'motion.jpg', bytes: motion },
    annotated(large, [...EXIF, ...XMP, ...IPTC, '-IFD0:Orientation=8']),
    annotated({ name: 'screen.png', bytes: pngOf(640, 400) }, [
      ...[...EXIF, ...XMP, '-IFD0:Orientation=6', '-PNG:Author=Somebody', '-PNG:Comment=at home'],
    ]),
    annotated({ name: 'drawing.gif', bytes: GIF }, [...XMP, '-Comment=at home']),
    annotated({ name: 'sticker.webp', bytes: await webpOf(page) }, [...EXIF, ...XMP]),
  ];
}

const available = exiftoolAvailable();
const skipped = available !== true && process.env.CI !== 'true';
if (skipped) process.stderr.write(`\n*** SKIPPED: what ExifTool finds in uploaded images. ${available}\n\n`);

test('ExifTool finds nothing in what is uploaded but how it is turned', async ({ chat, sandbox }) => {
  test.skip(skipped, String(available));
  const images = await annotatedImages(chat.page);
  for (const found of needlessTags(images)) expect(found).toContain('XMP-exif:GPSLatitude');
  expect(needlessTags(images)[0]).toEqual(expect.arrayContaining(['GPS:GPSLatitude', 'IPTC:City', 'File:Comment']));
  expect(images[2]?.bytes.length).toBeGreaterThan(LIMIT);

  await chat.open();
  await chat.drop(...images.map(({ name, bytes }) => file(name, '', bytes)));
  for (const { name } of images) {
    const sent = name.replace('.webp', '.jpg');
    await expect(chat.panel.getByRole('button', { name: `Remove ${sent}` })).toBeVisible();
  }
  await chat.send.click();
  await expect.poll(() => sandbox.store?.objects.size).toBe(images.length);

  const stored = [...(sandbox.store?.objects ?? [])];
  const uploads = stored.map(([path, { bytes }], n) => ({ name: `${n}.${path.split('.').pop()}`, bytes }));
  const types = uploads.map(({ name }) => name.slice(2)).sort((a, b) => a.localeCompare(b));
  expect(types).toEqual(['GIF', 'JPG', 'JPG', 'JPG', 'JPG', 'PNG']);
  expect(needlessTags(uploads)).toEqual(images.map(() => []));
  // What follows an image is another file, which ExifTool does not look into.
  const photos = uploads.filter(({ name }) => name.endsWith('JPG'));
  expect(photos.map(({ bytes }) => bytes.subarray(-2).toString('hex'))).toEqual(photos.map(() => 'ffd9'));
  for (const { bytes } of uploads) expect(bytes.length).toBeLessThanOrEqual(LIMIT);
});
