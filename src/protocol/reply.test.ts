import { describe, expect, test } from 'vitest';
import { failureOf } from './failure.ts';
import { saysSharingIsOff } from './fileTypes.ts';
import { decodeAgentProfile, decodeClaims, decodeDomains, decodeToken, signedUrl } from './http.ts';
import { encodeRequest } from './methods.ts';
import { decodeReply } from './reply.ts';

const signed = {
  relativePath: '/v1/AUTH_x/a/b.PNG',
  queryParams: { temp_url_sig: 'abc', temp_url_expires: '1474973420' },
};

function failing(act: () => unknown) {
  try {
    act();
  } catch (error) {
    return failureOf(error);
  }
  throw new Error('did not fail');
}

describe('decodeReply', () => {
  test('reads a signed path', () => {
    expect(decodeReply('ms.GenerateURLForUploadFile', 200, signed)).toEqual({
      relativePath: '/v1/AUTH_x/a/b.PNG',
      signature: 'abc',
      rawExpires: '1474973420',
      expires: 1474973420,
    });
  });

  test.each([
    { ...signed, relativePath: 'v1/x' },
    { ...signed, relativePath: '//evil.example/x' },
    { ...signed, queryParams: {} },
    {},
    null,
  ])('[U1] refuses a signed path that would lead elsewhere or nowhere: %j', (body) => {
    expect(failing(() => decodeReply('ms.GenerateURLForDownloadFile', 200, body))).toMatchObject({ kind: 'garbled' });
  });

  test('[W4] a code of 400 or more is a refusal with its reason, whatever the body', () => {
    expect(failing(() => decodeReply('GetClock', 429, 'slow down'))).toEqual({
      kind: 'refused',
      delivery: 'refused',
      code: 429,
      message: 'slow down',
    });
    expect(failing(() => decodeReply('GetClock', 400, { msg: 'no' }))).toMatchObject({ message: 'no' });
    expect(failing(() => decodeReply('GetClock', 500, undefined))).toMatchObject({ code: 500, message: '' });
  });

  test('a number is one from 0 on, as number or string', () => {
    const sequences = [0, '4', -1, 1.5, null, 'x'].map((sequence) => decodeReply('ms.PublishEvent', 200, { sequence }));
    expect(sequences.map(({ sequence }) => sequence)).toEqual([0, 4, null, null, null, null]);
  });

  test('the clock as object and as string', () => {
    expect(decodeReply('GetClock', 200, { currentTime: 12 })).toEqual({ at: 12 });
    expect(decodeReply('GetClock', 200, '12')).toEqual({ at: 12 });
    expect(decodeReply('GetClock', 200, 'noon')).toEqual({ at: null });
  });
});

test('a request carries headers and metadata beside its body, and no body when it has none', () => {
  expect(JSON.parse(encodeRequest('1', 'GetClock', undefined))).toEqual({ kind: 'req', id: '1', type: 'GetClock' });
  const metadata = [{ type: 'ExternalId', id: 'x' }];
  const frame = encodeRequest('2', 'ms.GenerateURLForDownloadFile', { relativePath: '/p' }, { metadata });
  expect(JSON.parse(frame)).toEqual({
    kind: 'req',
    id: '2',
    type: 'ms.GenerateURLForDownloadFile',
    body: { relativePath: '/p' },
    metadata,
  });
});

describe('the services around the socket', () => {
  test('domains in list and single form, and nothing that is no host', () => {
    const one = { service: 'swift', account: '1', baseURI: 'localhost:5174' };
    expect({ ...decodeDomains(one) }).toEqual({ swift: 'localhost:5174' });
    const bad = [{ service: 'idp', baseURI: 'https://evil/path' }, { service: 'x' }, 7];
    expect({ ...decodeDomains({ baseURIs: [one, ...bad] }) }).toEqual({ swift: 'localhost:5174' });
    expect(decodeDomains('nonsense').toString).toBeUndefined();
  });

  test('a token as jwt or token', () => {
    expect([{ jwt: 'a' }, { token: 'a' }, {}].map(decodeToken)).toEqual(['a', 'a', null]);
  });

  test('claims are base64url and UTF-8', () => {
    const claims = Buffer.from(JSON.stringify({ sub: 'Zoë?>~', exp: 12 })).toString('base64url');
    expect(decodeClaims(`h.${claims}.s`)).toEqual({ sub: 'Zoë?>~', exp: 12, iat: null });
    expect(['', 'a.b', 'a.%%.c', `h.${btoa('{}')}.s`].map(decodeClaims)).toEqual([null, null, null, null]);
  });

  test('an agent without a name is nobody, and only https pictures are loaded', () => {
    expect(decodeAgentProfile({ fullName: 'Ana', pictureUrl: 'http://x/y' })).toEqual({
      nickname: 'Ana',
      picture: null,
    });
    expect(decodeAgentProfile({ pictureUrl: 'https://x/y' })).toBeNull();
  });
});

describe('signedUrl', () => {
  test('[U1] joins without a second slash and keeps what was signed', () => {
    const at = { relativePath: '/v1/A/c/x.PNG', signature: 'a+b', rawExpires: '12' };
    expect(signedUrl('https://swift.example', at)).toBe(
      'https://swift.example/v1/A/c/x.PNG?temp_url_sig=a%2Bb&temp_url_expires=12',
    );
  });

  test('requests percent-encoded what is signed plain', () => {
    const at = { relativePath: '/v1/A/c/sp ace%41?#.png', signature: 's', rawExpires: '1' };
    expect(new URL(signedUrl('http://h', at)).pathname).toBe('/v1/A/c/sp%20ace%2541%3F%23.png');
  });
});

test.each([
  ['File sharing is disabled for this account', true],
  ['file-sharing not enabled', true],
  ['file too large', false],
  ['unsupported type', false],
])('"%s" says that sharing is off: %s', (words, off) => {
  expect(saysSharingIsOff(words)).toBe(off);
});
