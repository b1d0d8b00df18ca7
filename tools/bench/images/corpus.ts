import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { exifSegment, phoneTiff } from '../../../src/media/samples.ts';
import { paintPicture } from './painter.ts';
import type { Stage } from './stage.ts';

/** A picture of the corpus on the disk. */
export interface Picture {
  readonly name: 'Jpeg2' | 'Jpeg12' | 'Jpeg24' | 'Jpeg48' | 'Jpeg108' | 'Png4k';
  readonly width: number;
  readonly height: number;
  readonly path: string;
}

export type Corpus = readonly Picture[];

const SIZES = [
  ['Jpeg2', 1600, 1200],
  ['Jpeg12', 4032, 3024],
  ['Jpeg24', 5712, 4284],
  ['Jpeg48', 8064, 6048],
  ['Jpeg108', 12_000, 9_000],
  ['Png4k', 3840, 2160],
] as const;
/** Made once for a machine; another version is another folder. */
export const FOLDER = join(tmpdir(), 'attache-bench-images-2');
const START_OF_IMAGE = 2;

/** Paints what is not there yet. The pictures are the same on every machine, their bytes are those of its browser's encoder. */
export async function ensureCorpus(stage: Stage, say: (line: string) => void): Promise<Corpus> {
  mkdirSync(FOLDER, { recursive: true });
  const corpus = SIZES.map(([name, width, height]) => ({ name, width, height, path: pathOf(name) }));
  const missing = corpus.filter(({ path }) => !existsSync(path));
  if (missing.length === 0) return corpus;
  const page = await stage.browser.newPage();
  for (const picture of missing) {
    say(`painting ${picture.path}`);
    const bytes = await paint(page, picture);
    // Under its name only when it is whole: a run may be ended at any time.
    writeFileSync(`${picture.path}.part`, bytes);
    renameSync(`${picture.path}.part`, picture.path);
  }
  await page.close();
  return corpus;
}

/** The picture with this name. Throws when the corpus has none. */
export function pictureNamed(corpus: Corpus, name: Picture['name']): Picture {
  const picture = corpus.find((other) => other.name === name);
  if (picture === undefined) throw new Error(`there is no picture "${name}"`);
  return picture;
}

function pathOf(name: Picture['name']): string {
  return join(FOLDER, `${name}.${isJpeg(name) ? 'jpg' : 'png'}`);
}

function isJpeg(name: Picture['name']): boolean {
  return name.startsWith('Jpeg');
}

async function paint(page: Page, { name, width, height }: Picture): Promise<Buffer> {
  const type = isJpeg(name) ? 'image/jpeg' : 'image/png';
  const whole = Buffer.from(await page.evaluate(paintPicture, { width, height, type }), 'base64');
  if (!isJpeg(name)) return whole;
  const small = await page.evaluate(paintPicture, { width: 160, height: 120, type });
  const exif = exifSegment(phoneTiff(1, Buffer.from(small, 'base64')));
  return Buffer.concat([whole.subarray(0, START_OF_IMAGE), Buffer.from(exif), whole.subarray(START_OF_IMAGE)]);
}
