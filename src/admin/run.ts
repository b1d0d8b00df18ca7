import { Problem, UsageError } from './problem.ts';

/**
 * Runs a command: 0 when it did what was asked, 1 with why and what to do when not, 2 with the usage when the command
 * line cannot be understood. `complain` gets lines for standard error. Anything unforeseen is thrown on.
 */
export async function exitCodeOf(
  command: () => Promise<boolean>,
  usage: string,
  complain: (line: string) => void,
): Promise<0 | 1 | 2> {
  try {
    return (await command()) ? 0 : 1;
  } catch (error) {
    if (error instanceof UsageError) {
      complain(`${error.message}\n\n${usage}`);
      return 2;
    }
    if (!(error instanceof Problem)) throw error;
    complain(`${error.message}\n${error.advice}`);
    return 1;
  }
}
