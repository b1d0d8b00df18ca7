import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeClaims } from '../protocol/http.ts';
import { field } from '../protocol/read.ts';
import { ACCOUNT, greet, startTestSandbox } from './peer.ts';

let sandbox: Awaited<ReturnType<typeof startTestSandbox>>;
beforeAll(async () => {
  sandbox = await startTestSandbox();
});
afterAll(() => sandbox.close());

const url = (path: string) => `${sandbox.http}/api/account/${ACCOUNT}/${path}`;

async function get(path: string, headers: Record<string, string> = {}) {
  const response = await fetch(url(path), { headers });
  return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
}

/** A JWT as a brand would sign it; the sandbox has no brand's key and reads the claims only. */
function brandToken(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part({ alg: 'none' })}.${part(claims)}.x`;
}

const later = () => Math.floor(Date.now() / 1000) + 3600;

describe('domain discovery', () => {
  it('[S17] lists the services, the object store on its own port', async () => {
    const { body } = await get('service/baseURI.json?version=1.0');
    const entries = new Map(
      (field(body, 'baseURIs') as { service: string; baseURI: string }[]).map((e) => [e.service, e.baseURI]),
    );
    for (const service of ['asyncMessagingEnt', 'idp', 'acCdnDomain', 'agentVep', 'accountConfigReadWrite']) {
      expect(entries.get(service)).toBe(`localhost:${sandbox.port}`);
    }
    expect(entries.get('swift')).toBe(`localhost:${sandbox.storePort}`);
  });

  it('[S17] answers for one service, and under the host name it was asked by', async () => {
    const { body } = await get('service/swift/baseURI.json');
    expect(body).toEqual({ service: 'swift', account: ACCOUNT, baseURI: `localhost:${sandbox.storePort}` });
    const other = await fetch(`http://127.0.0.1:${sandbox.port}/api/account/${ACCOUNT}/service/idp/baseURI.json`);
    expect(await other.json()).toMatchObject({ baseURI: `127.0.0.1:${sandbox.port}` });
  });

  it('[S17] refuses an unknown account, an unknown service and an unknown address', async () => {
    expect((await fetch(`${sandbox.http}/api/account/999/service/baseURI.json`)).status).toBe(401);
    expect((await get('service/nope/baseURI.json')).status).toBe(400);
    expect((await get('nope')).status).toBe(404);
    expect((await get('signup')).status).toBe(405);
    expect((await fetch(url('%E0%A4%A/x'))).status).toBe(404);
  });
});

describe('identity', () => {
  it('[S18] signs up a new consumer with a JWT that opens the socket', async () => {
    const { body } = await sandbox.post('signup');
    const claims = decodeClaims(String(body.jwt));
    expect(claims?.sub).toMatch(/^[0-9a-f-]{36}$/);
    const peer = await sandbox.strange();
    expect(await greet(peer, String(body.jwt))).toMatchObject({ code: 200 });
    await peer.leave();
  });

  it('[S18] an anonymous consumer stays who they are when the token is renewed', async () => {
    const first = await sandbox.post('anonymous/authorize');
    const exchange = async (token: unknown) => {
      const { body } = await sandbox.post('app/4711/authenticate?v=3.0', { id_token: token });
      return decodeClaims(String(body.token))?.sub;
    };
    const renewed = await sandbox.post('anonymous/authorize', { id_token: first.body.token });
    const sub = await exchange(first.body.token);
    expect(sub).toMatch(/^[0-9a-f-]{36}$/);
    expect(await exchange(renewed.body.token)).toBe(sub);
  });

  it('[S18] the socket refuses a token that has not been exchanged', async () => {
    const { body } = await sandbox.post('anonymous/authorize');
    const peer = await sandbox.strange();
    void greet(peer, String(body.token));
    expect((await peer.closed).code).toBe(4407);
  });

  it.each([
    ['authenticate', 'authCode', 'jwt'],
    ['app/default/authenticate', 'id_token', 'token'],
  ])('[S18] %s takes a token of the brand: the same person has the same id', async (path, key, answer) => {
    const exp = later();
    const ask = async (sub: string) => {
      const { body } = await sandbox.post(path, { [key]: brandToken({ sub, iss: 'brand', exp }) });
      return decodeClaims(String(body[answer]));
    };
    const jo = await ask('jo');
    expect(jo?.sub).toMatch(/^[0-9a-f]{64}$/);
    expect(jo?.exp).toBe(exp);
    expect((await ask('jo'))?.sub).toBe(jo?.sub);
    expect((await ask('max'))?.sub).not.toBe(jo?.sub);
  });

  it('[S18] a connector takes no token for the socket and no bearer in the place of an external one', async () => {
    const tokens = [sandbox.brand.consumerToken(ACCOUNT), sandbox.brand.signIn(ACCOUNT, 'admin', 'demo')];
    for (const id_token of tokens) {
      expect((await sandbox.post('app/4711/authenticate?v=3.0', { id_token })).status).toBe(401);
    }
  });

  it('[S18] refuses a token of the brand that has expired or is none', async () => {
    expect((await sandbox.post('authenticate', { authCode: brandToken({ sub: 'jo', exp: 1 }) })).status).toBe(401);
    expect((await sandbox.post('authenticate', { authCode: 'x' })).status).toBe(401);
    expect((await sandbox.post('authenticate', {})).status).toBe(400);
  });
});

