import { expect, it } from 'vitest';
import { Problem, UsageError } from './problem.ts';
import { exitCodeOf } from './run.ts';

async function run(command: () => Promise<boolean>): Promise<[number, string[]]> {
  const lines: string[] = [];
  return [await exitCodeOf(command, 'usage: so', (line) => lines.push(line)), lines];
}

it.each<[string, () => Promise<boolean>, number, string[]]>([
  ['0 when all is well', async () => true, 0, []],
  ['1 when it is not', async () => false, 1, []],
  ['1 with the reason and what to do', () => Promise.reject(new Problem('Gone.', 'Look.')), 1, ['Gone.\nLook.']],
  ['2 with the usage', () => Promise.reject(new UsageError('What?')), 2, ['What?\n\nusage: so']],
])('is %s', async (_, command, code, lines) => {
  expect(await run(command)).toEqual([code, lines]);
});

it('hides no error of its own', async () => {
  await expect(run(() => Promise.reject(new TypeError('oops')))).rejects.toThrow('oops');
});
