import { describe, expect, test } from 'vitest';
import { type ChatOptions, checkOptions, settingsOf } from './options.ts';

describe('options', () => {
  test.each<[string, object]>([
    ['account', {}],
    ['account', { account: 'no spaces please' }],
    ['domainApi', { account: '1', domainApi: 'ftp://example.com' }],
    ['domainApi', { account: '1', domainApi: 'https://example.com/path' }],
    ['persistence', { account: '1', persistence: 'forever' }],
    ['theme', { account: '1', theme: 'pink' }],
    ['mode', { account: '1', mode: 'popup' }],
    ['getToken', { account: '1', getToken: 'a token' }],
    ['suggestions', { account: '1', suggestions: 'one' }],
    ['locale', { account: '1', locale: 'not a language' }],
  ])('a wrong "%s" is named: %o', (name, options) => {
    expect(() => checkOptions(options as ChatOptions)).toThrow(`option "${name}" must be`);
  });

  test('what works passes', () => {
    const options: ChatOptions = { account: 'a-1', domainApi: 'http://localhost:1', theme: 'host', locale: 'en-GB' };
    expect(() => checkOptions(options)).not.toThrow();
    expect(settingsOf({ ...options, brandName: 'Meadow' })).toMatchObject({ brandName: 'Meadow', welcome: null });
  });
});
