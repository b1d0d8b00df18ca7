import { afterEach, describe, expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { createStore } from 'zustand/vanilla';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import { createChatStore } from '../store/store.ts';
import type { LaterWorld } from './later.ts';
import { type Look, lookOf } from './look.ts';
import { startManners } from './manners.ts';

/** A page as high as three screens with fields at its end side, and a panel in its corner. */
function guest(inline = false) {
  const store = createChatStore({
    brandName: 'x',
    welcome: null,
    welcomeHint: null,
    suggestions: [],
    promise: null,
    limits: DEFAULT_LIMITS,
  });
  const host = document.createElement('div');
  const root = host.attachShadow({ mode: 'open' });
  const panel = document.createElement('div');
  panel.className = 'panel';
  panel.style.cssText = 'position:fixed;right:0;bottom:0;width:200px';
  const field = document.createElement('input');
  field.style.cssText = 'position:absolute;right:20px;width:100px;height:20px';
  const long = document.createElement('div');
  long.style.height = '3000px';
  root.append(panel);
  document.body.append(host, long, field);
  const look = createStore<Look>(() => ({ ...lookOf({ account: '1' }), inline }));
  const closed: string[] = [];
  const close = () => {
    closed.push('close');
    store.setState({ panelOpen: false });
  };
  const stop = startManners({ store, root, look, close, place: { host } } as unknown as LaterWorld);
  return { store, look, panel, field, closed, stop };
}

let stop = () => {};
afterEach(async () => {
  stop();
  document.body.replaceChildren();
  // Chromium removes only what has been written out.
  document.documentElement.setAttribute('style', '');
  document.documentElement.removeAttribute('style');
  await page.viewport(414, 896);
});

const panelTop = (panel: HTMLElement) => panel.getBoundingClientRect().top;

describe('what the page focuses', () => {
  test('under the panel is scrolled clear of it', async () => {
    await page.viewport(1000, 600);
    const world = guest();
    stop = world.stop;
    world.store.setState({ panelOpen: true });
    world.panel.style.height = '300px';
    world.field.style.top = '450px';
    world.field.focus({ preventScroll: true });
    expect(world.field.getBoundingClientRect().bottom).toBeLessThanOrEqual(panelTop(world.panel));
    expect(document.activeElement).toBe(world.field);
    expect(world.closed).toEqual([]);
  });

  test('that cannot be scrolled clear makes the panel step aside, and keeps the focus', async () => {
    await page.viewport(1000, 600);
    const world = guest();
    stop = world.stop;
    world.store.setState({ panelOpen: true });
    world.panel.style.height = '600px';
    world.field.style.top = '450px';
    world.field.focus({ preventScroll: true });
    expect(world.closed).toEqual(['close']);
    expect(document.activeElement).toBe(world.field);
  });

  test.each([
    ['beside the panel', { top: '50px' }, true, false],
    ['under a closed panel', { top: '450px' }, false, false],
    ['beside an inline panel', { top: '450px' }, true, true],
  ])('%s is left alone', async (_, { top }, panelOpen, inline) => {
    await page.viewport(1000, 600);
    const world = guest(inline);
    stop = world.stop;
    world.store.setState({ panelOpen });
    world.panel.style.height = '300px';
    world.field.style.top = top;
    world.field.focus({ preventScroll: true });
    expect([scrollY, world.closed]).toEqual([0, []]);
  });

  test('is nobody’s business any more when the widget has gone', async () => {
    await page.viewport(1000, 600);
    const world = guest();
    world.store.setState({ panelOpen: true });
    world.panel.style.height = '600px';
    world.field.style.top = '450px';
    world.stop();
    world.field.focus({ preventScroll: true });
    expect(world.closed).toEqual([]);
  });
});

describe('scrolling behind a sheet', () => {
  const html = document.documentElement;

  test('is locked on a phone while it is open, and everything is put back', async () => {
    await page.viewport(360, 640);
    const world = guest();
    stop = world.stop;
    expect(html.hasAttribute('style')).toBe(false);
    world.store.setState({ panelOpen: true });
    expect(getComputedStyle(html).overflow).toBe('hidden');
    world.store.setState({ panelOpen: false });
    expect(html.hasAttribute('style')).toBe(false);
  });

  test('the page’s own value comes back with its weight', async () => {
    await page.viewport(360, 640);
    html.setAttribute('style', 'overflow: scroll !important; color: red');
    const world = guest();
    world.store.setState({ panelOpen: true });
    expect(getComputedStyle(html).overflow).toBe('hidden');
    world.stop();
    expect([html.style.overflow, html.style.getPropertyPriority('overflow')]).toEqual(['scroll', 'important']);
    expect(html.style.color).toBe('red');
  });

  test('what the page has changed meanwhile stays as the page wants it', async () => {
    await page.viewport(360, 640);
    const world = guest();
    stop = world.stop;
    world.store.setState({ panelOpen: true });
    html.style.setProperty('overflow', 'auto');
    world.store.setState({ panelOpen: false });
    expect(html.style.overflow).toBe('auto');
  });

  test('is free on a wide screen, and beside an inline panel', async () => {
    await page.viewport(1000, 600);
    const world = guest();
    stop = world.stop;
    world.store.setState({ panelOpen: true });
    expect(html.hasAttribute('style')).toBe(false);
    await page.viewport(360, 640);
    await vi.waitFor(() => expect(html.style.overflow).toBe('hidden'));
    world.look.setState({ inline: true });
    expect(html.hasAttribute('style')).toBe(false);
  });
});
