import { afterEach, beforeAll, expect, test } from 'vitest';
import type { Place, Widget } from '../widget/api.ts';
import { type AttacheElement, defineElement } from './element.ts';

/** `<attache-chat>` in a real browser, with a widget that only counts its lives. */

let made: Place[] = [];
let destroyed = 0;
/** On the page before the script comes, and as it was then. */
const early = document.createElement('attache-chat') as AttacheElement;
let wasBooted = false;

beforeAll(() => {
  early.options = { account: 'early', welcome: 'Hello' };
  document.body.append(early);
  defineElement({
    load: async () => ({
      createWidget(place) {
        made.push(place);
        let open = false;
        return {
          open: () => {
            open = true;
            place.tell('open', {});
          },
          update() {},
          resume: () => place.tell('open', {}),
          status: () => ({ open, unread: 0, connection: 'idle' }),
          destroy: () => {
            destroyed += 1;
          },
        } as Partial<Widget> as Widget;
      },
    }),
  });
  wasBooted = early.status().booted;
});
afterEach(async () => {
  document.body.replaceChildren();
  await settled();
  made = [];
  destroyed = 0;
});

const settled = () => new Promise((resolve) => setTimeout(resolve, 20));

function written(html: string): AttacheElement {
  const template = document.createElement('template');
  template.innerHTML = html;
  const element = document.importNode(template.content, true).firstElementChild as AttacheElement;
  document.body.append(element);
  return element;
}

test('a property that was set before the script came is taken over', async () => {
  expect(wasBooted).toBe(true);
  document.body.append(early);
  early.open();
  await settled();
  expect(made[0]?.options()).toMatchObject({ account: 'early', welcome: 'Hello' });
});

test('attributes are options, now and later; one that goes is none', async () => {
  const element = written('<attache-chat account="1" brand-name="Meadow" theme="dark" class="x"></attache-chat>');
  element.open();
  await settled();
  expect(made[0]?.options()).toEqual({ account: '1', brandName: 'Meadow', theme: 'dark' });
  element.setAttribute('theme', 'light');
  element.removeAttribute('brand-name');
  expect(made[0]?.options()).toEqual({ account: '1', brandName: undefined, theme: 'light' });
});

test('without an account it waits for one', async () => {
  const element = written('<attache-chat></attache-chat>');
  expect(element.status().booted).toBe(false);
  element.options = { account: '1' };
  await settled();
  expect(element.status().booted).toBe(true);
});

test('written by the parser it boots with all of its attributes', async () => {
  const box = document.createElement('div');
  document.body.append(box);
  // The element is on the page before its attributes are heard of, as in a page that is being read.
  box.innerHTML = '<attache-chat account="1" mode="inline" theme="dark"></attache-chat>';
  await expect.poll(() => made.length).toBe(1);
  expect(made[0]?.options()).toEqual({ account: '1', mode: 'inline', theme: 'dark' });
});

test('moved in the page it keeps its widget', async () => {
  const element = written('<attache-chat account="1"></attache-chat>');
  const box = document.createElement('div');
  document.body.append(box);
  element.open();
  await settled();
  box.append(element);
  element.remove();
  document.body.prepend(element);
  await settled();
  expect([made.length, destroyed]).toEqual([1, 0]);
  expect(element.status().open).toBe(true);
});

test('taken away it is shut down, and put back it boots again', async () => {
  const element = written('<attache-chat account="1"></attache-chat>');
  element.open();
  await settled();
  element.remove();
  await settled();
  expect([destroyed, element.status().booted]).toEqual([1, false]);
  document.body.append(element);
  expect(element.status().booted).toBe(true);
});

test('after shutdown a new attribute does not bring it back', async () => {
  const element = written('<attache-chat account="1"></attache-chat>');
  await settled();
  element.shutdown();
  element.setAttribute('theme', 'dark');
  await settled();
  expect(element.status().booted).toBe(false);
});

test('its events bubble under their own names', async () => {
  const element = written('<attache-chat account="1"></attache-chat>');
  const heard: unknown[] = [];
  document.addEventListener('attache:open', ({ target }) => heard.push(target), { once: true });
  element.open();
  await settled();
  expect(heard).toEqual([element]);
});

test('inline there is no launcher to be seen, and the panel comes by itself', async () => {
  const element = written('<attache-chat account="1" mode="inline"></attache-chat>');
  const launcher = element.shadowRoot?.querySelector('button') as HTMLButtonElement;
  expect(getComputedStyle(launcher).display).toBe('none');
  await expect.poll(() => made.length).toBe(1);
});
