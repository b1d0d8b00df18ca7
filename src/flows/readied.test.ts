import { expect, test } from 'vitest';
import type { Inspection } from '../media/inspect.ts';
import type { Prepare, Prepared } from '../media/prepare.ts';
import { DEFAULT_LIMITS, type FileType, fileTypeOf } from '../protocol/fileTypes.ts';
import { readied } from './readied.ts';

const JPG = fileTypeOf('JPG') as FileType;
const PDF = fileTypeOf('PDF') as FileType;
const io = { limits: DEFAULT_LIMITS, signal: new AbortController().signal };
const made = { at: 'ready', preview: 'data:', width: 40, height: 30, locationRemoved: true } as const;

const inspection = (facts: Partial<Inspection>) => facts as Inspection;
const giving =
  (outcome: Prepared): Prepare =>
  async () =>
    outcome;

test('a document goes as it is, labelled with the type of its content, and is never prepared', async () => {
  const file = new File(['%PDF-'], 'terms.pdf', { type: 'application/x-pdf' });
  const never: Prepare = () => Promise.reject(new Error('it is a document'));
  const result = await readied(never, file, { ok: PDF, inspection: inspection({}) }, io);
  expect(result).toMatchObject({ about: { name: 'terms.pdf', fileType: 'PDF', uploadSize: 5 } });
  expect('blob' in result && [result.blob.type, await result.blob.text()]).toEqual(['application/pdf', '%PDF-']);
});

test.each([
  ['IMG_1.heic', 'JPG', 'IMG_1.jpg'],
  ['logo.webp', 'PNG', 'logo.png'],
  ['shot.png', 'JPG', 'shot.jpg'],
  ['photo.JPEG', 'JPG', 'photo.JPEG'],
  ['1000004711', 'JPG', '1000004711.jpg'],
] as const)('%s sent as %s is called %s', async (name, type, expected) => {
  const blob = new Blob(['1234567']);
  const accepted = { ok: JPG, inspection: inspection({}) };
  const result = await readied(giving({ ...made, blob, type }), new File(['1'], name), accepted, io);
  const { preview, width, height, locationRemoved } = made;
  const about = { name: expected, fileType: type, uploadSize: 7, preview, width, height, locationRemoved };
  expect(result).toEqual({ blob, about });
});

test('the limit for images is handed on', async () => {
  let asked = 0;
  const ask: Prepare = async (_, __, { limit }) => {
    asked = limit;
    return { at: 'too-large' };
  };
  const limits = { image: 7, document: 9 };
  await readied(ask, new File(['1'], 'a.jpg'), { ok: JPG, inspection: inspection({}) }, { ...io, limits });
  expect(asked).toBe(7);
});

test.each([
  ['unreadable', {}, { why: 'unreadable' }],
  ['broken', {}, { why: 'mismatch', extension: 'jpg' }],
  ['undecodable', { found: 'heic' }, { why: 'heic' }],
  ['undecodable', { found: 'avif' }, { why: 'type', extension: 'avif' }],
  ['too-large', { animated: true }, { why: 'animation', limit: DEFAULT_LIMITS.image }],
  ['too-large', { animated: false }, { why: 'size', limit: DEFAULT_LIMITS.image }],
] as const)('%s of %j is refused: %j', async (at, facts, why) => {
  const accepted = { ok: JPG, inspection: inspection(facts) };
  expect(await readied(giving({ at }), new File(['1'], 'a.jpg'), accepted, io)).toEqual(why);
});
