import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type EnvironmentOptions } from 'vite';
import { sandbox } from './src/sandbox/vite.ts';
import { addresses } from './tools/addresses.ts';
import { FLOATING } from './tools/built.ts';
import { ownKeysOnly } from './tools/ownKeysOnly.ts';
import { sharedChunk } from './tools/sharedChunk.ts';
import { shippedOnly } from './tools/shippedOnly.ts';

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
const target = ['chrome107', 'firefox104', 'safari16.4'];
const swift = process.env.ATTACHE_SWIFT_URL
  ? { url: process.env.ATTACHE_SWIFT_URL, key: process.env.ATTACHE_SWIFT_KEY ?? '' }
  : undefined;

/** The script tag: a classic script without React. */
function loader(outDir: string): EnvironmentOptions {
  return {
    consumer: 'client',
    build: {
      outDir,
      copyPublicDir: false,
      rolldownOptions: {
        input: { loader: 'src/loader/loader.ts' },
        output: { format: 'iife', entryFileNames: '[name].js' },
      },
    },
  };
}

export default defineConfig(({ command }) => {
  // What ships must not depend on a NODE_ENV that a shell or a parent process has left behind.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return {
    plugins: [
      react(),
      addresses(),
      sandbox({ storePort: { dev: 5174, preview: 4174 }, ...(swift ? { swift } : {}) }),
      ownKeysOnly(['widget', 'doors', 'lib']),
      shippedOnly(['loader', 'floating', 'widget', 'doors', 'lib']),
    ],
    define: {
      __VERSION__: JSON.stringify(version),
      // In dev the loader is a module of the page and the widget is built from source on the fly.
      __WIDGET_PATH__: JSON.stringify(command === 'serve' ? '/src/widget/widget.ts' : './widget/widget.js'),
    },
    server: { port: 5173, strictPort: true },
    preview: { port: 4173, strictPort: true },
    build: { target, sourcemap: true, modulePreload: false, reportCompressedSize: false },
    environments: {
      // The demo pages; nothing of them ships.
      client: {
        build: {
          outDir: 'dist/site',
          rolldownOptions: { input: ['index.html', 'src/demo/agent/index.html', 'src/demo/theme/index.html'] },
        },
      },
      loader: loader('dist/cdn'),
      // The same for the address that follows the releases: its widget is the one of exactly this version.
      floating: {
        ...loader(FLOATING),
        define: { __WIDGET_PATH__: JSON.stringify(`../v${version}/widget/widget.js`) },
      },
      // What the loader imports. Library mode leaves out Vite's preload helper (3 kB) around every import().
      widget: {
        consumer: 'client',
        define: { 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: 'dist/cdn/widget',
          copyPublicDir: false,
          manifest: true,
          cssMinify: true,
          lib: { entry: { widget: 'src/widget/widget.ts' }, formats: ['es'] },
          rolldownOptions: {
            // What the chunks share stays in the entry: no second file is needed to open.
            preserveEntrySignatures: 'allow-extension',
            output: {
              minify: true,
              // Marks for a bundler that comes after; after this build there is none.
              comments: { annotation: false },
              codeSplitting: { groups: [sharedChunk(resolve('src/widget/widget.ts'))] },
              entryFileNames: '[name].js',
              chunkFileNames: 'chunks/[name]-[hash].js',
            },
          },
        },
      },
      // What a page may import beside the loader. A build of its own: with several entries the widget would be cut in pieces.
      doors: {
        consumer: 'client',
        build: {
          outDir: 'dist/cdn/doors',
          copyPublicDir: false,
          lib: {
            entry: {
              teaser: 'src/widget/teaser.ts',
              maskCardNumbers: 'src/widget/maskCardNumbers.ts',
              liveperson: 'src/bridge/liveperson.ts',
            },
            formats: ['es'],
          },
          rolldownOptions: { output: { minify: true, entryFileNames: '[name].js' } },
        },
      },
      // The npm package: React and zustand are the page's own.
      lib: {
        consumer: 'client',
        build: {
          outDir: 'dist/lib',
          copyPublicDir: false,
          minify: false,
          cssMinify: true,
          lib: {
            entry: { index: 'src/index.ts', react: 'src/react/index.ts', liveperson: 'src/bridge/liveperson.ts' },
            formats: ['es'],
          },
          rolldownOptions: {
            external: [/^react($|\/)/, /^react-dom($|\/)/, /^zustand($|\/)/, 'browser-image-compression'],
            output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name]-[hash].js' },
          },
        },
      },
    },
    builder: {
      async buildApp(builder) {
        for (const name of ['client', 'loader', 'floating', 'widget', 'doors', 'lib']) {
          const environment = builder.environments[name];
          if (environment) await builder.build(environment);
        }
      },
    },
  };
});
