import { Problem } from './problem.ts';

/** The part of a terminal's input that a hidden prompt needs. */
export interface PromptInput {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

const INTERRUPT = '\u0003';
const END_OF_INPUT = '\u0004';
const BACKSPACES: readonly string[] = ['\u007f', '\b'];

/**
 * The password from the environment variable `ATTACHE_PASSWORD`, else typed at a prompt that shows none of it.
 * Rejects with Problem where there is no terminal to ask at, or the prompt was left by Ctrl-C.
 */
export async function readPassword(
  user: string,
  env: Readonly<Record<string, string | undefined>>,
  input: PromptInput,
  write: (text: string) => void,
): Promise<string> {
  const given = env.ATTACHE_PASSWORD;
  if (given) return given;
  if (!input.isTTY || !input.setRawMode) {
    throw new Problem(
      'There is no terminal to ask for the password at.',
      'Put it into the environment variable ATTACHE_PASSWORD.',
    );
  }
  write(`Password of ${user}: `);
  input.setRawMode(true);
  input.resume();
  try {
    return await typed(input);
  } finally {
    input.setRawMode(false);
    input.pause();
    write('\n');
  }
}

function typed(input: PromptInput): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const end = (act: () => void) => {
      input.off('data', read);
      act();
    };
    const read = (chunk: Buffer) => {
      for (const character of chunk.toString('utf8')) {
        if (character === '\r' || character === '\n') return end(() => resolve(text));
        if (character === INTERRUPT || character === END_OF_INPUT) {
          return end(() => reject(new Problem('No password was given.', 'Run the command again.')));
        }
        text = BACKSPACES.includes(character) ? [...text].slice(0, -1).join('') : text + character;
      }
    };
    input.on('data', read);
  });
}
