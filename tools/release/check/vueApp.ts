import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright';
import { listen } from '../../../src/sandbox/listen.ts';
import { run } from './command.ts';
import { filesOf } from './files.ts';
import { codeIn, withServices } from './recipe.ts';
import { talk } from './visit.ts';

const APP = 'tools/release/vue';
const BESIDE = { '@vitejs/plugin-vue': '6.0.11', vite: '8.3.8', vue: '3.5.45' };

/** Builds an app of Vue that has the tarball and the recipe of docs/embedding.md, as it stands there, and talks through it. */
export async function openVueApp(browser: Browser, tarball: string, app: string, servicesPort: number): Promise<void> {
  mkdirSync(app, { recursive: true });
  cpSync(APP, app, { recursive: true });
  const dependencies = { ...BESIDE, 'attache-chat': `file:${tarball}` };
  writeFileSync(join(app, 'package.json'), JSON.stringify({ private: true, type: 'module', dependencies }));
  writeFileSync(join(app, 'vite.config.js'), codeIn('js', 'Vue'));
  const services = `domain-api="http://localhost:${servicesPort}"`;
  writeFileSync(join(app, 'src/App.vue'), withServices(codeIn('vue', 'Vue'), services));
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline'], { cwd: app });
  run('npx', ['vite', 'build'], { cwd: app });
  const site = await listen(filesOf(join(app, 'dist')), 0);
  try {
    await talk(browser, `http://localhost:${site.port}/`);
  } finally {
    await site.close();
  }
}
