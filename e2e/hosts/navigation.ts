import { expect } from '@playwright/test';
import type { Host, Visit } from './host.ts';

const ROUTER = `
<a data-host href="/catalogue" id="catalogue">Catalogue</a>
<script nonce="e2e">
document.getElementById('catalogue').addEventListener('click', function (event) {
  event.preventDefault();
  host.transition = document.startViewTransition(function () {
    history.pushState({}, '', '/catalogue');
    document.title = 'Catalogue';
    var heading = document.createElement('h2');
    heading.setAttribute('data-host', '');
    heading.append('Catalogue');
    document.querySelector('main').replaceChildren(heading);
  });
});
</script>
<style>main{view-transition-name:main}::view-transition-group(*){animation-duration:60ms}</style>`;

/** As Turbo and its kin do: another body in the place of the old one, head and window stay. */
const SWAP = `
<a data-host href="/next" id="next">Next page</a>
<script nonce="e2e">
document.getElementById('next').addEventListener('click', function (event) {
  event.preventDefault();
  history.pushState({}, '', '/next');
  var body = document.createElement('body'), heading = document.createElement('h1');
  body.setAttribute('data-host', '');
  heading.append('The next page');
  body.append(heading);
  document.documentElement.replaceChild(body, document.body);
});
</script>`;

/** The chat goes on where it was: transcript, draft and connection. */
async function goesOn({ panel, message }: Visit, articles: number): Promise<void> {
  await expect(message).toHaveValue('half a');
  await expect(panel.getByRole('article')).toHaveCount(articles);
  await message.fill('after the change of pages');
  await message.press('Enter');
  await expect(panel.getByRole('article', { name: /, Sent$/ }).filter({ hasText: 'change of pages' })).toBeVisible();
}

/** Pages that change under the chat, or that are not a page of their own. */
export const NAVIGATION: readonly Host[] = [
  {
    name: 'router',
    below: ROUTER,
    async after(visit) {
      const { frame, message, panel } = visit;
      await message.fill('half a');
      const articles = await panel.getByRole('article').count();
      await frame.getByRole('link', { name: 'Catalogue' }).click();
      await frame.evaluate(
        () => (window as unknown as { host: { transition: { finished: Promise<void> } } }).host.transition.finished,
      );
      await expect(frame.getByRole('heading', { name: 'Catalogue' })).toBeVisible();
      await goesOn(visit, articles);
    },
  },
  {
    name: 'body-swap',
    below: SWAP,
    async after(visit) {
      const { frame, message, panel } = visit;
      await message.fill('half a');
      const articles = await panel.getByRole('article').count();
      await frame.getByRole('link', { name: 'Next page' }).click();
      await expect(frame.getByRole('heading', { name: 'The next page' })).toBeVisible();
      await goesOn(visit, articles);
    },
  },
  // An opaque origin: reading any storage throws, and so does asking for a lock.
  { name: 'sandboxed-frame', framed: true, boot: { persistence: 'session' } },
];
