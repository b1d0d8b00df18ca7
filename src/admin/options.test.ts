import { describe, expect, it } from 'vitest';
import { accountOptions, doctorOptions } from './options.ts';
import { UsageError } from './problem.ts';

const A = ['--account', '12345678'];
const U = ['--user', 'sam'];

describe('options of npm run account', () => {
  it('asks api.liveperson.net unless told otherwise', () => {
    const options = accountOptions(['enable-file-sharing', ...A, ...U]);
    expect(options).toMatchObject({ command: 'enable-file-sharing', account: '12345678', user: 'sam' });
    expect(options.domainApi.origin).toBe('https://api.liveperson.net');
    const here = accountOptions([...A, ...U, '--domain-api', 'http://localhost:5173/', 'show-file-sharing']);
    expect([here.command, here.domainApi.origin]).toEqual(['show-file-sharing', 'http://localhost:5173']);
  });

  it.each([
    ['what to do is missing', [...A, ...U]],
    ['explode is not known', ['explode', ...A, ...U]],
    ['more is not understood', ['show-file-sharing', 'more', ...A, ...U]],
    ['--account is missing', ['show-file-sharing', ...U]],
    ['--account ../x is not an account number', ['show-file-sharing', '--account', '../x', ...U]],
    ['--user is missing', ['show-file-sharing', ...A, '--user', ' ']],
    ['--domain-api localhost is not an address', ['show-file-sharing', ...A, ...U, '--domain-api', 'localhost']],
    ['--domain-api file:///etc is not an address', ['show-file-sharing', ...A, ...U, '--domain-api', 'file:///etc']],
    ["'--acount'", ['show-file-sharing', '--acount', '1']],
  ])('says %s', (message, argv) => {
    expect(() => accountOptions(argv)).toThrow(UsageError);
    expect(() => accountOptions(argv)).toThrow(message);
  });

  it.each([['--password=x'], ['--password', 'x'], ['-p', 'x'], ['--pass', 'x'], ['-p=x']])(
    'takes no password from the command line: %s',
    (...argv) => {
      const all = ['show-file-sharing', ...A, ...U, ...argv];
      expect(() => accountOptions(all)).toThrow(/ATTACHE_PASSWORD/);
    },
  );
});

describe('options of npm run doctor', () => {
  it('reads the page’s origin as a browser would send it', () => {
    const options = doctorOptions([...A, '--origin', 'https://Brand.example:443/chat?x=1', '--connector', 'c1']);
    expect(options).toMatchObject({ account: '12345678', origin: 'https://brand.example', connector: 'c1' });
    expect(doctorOptions(A)).toMatchObject({ origin: null, connector: null });
  });

  it.each([
    ['--account is missing', []],
    ['please is not understood', ['please', ...A]],
    ['--origin brand.example is not an address', [...A, '--origin', 'brand.example']],
  ])('says %s', (message, argv) => {
    expect(() => doctorOptions(argv)).toThrow(UsageError);
    expect(() => doctorOptions(argv)).toThrow(message);
  });
});
