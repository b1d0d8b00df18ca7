import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesBelow, rolesOf, type ViteManifest } from './built.ts';

const MANIFEST: ViteManifest = {
  'src/widget/widget.ts': { file: 'widget.js', name: 'widget', imports: ['_shared.js'] },
  '_shared.js': { file: 'chunks/shared-a1.js', name: 'shared', imports: ['src/widget/widget.ts'] },
  'src/ui/views.tsx': { file: 'chunks/views-b2.js', name: 'views', imports: ['_shared.js', '_icons.js'] },
  '_icons.js': { file: 'chunks/icons-c3.js', name: 'icons' },
  'src/widget/extra.ts': { file: 'extra.js', name: 'extra' },
};

const told = (paths: readonly string[]) => rolesOf(MANIFEST, paths).map(({ role, name }) => [role, name]);

describe('what a built file is for', () => {
  test('the loader is what every page downloads', () => {
    expect(told(['loader.js'])).toEqual([['loader', 'loader']]);
  });

  test('the first opening brings the widget and all that it imports, however deep', () => {
    expect(told(['widget/widget.js', 'widget/chunks/shared-a1.js'])).toEqual([
      ['first open', 'widget'],
      ['first open', 'shared'],
    ]);
  });

  test('other chunks are lazy, other entries and what only a lazy chunk imports included', () => {
    expect(told(['widget/chunks/views-b2.js', 'widget/chunks/icons-c3.js', 'widget/extra.js'])).toEqual([
      ['lazy', 'views'],
      ['lazy', 'icons'],
      ['lazy', 'extra'],
    ]);
  });

  test('what lies in doors/ is for the page to import', () => {
    expect(told(['doors/teaser.js', 'doors/teaser.js.map'])).toEqual([
      ['door', 'teaser'],
      ['source map', 'teaser'],
    ]);
  });

  test('a source map is named as its script is', () => {
    expect(told(['loader.js.map', 'widget/chunks/views-b2.js.map'])).toEqual([
      ['source map', 'loader'],
      ['source map', 'views'],
    ]);
  });

  test('a file that nobody downloads is an error that names it', () => {
    expect(() => told(['widget/chunks/views-old.js'])).toThrow('views-old.js');
    expect(() => told(['notes.txt'])).toThrow('notes.txt');
    expect(() => told(['doors/deep/er.js'])).toThrow('er.js');
  });

  test('without a widget there is no build', () => {
    expect(() => rolesOf({}, [])).toThrow('npm run build');
  });
});

test('the files of a folder are listed from top to bottom, sorted, without those that stay at home', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attache-built-'));
  try {
    mkdirSync(join(folder, 'widget/.vite'), { recursive: true });
    for (const file of ['widget/.vite/manifest.json', 'widget/b.js', 'a.js']) writeFileSync(join(folder, file), '');
    expect(filesBelow(folder)).toEqual(['a.js', 'widget/b.js']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
