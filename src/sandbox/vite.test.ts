import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import { expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ACCOUNT, greet, openPeer } from './peer.ts';
import { sandbox } from './vite.ts';

/** Opens Vite's own socket and resolves with its first message. */
function hotReload(port: number, token: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(`ws://localhost:${port}/?token=${token}`, 'vite-hmr');
    socket.on('message', (data: Buffer) => {
      resolve(data.toString());
      socket.close();
    });
    socket.on('error', reject);
  });
}

it('[S30] serves the services on the dev server, beside its pages and its hot reload', async () => {
  const root = mkdtempSync(join(tmpdir(), 'vite-'));
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>');
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    server: { port: 0 },
    plugins: [sandbox({ storePort: { dev: 0, preview: 0 }, agent: false })],
  });
  await server.listen();
  const address = server.httpServer?.address();
  if (typeof address !== 'object' || !address) throw new Error('the server does not listen');
  const { port } = address;
  const base = `http://localhost:${port}`;

  expect(await (await fetch(base)).text()).toContain('<title>page</title>');
  const domains = await fetch(`${base}/api/account/${ACCOUNT}/service/asyncMessagingEnt/baseURI.json`);
  expect(await domains.json()).toMatchObject({ baseURI: `localhost:${port}` });
  const { jwt } = (await (await fetch(`${base}/api/account/${ACCOUNT}/signup`, { method: 'POST' })).json()) as {
    jwt: string;
  };
  const peer = await openPeer(`ws://localhost:${port}/ws_api/account/${ACCOUNT}/messaging/consumer?v=3`);
  expect(await greet(peer, jwt)).toMatchObject({ code: 200 });
  await peer.leave();
  expect(JSON.parse(await hotReload(port, server.config.webSocketToken))).toMatchObject({ type: 'connected' });

  await server.close();
  rmSync(root, { recursive: true });
}, 30_000);
