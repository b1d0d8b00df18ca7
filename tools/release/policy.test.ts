import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { directivesOf } from './policy.ts';

test('docs/security.md prints the policy that the release is opened under', () => {
  const printed = /<!-- policy -->\n+```\n([^`]*)```/.exec(readFileSync('docs/security.md', 'utf8'))?.[1];
  const directives = directivesOf('{random}', {
    connect: ['https://*.liveperson.net', 'wss://*.liveperson.net', 'https://{store}'],
    images: ['https://{store}'],
  });
  expect(printed?.trim().split(';\n')).toEqual(directives);
});
