import { expect } from '@playwright/test';
import type { Stage } from './stage.ts';

/** States in which a file can be held for as long as a row likes. */
export type Held = 'ready' | 'queued' | 'signing' | 'uploading' | 'verifying' | 'publishing' | 'failed';

export const HELD: readonly Held[] = ['ready', 'queued', 'signing', 'uploading', 'verifying', 'publishing', 'failed'];

/** Brings the file into a state and keeps it there; the returned function lets it go. */
export async function hold(stage: Stage, state: Held): Promise<() => void> {
  const { relay, sandbox, chat } = stage;
  switch (state) {
    case 'ready':
      await chat.drop(stage.notes);
      await expect(chat.panel.getByRole('button', { name: /^Remove / })).toBeVisible();
      return () => {};
    case 'queued': {
      const mend = relay.fail('PUT', { how: 'stall', share: 0.5 }, 2);
      await stage.send(['first.txt', 'second.txt']);
      await expect.poll(relay.stalled).toBe(2);
      return letGo(stage, mend);
    }
    case 'signing': {
      const undo = sandbox.brand.override('ms.GenerateURLForUploadFile', () => 'silent');
      await stage.send();
      await expect.poll(() => stage.asked()).toEqual(['ms.GenerateURLForUploadFile']);
      return undo;
    }
    case 'uploading': {
      const mend = relay.fail('PUT', { how: 'stall', share: 0.5 }, 1);
      await stage.send();
      await expect.poll(relay.stalled).toBe(1);
      return letGo(stage, mend);
    }
    case 'verifying': {
      const mend = [
        relay.fail('PUT', { how: 'cut', share: 0.5 }, 1),
        relay.fail('HEAD', { how: 'stall', share: 0 }, 1),
      ];
      await stage.send();
      await expect.poll(relay.stalled).toBe(1);
      return letGo(stage, ...mend);
    }
    case 'publishing': {
      const undo = sandbox.brand.override('ms.PublishEvent', ({ body }) =>
        JSON.stringify(body).includes('"hosted/file"') ? 'silent' : undefined,
      );
      await stage.send();
      await expect.poll(() => stage.asked()).toContain('ms.PublishEvent');
      return undo;
    }
    case 'failed': {
      const mend = relay.fail('PUT', { how: 'answer', status: 413 });
      await stage.send();
      await expect(stage.row.locator('.state-failed')).toBeVisible();
      return mend;
    }
  }
}

function letGo({ relay }: Stage, ...mend: (() => void)[]): () => void {
  return () => {
    for (const each of mend) each();
    relay.release();
  };
}
