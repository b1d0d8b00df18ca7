import { expect } from '@playwright/test';
import type { Host, Visit } from './host.ts';
import { POLICY } from './plain.ts';

/** What Prototype.js 1.6 and its like do to everybody's prototypes, as far as a guest can meet it. */
const PROTOTYPE = `
var $A = function (iterable) {
  if (!iterable) return [];
  if ('toArray' in Object(iterable)) return iterable.toArray();
  var length = iterable.length || 0, results = new Array(length);
  while (length--) results[length] = iterable[length];
  return results;
};
Array.from = $A;
var toJSON = function () { return '[' + this.map(function (one) { return JSON.stringify(one); }).join(', ') + ']'; };
Object.assign(Array.prototype, {
  toJSON: toJSON,
  toArray: function () { return [].concat(this); },
  entries: function () { return [].concat(this); },
  each: function (act) { this.forEach(act); return this; },
  first: function () { return this[0]; }, last: function () { return this[this.length - 1]; },
  clear: function () { this.length = 0; return this; },
  without: function () { return []; }, inspect: function () { return '[]'; },
});
Object.assign(String.prototype, { strip: function () { return ''; }, gsub: function () { return ''; }, toJSON: function () { return this; } });
Object.assign(Function.prototype, {
  bind: function () {
    var self = this, given = $A(arguments), context = given.shift();
    return function () { return self.apply(context, given.concat($A(arguments))); };
  },
  curry: function () { return this; }, delay: function () { return 0; }, wrap: function () { return this; },
});
Object.assign(Element.prototype, {
  remove: function () { this.parentNode && this.parentNode.removeChild(this); return this; },
  scrollTo: function () { window.scrollTo(0, 0); return this; },
  update: function () { return this; }, replace: function () { return this; }, select: function () { return []; },
  show: function () { this.style.display = ''; return this; }, hide: function () { this.style.display = 'none'; return this; },
  visible: function () { return true; }, observe: function () { return this; }, clone: function () { return this; },
});
Object.prototype.extend = function (more) { return Object.assign(this, more); };
Object.prototype.keys = function () { return []; };
Object.prototype.dispose = 'junk';`;

/** What error reporters and old polyfills put around the platform. */
const PATCHES = `
(function () {
  var add = EventTarget.prototype.addEventListener, remove = EventTarget.prototype.removeEventListener, wrapped = new WeakMap();
  EventTarget.prototype.addEventListener = function (type, listener, options) {
    if (typeof listener !== 'function') return add.call(this, type, listener, options);
    if (!wrapped.has(listener)) wrapped.set(listener, function (event) { return listener.call(this, event); });
    return add.call(this, type, wrapped.get(listener), options);
  };
  EventTarget.prototype.removeEventListener = function (type, listener, options) {
    return remove.call(this, type, (typeof listener === 'function' && wrapped.get(listener)) || listener, options);
  };
  var fetched = window.fetch;
  window.fetch = function (address, options) {
    return fetched(new Request(address, options)).then(function (response) { response.clone(); return response; });
  };
  var Native = window.Promise;
  // A polyfill of 2015: not one thing that came later.
  window.Promise = class Promise extends Native {};
  ['allSettled', 'any', 'withResolvers', 'try'].forEach(function (name) { window.Promise[name] = undefined; });
  window.setTimeout = (function (later) {
    return function (act, ms) { return later(function () { act(); }, ms); };
  })(window.setTimeout);
  ['log', 'warn'].forEach(function (level) { console[level] = (function (say) { return function () { say.apply(console, arguments); }; })(console[level]); });
  window.WebSocket = class extends WebSocket { send(data) { super.send(data); } };
  window.MutationObserver = class extends MutationObserver {};
  var open = XMLHttpRequest.prototype.open;
  XMLHttpRequest.prototype.open = function (method, url) { return open.call(this, method, url, true); };
  Element.prototype.attachShadow = (function (attach) { return function (init) { return attach.call(this, init); }; })(Element.prototype.attachShadow);
})();`;

/** A page of shortcuts that looks only at the target, as most do; it takes what it hears away from whoever is typing. */
const hotkeys = (places: string, capture: boolean) => `<script nonce="e2e">
host.hotkeys = [];
['keydown', 'keypress', 'keyup'].forEach(function (type) {
  ${places}.forEach(function (place) {
    place.addEventListener(type, function (event) {
      if (/^(input|textarea|select)$/i.test(event.target.tagName)) return;
      host.hotkeys.push(type + ' ' + event.key);
      event.preventDefault();
    }, ${capture});
  });
});
</script>`;

/** Types what shortcuts are made of; then closes the chat by keyboard, presses a shortcut of the page, and opens it again. */
async function typesShortcuts({ page, frame, panel, message, launcher }: Visit): Promise<void> {
  const heard = () => frame.evaluate<string[]>('window.host.hotkeys.splice(0)');
  await message.click();
  await heard();
  await page.keyboard.type('s/?gk j 1');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('ArrowUp');
  await expect(message).toHaveValue('s/?gk j 1\n');
  await message.fill('');
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  expect(await heard(), 'keys typed in the chat').toEqual([]);
  await frame.locator('h1').click();
  await page.keyboard.press('s');
  expect(await heard(), 'keys typed elsewhere').toContain('keydown s');
  await launcher.click();
  await expect(message).toBeVisible();
}

const NAMES = ['attache', 'document', 'customElements', 'process', 'module', 'exports', 'define', 'global', 'q'];
const HOOKS = [
  '__REACT_DEVTOOLS_GLOBAL_HOOK__',
  '__ZUSTAND__',
  'React',
  'regeneratorRuntime',
  'setImmediate',
  'scheduler',
];

/** Pages whose scripts, policies and names get into a guest's way. */
export const SCRIPTS: readonly Host[] = [
  { name: 'strict-policy', policy: POLICY },
  { name: 'base-elsewhere', head: '<base href="https://elsewhere.example/app/" target="_blank">' },
  { name: 'prototype-js', head: `<script nonce="e2e">${PROTOTYPE}</script>` },
  { name: 'patched-platform', head: `<script nonce="e2e">${PATCHES}</script>` },
  { name: 'hotkeys', head: hotkeys('[window, document, document.documentElement]', false), after: typesShortcuts },
  {
    name: 'hotkeys-first',
    head: hotkeys('[document, document.documentElement]', true),
    after: typesShortcuts,
  },
  {
    // Without `defaultView`, which React itself asks of its document.
    name: 'clobbered-names',
    above: `<div data-host hidden>
${[...NAMES, ...HOOKS].map((name) => `<a id="${name}">${name}</a>`).join('')}
<form name="attache"><input name="q"><input name="loaded"><input name="length"></form>
<img name="body" alt=""><img name="currentScript" alt=""><img name="activeElement" alt=""><img name="prerendering" alt="">
<img name="visibilityState" alt=""><img name="hidden" alt=""><img name="ariaNotify" alt=""><img name="cookie" alt=""><img name="readyState" alt="">
</div>`,
  },
  {
    name: 'no-custom-elements',
    head: '<script nonce="e2e">Object.defineProperty(window, "customElements", { value: undefined });</script>',
  },
];
