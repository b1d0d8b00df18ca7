import { failureOf } from '../protocol/failure.ts';
import type { DoctorOptions } from './options.ts';
import { inWords, isFinal, Problem } from './problem.ts';
import { download, preflight, type Storage, upload } from './storage.ts';
import { arrive, leave, publish, type Visit } from './visit.ts';

export type Outcome =
  /** `ms` is null where the step was judged by another one. */
  | { readonly at: 'passed'; readonly ms: number | null }
  | { readonly at: 'failed'; readonly ms: number; readonly why: string; readonly advice: string }
  | { readonly at: 'not tried' };

export const STEPS = [
  'File sharing is switched on',
  'A conversation opens',
  'An upload URL is granted',
  'The file goes to the object store',
  'The file is published',
  'A download URL is granted',
  'The file comes back unchanged',
] as const;

export interface Examination {
  /** One for each of STEPS, in that order. */
  readonly outcomes: readonly Outcome[];
  /** What else its reader should know. */
  readonly remarks: readonly string[];
}

/** An image of one pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** What to do when the messaging service fails a step; the others' problems say it themselves. */
const ADVICE: Readonly<Record<number, string>> = {
  1: 'Switch it on: npm run account -- enable-file-sharing',
  3: 'Try again in a few minutes; if it stays, ask LivePerson about the account’s file sharing.',
  5: 'Try again in a few minutes; if it stays, ask LivePerson whether consumers of the account may publish files.',
  6: 'Try again in a few minutes; a file that is still being scanned has no download URL yet.',
};

/** Thrown once a failure is noted, to leave the steps that follow untried. */
class Stopped extends Error {}

/**
 * Walks the seven steps as a consumer would, with an image of one pixel, and closes its conversation. A fault of the
 * account, its services or the network is an outcome, never a rejection.
 */
export async function examine(options: DoctorOptions): Promise<Examination> {
  const outcomes: Outcome[] = STEPS.map(() => ({ at: 'not tried' }));
  const remarks: string[] = [];
  let visit: Visit | null = null;
  try {
    visit = await step(outcomes, 2, () => arrive(options));
    await shareFile(outcomes, visit, options.origin);
  } catch (error) {
    if (!(error instanceof Stopped)) throw error;
  } finally {
    if (visit) remarks.push(...(await leave(visit)));
  }
  if (options.origin === null) remarks.push('Whether a page may upload was not checked: name its origin by --origin.');
  return { outcomes, remarks };
}

/** Does the work of a step and notes how it went; `blamed` says which step a failure is the fault of. */
async function step<T>(
  outcomes: Outcome[],
  number: number,
  work: () => Promise<T>,
  blamed: (error: unknown) => number = () => number,
): Promise<T> {
  const began = performance.now();
  const spent = () => Math.round(performance.now() - began);
  try {
    const result = await work();
    outcomes[number - 1] = { at: 'passed', ms: spent() };
    return result;
  } catch (error) {
    const failed = blamed(error);
    const { message, advice } = problemOf(error, failed);
    outcomes[failed - 1] = { at: 'failed', ms: spent(), why: message, advice };
    throw new Stopped();
  }
}

/** Steps 3 to 7; step 1 is judged by step 3. */
async function shareFile(outcomes: Outcome[], visit: Visit, origin: string | null): Promise<void> {
  const { messaging, services } = visit;
  const to = await step(
    outcomes,
    3,
    () => messaging.request('ms.GenerateURLForUploadFile', { fileSize: PIXEL.length, fileType: 'PNG' }),
    // A tiny PNG is within any limits, so a final refusal means that files are not taken at all.
    (error) => (isFinal(failureOf(error)) ? 1 : 3),
  );
  outcomes[0] = { at: 'passed', ms: null };
  const storage = await step(outcomes, 4, async () => {
    const store: Storage = { swift: services.origin('swift'), origin };
    await preflight(store, to);
    await upload(store, to, new Uint8Array(PIXEL), 'image/png');
    return store;
  });
  await step(outcomes, 5, () => publish(visit, to, `data:image/png;base64,${PIXEL.toString('base64')}`));
  const { relativePath } = to;
  const from = await step(outcomes, 6, () => messaging.request('ms.GenerateURLForDownloadFile', { relativePath }));
  await step(outcomes, 7, () => download(storage, from, PIXEL));
}

function problemOf(error: unknown, number: number): Problem {
  if (error instanceof Problem) return error;
  const asked = number === 1 ? 'refused the upload URL: it ' : '';
  return new Problem(`The messaging service ${asked}${inWords(failureOf(error))}.`, ADVICE[number] ?? '');
}
