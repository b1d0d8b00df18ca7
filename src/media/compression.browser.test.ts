import { afterEach, expect, test, vi } from 'vitest';
import { MAX_PREVIEW_CHARACTERS } from '../protocol/fileTypes.ts';
import { compression } from './compression.ts';
import { inspect } from './inspect.ts';
import { cornersOf, drawn, noise, pictureOf, quarters, turnedPhoto, UPRIGHT, withExif } from './pictures.testing.ts';
import { type Prepared, type PrepareIo, prepare } from './prepare.ts';
import { tiff } from './samples.ts';

/** What browser-image-compression does otherwise (IMAGES §8), each with what comes of it here when it is the only codec. */

async function compressed(blob: Blob, io: Partial<PrepareIo> = {}): Promise<Prepared & { at: 'ready' }> {
  const all = { limit: 3_000_000, codecs: [compression], patience: 5_000, ...io };
  const outcome = await prepare(blob, await inspect(blob), all);
  if (outcome.at !== 'ready') throw new Error(`it is ${outcome.at}`);
  return outcome;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

test.each([1, 6])('it shows orientation %i upright', async (orientation) => {
  const { preview } = await compressed(await turnedPhoto(orientation));
  expect(await cornersOf(preview ?? '')).toEqual({ corners: UPRIGHT, width: 400, height: 300 });
});

test('it never settles on an EXIF directory past the end of the file: here it shows the photo', async () => {
  const photo = await withExif(await pictureOf(drawn(640, 480, quarters)), tiff(1, 'MM', 0x00ffffff));
  expect((await cornersOf((await compressed(photo)).preview ?? '')).corners).toEqual(UPRIGHT);
});

test('it never settles on a signal that is already aborted: here it is not even asked', async () => {
  const reduce = vi.fn(compression.reduce);
  const io = { signal: AbortSignal.abort(), codecs: [{ ...compression, reduce }] };
  expect((await compressed(await turnedPhoto(1), io)).preview).toBeNull();
  expect(reduce).not.toHaveBeenCalled();
});

test('it resolves above the limit: here what is sent and shown is measured', async () => {
  const photo = await pictureOf(drawn(2048, 1536, noise), 'image/jpeg', 0.9);
  const { blob, preview } = await compressed(photo, { limit: 400_000 });
  expect(blob.size).toBeLessThanOrEqual(400_000);
  expect(preview?.length).toBeLessThanOrEqual(MAX_PREVIEW_CHARACTERS);
});

test('it makes files larger that are small already: here they stay as they are, byte by byte', async () => {
  const photo = await pictureOf(drawn(1024, 768, noise), 'image/jpeg', 0.1);
  const { blob } = await compressed(photo);
  const [sent, own] = await Promise.all([blob, photo].map(async (file) => new Uint8Array(await file.arrayBuffer())));
  // Not by `toEqual`: to tell a difference of 100 kB takes it minutes.
  expect([sent?.length, sent?.every((byte, at) => byte === own?.[at])]).toEqual([photo.size, true]);
});

test('it starts a worker that fetches its source from a public host: here there is neither', async () => {
  const started = vi.fn();
  const Original = window.Worker;
  vi.stubGlobal(
    'Worker',
    class extends Original {
      constructor(...args: ConstructorParameters<typeof Worker>) {
        started();
        super(...args);
      }
    },
  );
  await compressed(await turnedPhoto(6));
  expect(started).not.toHaveBeenCalled();
  const hosts = performance.getEntriesByType('resource').map(({ name }) => new URL(name));
  expect(hosts.filter(({ protocol, host }) => protocol.startsWith('http') && host !== location.host)).toEqual([]);
});
