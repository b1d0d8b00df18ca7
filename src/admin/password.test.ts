import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type PromptInput, readPassword } from './password.ts';

function terminal() {
  const keys = new EventEmitter();
  const modes: boolean[] = [];
  const input: PromptInput = {
    isTTY: true,
    setRawMode: (raw) => modes.push(raw),
    on: (event, listener) => keys.on(event, listener),
    off: (event, listener) => keys.off(event, listener),
    resume: () => {},
    pause: () => {},
  };
  let shown = '';
  return {
    modes,
    keys,
    shown: () => shown,
    type: (text: string) => keys.emit('data', Buffer.from(text)),
    ask: (env = {}) => readPassword('sam', env, input, (text) => (shown += text)),
  };
}

describe('readPassword', () => {
  it('takes ATTACHE_PASSWORD without asking', async () => {
    const { ask, shown } = terminal();
    expect(await ask({ ATTACHE_PASSWORD: 'söcrét' })).toBe('söcrét');
    expect(shown()).toBe('');
  });

  it('shows nothing of what is typed, and gives the terminal back', async () => {
    const { ask, type, shown, modes, keys } = terminal();
    const asked = ask();
    type('sö');
    type('x');
    type('\u007fc');
    type('ret\r');
    expect(await asked).toBe('söcret');
    expect(shown()).toBe('Password of sam: \n');
    expect(modes).toEqual([true, false]);
    expect(keys.listenerCount('data')).toBe(0);
  });

  it.each(['\u0003', '\u0004'])('can be left by a key', async (key) => {
    const { ask, type, modes } = terminal();
    const asked = ask();
    type(`sec${key}`);
    await expect(asked).rejects.toThrow('No password was given.');
    expect(modes).toEqual([true, false]);
  });

  it('says what to do where there is no terminal', async () => {
    const input: PromptInput = { on: () => {}, off: () => {}, resume: () => {}, pause: () => {} };
    await expect(readPassword('sam', {}, input, () => {})).rejects.toMatchObject({
      advice: expect.stringContaining('ATTACHE_PASSWORD'),
    });
  });
});