describe('the code flow', () => {
  const redirect_uri = 'https://brand.example/signed-in';
  const exchange = (body: object) => sandbox.post('app/default/authenticate?v=2.0', body);

  it('[S43] takes a code: what stands before its first dot is the person', async () => {
    const sub = async (code: string) => decodeClaims(String((await exchange({ code, redirect_uri })).body.jwt))?.sub;
    const jo = await sub('jo.1');
    expect(jo).toMatch(/^[0-9a-f]{64}$/);
    expect(await sub('jo.2')).toBe(jo);
    expect(await sub('max')).not.toBe(jo);
    const peer = await sandbox.strange();
    const { body } = await exchange({ code: 'jo.3', redirect_uri });
    expect(await greet(peer, String(body.jwt))).toMatchObject({ code: 200 });
    await peer.leave();
  });

  it.each([
    [{ code: '', redirect_uri }, 401],
    [{ code: '.spent', redirect_uri }, 401],
    [{ code: 'jo' }, 400],
    [{ code: 'jo', redirect_uri: 'nowhere' }, 400],
  ])('[S43] refuses %j', async (body, status) => {
    expect((await exchange(body)).status).toBe(status);
  });
});

describe('the account', () => {
  const property = 'configuration/setting/properties/messaging.file.sharing.enabled?v=3.0';
  const put = (value: unknown, headers: Record<string, string>) =>
    fetch(url(property), {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ id: 'messaging.file.sharing.enabled', type: 2, propertyValue: { value } }),
    });
  const login = async (username: string, password = 'demo') => sandbox.post('login?v=1.1', { username, password });
  const bearer = async (username: string) => ({ authorization: `Bearer ${(await login(username)).body.bearer}` });

  it('[S19] signs in with name and password only', async () => {
    expect((await login('admin')).body).toMatchObject({
      bearer: expect.any(String),
      csrf: expect.any(String),
      config: { userId: expect.any(String), userPid: expect.any(String) },
    });
    const wrong = await login('admin', 'guess');
    expect(wrong).toMatchObject({ status: 401, body: { error: expect.any(String) } });
    expect(wrong.body).not.toHaveProperty('bearer');
  });

  it('[S19] changes a property for an administrator with the right revision', async () => {
    const admin = await bearer('admin');
    const before = await get(property, admin);
    expect(before.body).toMatchObject({ id: 'messaging.file.sharing.enabled', propertyValue: { value: true } });
    const tag = before.headers.get('etag') ?? '';
    const changed = await put('false', { ...admin, 'if-match': tag });
    expect(changed.status).toBe(200);
    expect((await get(property, admin)).body).toMatchObject({ propertyValue: { value: 'false' } });
    expect((await put(true, { ...admin, 'if-match': tag })).status).toBe(412);
    expect((await put(true, admin)).status).toBe(412);
    expect((await put({}, { ...admin, 'if-match': '-1' })).status).toBe(400);
    expect((await put(true, { ...admin, 'if-match': '-1' })).status).toBe(200);
    expect((await get('configuration/setting/properties?v=3.0', admin)).body).toEqual([
      expect.objectContaining({ propertyValue: { value: true } }),
    ]);
  });

  it('[S19] refuses properties without a bearer, and changes by an agent', async () => {
    const consumer = { authorization: `Bearer ${sandbox.brand.consumerToken(ACCOUNT)}` };
    expect((await get(property)).status).toBe(401);
    expect((await put(true, { 'if-match': '-1' })).status).toBe(401);
    expect((await put(true, { ...consumer, 'if-match': '-1' })).status).toBe(401);
    expect((await put(true, { ...(await bearer('agent@example.com')), 'if-match': '-1' })).status).toBe(403);
  });

  it('[S20] shows an agent to everybody and not their password', async () => {
    const { body } = await get('configuration/le-users/users/393c6873-756d-54af-86e1-8795d57eba14');
    expect(body).toMatchObject({ nickname: 'Alex', fullName: 'Alex Field' });
    expect(JSON.stringify(body)).not.toContain('demo');
    expect((await get('configuration/le-users/users/nobody')).status).toBe(404);
  });
});

describe('requests from pages', () => {
  it('[S21] answers a preflight and lets any origin read', async () => {
    const preflight = await fetch(url('signup'), {
      method: 'OPTIONS',
      headers: {
        origin: 'https://brand.example',
        'access-control-request-method': 'PUT',
        'access-control-request-headers': 'authorization, if-match',
      },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('https://brand.example');
    expect(preflight.headers.get('access-control-allow-methods')).toContain('PUT');
    expect(preflight.headers.get('access-control-allow-headers')).toBe('authorization, if-match');
    for (const path of ['service/baseURI.json', 'nope']) {
      const { headers } = await get(path, { origin: 'https://brand.example' });
      expect(headers.get('access-control-allow-origin')).toBe('https://brand.example');
    }
  });

  it('[S21] refuses a body that is not JSON or too long, and a malformed host', async () => {
    const send = (body: string, headers = {}) => fetch(url('signup'), { method: 'POST', body, headers });
    expect((await send('{')).status).toBe(400);
    expect((await send('x'.repeat(70_000))).status).toBe(413);
    expect((await fetch(`${sandbox.http}/elsewhere`)).status).toBe(404);
  });
});
