import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chromium } from 'playwright';
import { chromiumPath } from './chromium.ts';

/** Runs a command with its output shown; true when it ended well. */
export function ran(command: string, args: readonly string[]): boolean {
  return (
    spawnSync(command, args, { stdio: 'inherit', env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
      .status === 0
  );
}

/** Installs Debian packages; only as root on a machine with apt. `RUNLEVEL=1` keeps services from being started. */
export function aptInstall(...packages: string[]): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return false;
  process.env.RUNLEVEL = '1';
  const patient = ['-o', 'DPkg::Lock::Timeout=300', '-qq'];
  ran('apt-get', [...patient, 'update']);
  return ran('apt-get', [...patient, 'install', '-y', '--no-install-recommends', ...packages]);
}

function downloaded(): boolean {
  return existsSync(chromium.executablePath());
}

/** A Chromium to test with, found or fetched: named, installed, downloaded by Playwright, or Debian's. False: none. */
export function findBrowser(): boolean {
  if (chromiumPath() !== undefined || downloaded()) return true;
  console.log('No Chromium here: asking Playwright for one …');
  if (ran('npx', ['playwright', 'install', 'chromium']) && downloaded()) return true;
  console.log('… and now the distribution.');
  return aptInstall('chromium', 'fonts-liberation') && chromiumPath() !== undefined;
}
