import { defineConfig, devices } from '@playwright/test';
import type { Options } from './e2e/world.ts';
import { CHROMIUM_ARGS, chromiumPath, FIREFOX } from './tools/chromium.ts';

const executablePath = chromiumPath();
const chromium = {
  ...devices['Desktop Chrome'],
  launchOptions: { args: CHROMIUM_ARGS, ...(executablePath ? { executablePath } : {}) },
};

/** Built files on pages of a foreign origin; every spec starts the services it needs on ports of its own. */
export default defineConfig<Options>({
  testDir: 'e2e',
  fullyParallel: true,
  workers: 2,
  forbidOnly: !!process.env.CI,
  // Where a run decides, one more try tells a fault of the code from a busy machine. `npm test` names who needed it.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure', locale: 'en-GB', timezoneId: 'Europe/London' },
  projects: [
    {
      name: 'sandbox',
      testIgnore: ['console.spec.ts', 'webkit.spec.ts'],
      use: { ...chromium, objectStore: 'sandbox' },
    },
    // The same suite of file sharing with a real OpenStack Swift in the store's place.
    {
      name: 'swift',
      testMatch: ['file-sharing.spec.ts', 'console.spec.ts', 'faults/matrix.spec.ts'],
      use: { ...chromium, objectStore: 'swift' },
    },
    // And with the other digest that Swift may be asked for.
    {
      name: 'swift-sha256',
      testMatch: 'file-sharing.spec.ts',
      grep: /nearly 3 MB/,
      use: { ...chromium, objectStore: 'swift-sha256' },
    },
    // The main jobs in the other two engines. Firefox is Debian's own, spoken to by WebDriver BiDi.
    {
      name: 'firefox',
      grep: /@engines/,
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        launchOptions: { executablePath: FIREFOX },
        objectStore: 'sandbox',
      },
    },
    { name: 'webkit', testMatch: 'webkit.spec.ts', use: { objectStore: 'sandbox' } },
  ],
});
