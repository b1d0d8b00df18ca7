import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { startSwift, swiftAvailable } from '../../e2e/swift/swift.ts';
import { describeObjectStore } from './objectStore.contract.ts';
import { bytesOf, CONTAINER, createObjectStoreClient, newPath, ORIGIN } from './objectStoreClient.ts';

const OPTIONS = { origins: ['http://first.example', ORIGIN], key: 'a key of its own', containers: [CONTAINER] };

const available = swiftAvailable();
const skipped = available !== true && process.env.CI !== 'true';
if (skipped) process.stderr.write(`\n*** SKIPPED: all that needs a real Swift. ${available}\n\n`);

describe.skipIf(skipped)('with OpenStack Swift installed', () => {
  describeObjectStore('a real OpenStack Swift', () => startSwift(OPTIONS));

  describe('startSwift', () => {
    const left: (() => unknown)[] = [];
    afterEach(async () => {
      for (const undo of left.splice(0).reverse()) await undo();
    });

    function newFolder(): string {
      const folder = mkdtempSync(join(tmpdir(), 'attache-test-'));
      left.push(() => rmSync(folder, { recursive: true, force: true }));
      return folder;
    }

    it('keeps data in a folder, takes the ports it is told and none that are taken', async () => {
      const folder = newFolder();
      const path = newPath();
      const first = await startSwift({ ...OPTIONS, dataDir: folder });
      left.push(first.stop);
      const port = Number(new URL(first.url).port);
      await expect(startSwift({ ...OPTIONS, port })).rejects.toThrow(`ports taken: ${port}, ${port + 1}`);
      expect((await createObjectStoreClient(() => first).put(path, bytesOf(10))).status).toBe(201);
      await first.stop();
      await expect(fetch(first.url)).rejects.toThrow();

      const second = await startSwift({ ...OPTIONS, dataDir: folder, port });
      left.push(second.stop);
      expect(second.url).toBe(first.url);
      const kept = await createObjectStoreClient(() => second).get(path);
      expect(Buffer.from(await kept.arrayBuffer())).toEqual(bytesOf(10));
    }, 120_000);

    it('leaves nothing behind', async () => {
      const folder = newFolder();
      vi.stubEnv('TMPDIR', folder);
      left.push(() => vi.unstubAllEnvs());
      const swift = await startSwift(OPTIONS);
      expect(readdirSync(folder)).toEqual([expect.stringMatching(/^attache-swift-/)]);
      await swift.stop();
      await swift.stop();
      expect(readdirSync(folder)).toEqual([]);
      await expect(fetch(swift.url)).rejects.toThrow();
    }, 120_000);
  });
});
