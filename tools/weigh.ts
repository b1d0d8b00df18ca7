import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Bytes of a file as it lies there, by gzip at its best and by brotli at its best. */
export interface Weight {
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

const gzipped = promisify(gzip);
const brotlied = promisify(brotliCompress);

/** Compresses at level 9 and quality 11, as a content network does once for a file that never changes. */
export async function weigh(bytes: Buffer): Promise<Weight> {
  const [byGzip, byBrotli] = await Promise.all([
    gzipped(bytes, { level: 9 }),
    brotlied(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }),
  ]);
  return { raw: bytes.length, gzip: byGzip.length, brotli: byBrotli.length };
}

/** What files weigh that are downloaded together, each compressed by itself. */
export function sumOf(weights: readonly Weight[]): Weight {
  const add = (a: Weight, b: Weight) => ({
    raw: a.raw + b.raw,
    gzip: a.gzip + b.gzip,
    brotli: a.brotli + b.brotli,
  });
  return weights.reduce(add, { raw: 0, gzip: 0, brotli: 0 });
}
