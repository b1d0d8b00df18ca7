import { expect } from '@playwright/test';
import { file, jpegOf } from '../files.ts';
import type { Host } from './host.ts';

const BANNER = `
<style>#cookies{position:fixed;inset:auto 0 0 0;z-index:1001;padding:30px;background:gold}#cookies[hidden]{display:none}</style>
<div data-host id="cookies" role="dialog" aria-label="Cookies"><p>We use cookies.</p><button type="button">Accept</button></div>
<button data-host type="button" id="settings">Cookie settings</button>
<script nonce="e2e">
(function () {
  var banner = document.getElementById('cookies'), pulled = 0;
  document.addEventListener('focusin', function (event) {
    if (banner.hidden || banner.contains(event.target) || ++pulled > 50) return;
    banner.querySelector('button').focus();
  }, true);
  banner.querySelector('button').addEventListener('click', function () { banner.hidden = true; });
  document.getElementById('settings').addEventListener('click', function () { banner.hidden = false; });
  host.pulled = function () { return pulled; };
})();
</script>`;

const MODAL = `
<dialog data-host id="offer"><p>An offer</p><form method="dialog"><button>No, thank you</button></form></dialog>
<button data-host type="button" id="show">Show the offer</button>
<script nonce="e2e">document.getElementById('show').addEventListener('click', function () { document.getElementById('offer').showModal(); });</script>`;

const DROP_ZONE = `
<script nonce="e2e">
host.dropped = [];
['dragenter', 'dragover', 'dragleave', 'drop'].forEach(function (type) {
  document.addEventListener(type, function (event) { event.preventDefault(); host.dropped.push(type); });
});
['paste', 'copy', 'cut'].forEach(function (type) {
  document.addEventListener(type, function (event) { host.dropped.push(type); });
});
</script>`;

/** Pages that lay something of their own over everything, or catch what falls anywhere. */
export const OVERLAYS: readonly Host[] = [
  {
    name: 'cookie-banner',
    below: BANNER,
    async begin({ frame }) {
      await frame.getByRole('button', { name: 'Accept' }).click();
    },
    async after({ frame, message }) {
      await message.fill('half a');
      await message.focus();
      await frame.getByRole('button', { name: 'Cookie settings' }).click();
      // Above the chat, and the trap gets the focus without the chat fighting for it.
      await message.focus();
      await expect(frame.getByRole('button', { name: 'Accept' })).toBeFocused();
      const pulled = await frame.evaluate(() => (window as unknown as { host: { pulled(): number } }).host.pulled());
      expect(pulled, 'times that the banner had to pull').toBeLessThan(5);
      await frame.getByRole('button', { name: 'Accept' }).click();
      await message.focus();
      await expect(message).toBeFocused();
      await expect(message).toHaveValue('half a');
    },
  },
  {
    name: 'modal-dialog',
    below: MODAL,
    async begin({ page, frame, launcher, panel }) {
      await frame.getByRole('button', { name: 'Show the offer' }).click();
      // Everything outside a modal dialog is inert.
      await launcher.click({ force: true, noWaitAfter: true });
      await expect(panel).toBeHidden();
      await page.keyboard.press('Escape');
      await expect(frame.getByText('An offer')).toBeHidden();
    },
    async after({ frame, message, panel }) {
      await message.fill('half a');
      await frame.getByRole('button', { name: 'Show the offer' }).click();
      await expect(panel).toBeVisible();
      await frame.getByRole('button', { name: 'No, thank you' }).click();
      await expect(message).toHaveValue('half a');
      await message.click();
      await message.pressSequentially(' sentence');
      await expect(message).toHaveValue('half a sentence');
    },
  },
  {
    name: 'drop-zone',
    below: DROP_ZONE,
    async after({ frame, panel }) {
      const caught = () =>
        frame.evaluate(() => (window as unknown as { host: { dropped: string[] } }).host.dropped.splice(0));
      await caught();
      await panel.drop({ files: [file('second.jpg', 'image/jpeg', jpegOf(300_000))] });
      await expect(panel.getByRole('button', { name: 'Remove second.jpg' })).toBeVisible();
      expect(await caught(), 'what the page caught of a file for the chat').toEqual([]);
      await frame.locator('h1').drop({ files: [file('third.jpg', 'image/jpeg', jpegOf(300_000))] });
      expect(await caught(), 'what falls beside the chat').toContain('drop');
      await panel.getByRole('button', { name: 'Remove second.jpg' }).click();
    },
  },
];
