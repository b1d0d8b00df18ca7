import { expect, it } from 'vitest';
import type { Examination } from './examination.ts';
import { healthy, report } from './report.ts';

const PASSED = { at: 'passed', ms: 12 } as const;
const WELL: Examination = {
  outcomes: [{ at: 'passed', ms: null }, PASSED, PASSED, PASSED, PASSED, PASSED, { at: 'passed', ms: 1234 }],
  remarks: [],
};
const ILL: Examination = {
  outcomes: [
    { at: 'passed', ms: null },
    PASSED,
    PASSED,
    { at: 'failed', ms: 7, why: 'It is gone.', advice: 'Look for it.' },
    { at: 'not tried' },
    { at: 'not tried' },
    { at: 'not tried' },
  ],
  remarks: ['It was late.'],
};

it('is a table of seven steps', () => {
  expect(report(WELL, false)).toBe(`  1  File sharing is switched on         ok
  2  A conversation opens                ok            12 ms
  3  An upload URL is granted            ok            12 ms
  4  The file goes to the object store   ok            12 ms
  5  The file is published               ok            12 ms
  6  A download URL is granted           ok            12 ms
  7  The file comes back unchanged       ok          1234 ms

All seven steps work.`);
  expect(healthy(WELL)).toBe(true);
});

it('says what failed and what to do', () => {
  expect(report(ILL, false).split('\n').slice(3)).toEqual([
    '  4  The file goes to the object store   FAILED         7 ms',
    '  5  The file is published               not tried',
    '  6  A download URL is granted           not tried',
    '  7  The file comes back unchanged       not tried',
    '',
    'Step 4 failed. It is gone.',
    'What to do: Look for it.',
    'Note: It was late.',
  ]);
  expect(healthy(ILL)).toBe(false);
});

it('is green, red and grey where there are colours', () => {
  const lines = report(ILL, true).split('\n');
  expect(lines[1]).toContain('\u001b[32mok');
  expect(lines[3]).toContain('\u001b[31mFAILED');
  expect(lines[4]).toContain('\u001b[90mnot tried');
});
