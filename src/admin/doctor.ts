import process from 'node:process';
import { examine } from './examination.ts';
import { doctorOptions } from './options.ts';
import { healthy, report } from './report.ts';
import { exitCodeOf } from './run.ts';

/** `npm run doctor`: does file sharing work for this account, and where not, why? */

const USAGE = `usage: npm run doctor -- --account A [--domain-api URL] [--origin https://brand.example] [--connector ID]

Walks the seven steps of file sharing as a consumer would, with an image of one pixel, in a conversation that it closes
again. --origin also checks that pages of the brand may upload; --connector names the account's connector for anonymous
consumers, where the demonstration sign-up is not open.`;

process.exitCode = await exitCodeOf(
  async () => {
    const options = doctorOptions(process.argv.slice(2));
    process.stdout.write(`\nFile sharing of account ${options.account}, by ${options.domainApi.origin}\n\n`);
    const examination = await examine(options);
    const colourful = process.stdout.isTTY && !process.env.NO_COLOR;
    process.stdout.write(`${report(examination, colourful)}\n\n`);
    return healthy(examination);
  },
  USAGE,
  (line) => process.stderr.write(`${line}\n`),
);
