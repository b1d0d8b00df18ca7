import { expect, test } from 'vitest';
import type { Role } from '../built.ts';
import { pinnedSnippet } from './snippet.ts';

function file(path: string, role: Role) {
  return { path, role, name: path, raw: 1, gzip: 1, brotli: 1, integrity: `sha384-${path}` };
}

const FILES = [
  file('loader.js', 'loader'),
  file('loader.js.map', 'source map'),
  file('widget/widget.js', 'first open'),
  file('widget/chunks/views-1.js', 'lazy'),
  file('doors/teaser.js', 'door'),
  file('doors/teaser.js.map', 'source map'),
];

test('the pinned tags name the digest of the loader and of everything that it may import', () => {
  const snippet = pinnedSnippet('https://cdn.example/v1.2.3', FILES);
  const map = JSON.parse(/<script type="importmap">([^<]*)</.exec(snippet)?.[1] ?? '') as unknown;
  expect(map).toEqual({
    integrity: {
      'https://cdn.example/v1.2.3/widget/widget.js': 'sha384-widget/widget.js',
      'https://cdn.example/v1.2.3/widget/chunks/views-1.js': 'sha384-widget/chunks/views-1.js',
      'https://cdn.example/v1.2.3/doors/teaser.js': 'sha384-doors/teaser.js',
    },
  });
  expect(snippet.indexOf('importmap')).toBeLessThan(snippet.indexOf('loader.js'));
  expect(snippet).toContain(
    'src="https://cdn.example/v1.2.3/loader.js" integrity="sha384-loader.js" crossorigin="anonymous"',
  );
});

test('without a loader there is nothing to pin', () => {
  expect(() => pinnedSnippet('https://cdn.example', FILES.slice(1))).toThrow('no loader');
});
