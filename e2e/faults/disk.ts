import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { CHANGED, failed, type Row } from './row.ts';
import { NOTES, type Stage } from './stage.ts';

const group = 'The file itself';

/** The file as it lies on the consumer's disk. */
interface OnDisk {
  change(): void;
  remove(): void;
}

/** Picks the file from a disk, where it can be changed afterwards: what is dropped by a test lies in the page's memory. */
function picked(fault: string, puts: number, happen: (stage: Stage, file: OnDisk) => Promise<void>): Row {
  return {
    group,
    fault,
    by: 'consumer',
    expected: failed(puts, CHANGED),
    async run(stage) {
      const folder = mkdtempSync(join(tmpdir(), 'attache-disk-'));
      const path = join(folder, NOTES);
      writeFileSync(path, stage.notes.buffer);
      try {
        await stage.chat.pick(path);
        // Its name is shown once it has been looked at.
        await expect(stage.chat.panel.locator('[data-checking="false"]').getByText(NOTES)).toBeVisible();
        await happen(stage, {
          change: () => writeFileSync(path, 'Other words about the garden gate.\n'.repeat(9_000)),
          remove: () => rmSync(path),
        });
        await stage.ends('failed');
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  };
}

/** What becomes of a file on the consumer's disk after it has been picked. */
export const DISK: readonly Row[] = [
  picked('changed before it is sent', 0, async ({ chat }, file) => {
    file.change();
    await chat.send.click();
  }),
  picked('deleted before it is sent', 0, async ({ chat }, file) => {
    file.remove();
    await chat.send.click();
  }),
  picked('changed while it waits for its URL', 1, async ({ chat, sandbox }, file) => {
    sandbox.brand.override('ms.GenerateURLForUploadFile', (_, proceed) => {
      file.change();
      return proceed();
    });
    await chat.send.click();
  }),
  picked('deleted while it is uploaded, and the connection is cut', 1, async ({ chat, relay }, file) => {
    relay.fail('PUT', { how: 'stall', share: 0.5 }, 1);
    await chat.send.click();
    await expect.poll(relay.stalled).toBe(1);
    file.remove();
    relay.cut();
  }),
];
