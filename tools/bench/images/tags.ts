import { readFileSync } from 'node:fs';
import { exiftoolAvailable, needlessTags } from '../../../e2e/exiftool.ts';
import type { Metric } from '../metric.ts';
import { type Corpus, pictureNamed } from './corpus.ts';
import type { Stage } from './stage.ts';

/** 108 megapixels as they are, without their metadata, and made smaller. */
const LIMITS = [1e9, 3_000_000];

/** Tags that ExifTool finds in what would be sent of the largest photo and that no decoder needs. */
export async function measureTags(stage: Stage, corpus: Corpus, say: (line: string) => void): Promise<Metric[]> {
  const available = exiftoolAvailable();
  if (available !== true) {
    say(available);
    return [];
  }
  const { path } = pictureNamed(corpus, 'Jpeg108');
  const bench = await stage.open('strict');
  const images = [{ name: 'original.jpg', bytes: readFileSync(path) }];
  for (const limit of LIMITS) {
    await bench.pick(path);
    const sent = await bench.probe.evaluate((probe, given) => probe.sent(given), limit);
    images.push({ name: `${limit}.jpg`, bytes: Buffer.from(sent, 'base64') });
  }
  await bench.leave();
  const [original = 0, ...sent] = needlessTags(images).map((tags) => tags.length);
  if (original === 0) throw new Error('ExifTool finds nothing in the original');
  return [
    { name: 'tagsOfJpeg108', unit: 'tags', runs: [original] },
    { name: 'tagsOfJpeg108Sent', unit: 'tags', runs: sent, bound: 0 },
  ];
}
