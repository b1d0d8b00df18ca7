import process from 'node:process';
import { ACCOUNT_USAGE, accountCommand } from './accountCommand.ts';
import { readPassword } from './password.ts';
import { exitCodeOf } from './run.ts';

/** `npm run account`: see ACCOUNT_USAGE. */

const write = (text: string) => process.stdout.write(text);
const askPassword = (user: string) => readPassword(user, process.env, process.stdin, write);

process.exitCode = await exitCodeOf(
  async () => {
    await accountCommand(process.argv.slice(2), askPassword, (line) => write(`${line}\n`));
    return true;
  },
  ACCOUNT_USAGE,
  (line) => process.stderr.write(`${line}\n`),
);
