import { type Examination, type Outcome, STEPS } from './examination.ts';

const MARKS: Record<Outcome['at'], { readonly text: string /** ANSI colour. */; readonly colour: number }> = {
  passed: { text: 'ok', colour: 32 },
  failed: { text: 'FAILED', colour: 31 },
  'not tried': { text: 'not tried', colour: 90 },
};

function row(outcome: Outcome, index: number, colourful: boolean): string {
  const { text, colour } = MARKS[outcome.at];
  const status = text.padEnd(10);
  const time = outcome.at === 'not tried' || outcome.ms === null ? '' : `${outcome.ms} ms`;
  const title = (STEPS[index] ?? '').padEnd(36);
  return `  ${index + 1}  ${title}${colourful ? `\u001b[${colour}m${status}\u001b[0m` : status}${time.padStart(9)}`.trimEnd();
}

/** The examination as a table of seven lines, then what failed, what to do about it, and remarks. */
export function report({ outcomes, remarks }: Examination, colourful: boolean): string {
  const lines = outcomes.map((outcome, index) => row(outcome, index, colourful));
  outcomes.forEach((outcome, index) => {
    if (outcome.at === 'failed') {
      lines.push('', `Step ${index + 1} failed. ${outcome.why}`, `What to do: ${outcome.advice}`);
    }
  });
  if (healthy({ outcomes, remarks })) lines.push('', 'All seven steps work.');
  return [...lines, ...remarks.map((remark) => `Note: ${remark}`)].join('\n');
}

export function healthy({ outcomes }: Examination): boolean {
  return outcomes.every((outcome) => outcome.at === 'passed');
}
