import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { foldersOf, integrityOf, released } from './manifest.ts';

const folder = mkdtempSync(join(tmpdir(), 'attache-manifest-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe('the manifest', () => {
  test('knows a file by its bytes, as browsers compute it', () => {
    // openssl dgst -sha384 -binary | base64, of "alert('Hello, world.');" (the example of the SRI specification).
    expect(integrityOf(Buffer.from("alert('Hello, world.');"))).toBe(
      'sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO',
    );
  });

  test('says what each file is, weighs and digests to', async () => {
    const bytes = Buffer.from('export const greeting = "hello";\n'.repeat(99));
    writeFileSync(join(folder, 'views.js'), bytes);
    const [file] = await released(folder, [{ path: 'views.js', role: 'lazy', name: 'views' }]);
    expect(file).toMatchObject({ path: 'views.js', role: 'lazy', name: 'views', raw: bytes.length });
    expect(file?.integrity).toBe(`sha384-${createHash('sha384').update(bytes).digest('base64')}`);
    expect(file?.gzip).toBeLessThan(bytes.length / 10);
    expect(file?.brotli).toBeLessThan(file?.gzip ?? 0);
  });

  test('is not made of a file that is missing', async () => {
    await expect(released(folder, [{ path: 'gone.js', role: 'lazy', name: 'gone' }])).rejects.toThrow('gone.js');
  });
});

describe('the folders of a version', () => {
  test.each([
    ['0.1.0', { exact: 'v0.1.0', floating: 'v0' }],
    ['12.0.3', { exact: 'v12.0.3', floating: 'v12' }],
  ])('%s', (version, folders) => {
    expect(foldersOf(version)).toEqual(folders);
  });

  test('nobody follows a pre-release', () => {
    expect(foldersOf('2.0.0-rc.1')).toEqual({ exact: 'v2.0.0-rc.1', floating: null });
  });

  test.each(['', '1', '1.2', 'v1.2.3', '1.2.3/../..', '1.2.3-', 'latest'])('"%s" is not a version', (text) => {
    expect(() => foldersOf(text)).toThrow('is not a version');
  });
});
