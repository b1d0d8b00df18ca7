import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';

/** The hello panel as one script, built from the repository's own React as the widget is. */
export async function buildHello(): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'attache-floor-'));
  try {
    await build({
      configFile: false,
      logLevel: 'error',
      // The bench itself does not run as production.
      oxc: { jsx: { development: false } },
      define: { 'process.env.NODE_ENV': '"production"' },
      build: {
        outDir: folder,
        copyPublicDir: false,
        lib: { entry: { hello: 'tools/bench/page/floor/hello.tsx' }, formats: ['es'] },
        rolldownOptions: { output: { minify: true, comments: { annotation: false }, entryFileNames: '[name].js' } },
      },
    });
    return await readFile(join(folder, 'hello.js'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
