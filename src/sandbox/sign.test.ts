import { describe, expect, it } from 'vitest';
import { digestOf, sameSignature, sign } from './sign.ts';

const PATH = '/v1/AUTH_account/container/object';
const SHA1_GET = 'be2487418db8b155ff79650e359242373dc33702';
const SHA1_PUT = '508317afa9b644319220c0e930f03f59ba20be1f';
const SHA256_GET = 'b3a03fd0b1412e268bc2310f89ca7fb52c86cba0a6395addaafb0f40d6852611';

describe('sign', () => {
  // Made by swift.common.middleware.tempurl.get_hmac of OpenStack Swift 2.30.1.
  it.each([
    ['sha1', 'GET', SHA1_GET],
    ['sha1', 'PUT', SHA1_PUT],
    ['sha256', 'GET', SHA256_GET],
  ] as const)('makes the %s signature that Swift makes for %s', (digest, method, signature) => {
    expect(sign('mykey', method, 1_400_000_000, PATH, digest)).toBe(signature);
  });

  it('is SHA-1 unless told otherwise', () => {
    expect(sign('mykey', 'GET', 1_400_000_000, PATH)).toBe(SHA1_GET);
  });
});

it('tells the digest from the length of a hex signature', () => {
  const lengths = ['a'.repeat(40), 'A1'.repeat(32), 'a'.repeat(41), 'g'.repeat(40), ''];
  expect(lengths.map(digestOf)).toEqual(['sha1', 'sha256', null, null, null]);
});

it('compares whole signatures', () => {
  expect(['abc', 'abd', 'ab', ''].map((given) => sameSignature(given, 'abc'))).toEqual([true, false, false, false]);
});
