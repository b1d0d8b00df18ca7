import type { Frame, Locator, Page } from '@playwright/test';

/** A consumer on a host page: the document that embeds the widget, and the widget in it. */
export interface Visit {
  readonly page: Page;
  /** The document with the widget: the page's own, or a frame in it. */
  readonly frame: Frame;
  readonly launcher: Locator;
  readonly panel: Locator;
  readonly message: Locator;
}

/**
 * Which clean page a host is compared with. What the reader's language and colours do to the panel is meant to be seen, so
 * pages of either kind have a clean page of their own: `rtl` puts the panel into the other corner, `dark` paints it dark.
 */
export type Reference = 'ltr' | 'rtl' | 'dark';

/** A brand's page that makes it hard for a guest. All texts are HTML, put where their names say. */
export interface Host {
  /** Also the path of the page. */
  readonly name: string;
  readonly reference?: Reference;
  /** Default `<!doctype html>`. */
  readonly doctype?: string;
  readonly htmlAttributes?: string;
  readonly bodyAttributes?: string;
  readonly head?: string;
  /** In `body`, before and after the furniture; the embedding snippet comes last. */
  readonly above?: string;
  readonly below?: string;
  /** Content-Security-Policy. */
  readonly policy?: string;
  /** The page stands in an iframe that may run scripts and nothing else. */
  readonly framed?: true;
  /** Options beside those of every host. */
  readonly boot?: Readonly<Record<string, unknown>>;
  /** What a consumer does on this page before they open the chat. */
  begin?(visit: Visit): Promise<void>;
  /** What only this page can do to the chat, after the conversation that every host has. */
  after?(visit: Visit): Promise<void>;
}

/** Elements of every kind that a brand's page is made of; their computed styles must stay as they are. */
const FURNITURE = `
<header data-furniture><nav data-furniture><ul data-furniture><li data-furniture><a data-furniture href="#about">About</a></li></ul></nav></header>
<main data-furniture>
  <h1 data-furniture>A brand</h1>
  <h2 data-furniture>Its second heading</h2>
  <p data-furniture>A <strong data-furniture>strong</strong>, <em data-furniture>stressed</em>, <code data-furniture>coded</code> line.</p>
  <ol data-furniture><li data-furniture>First</li></ol>
  <dl data-furniture><dt data-furniture>Term</dt><dd data-furniture>Meaning</dd></dl>
  <blockquote data-furniture>Quoted</blockquote>
  <figure data-furniture><svg data-furniture width="40" height="20" viewBox="0 0 40 20"><rect width="40" height="20"/></svg><figcaption data-furniture>Caption</figcaption></figure>
  <table data-furniture><thead data-furniture><tr data-furniture><th data-furniture>Head</th></tr></thead><tbody data-furniture><tr><td data-furniture>Cell</td></tr></tbody></table>
  <form data-furniture class="order"><fieldset data-furniture><legend data-furniture>Order</legend>
    <label data-furniture>Name <input data-furniture name="customer"></label>
    <select data-furniture><option>One</option></select>
    <textarea data-furniture></textarea>
    <button data-furniture type="button">Buy</button>
  </fieldset></form>
  <details data-furniture><summary data-furniture>More</summary>Less</details>
  <section data-furniture><article data-furniture><div data-furniture>Box</div></article></section>
  <hr data-furniture>
</main>
<footer data-furniture><small data-furniture>Imprint</small></footer>`;

/** The corner of the widget stays white (or dark) on every page, so that only the widget can differ. */
const BASE = ':where(html){background:#fff}html{padding-inline-end:470px!important}';

/** Runs in the page before anything of the widget does; `window.host` is what the tests ask later. */
const WATCH = `
(function () {
  // Adopted, because no policy forbids that.
  var base = new CSSStyleSheet();
  base.replaceSync('${BASE}');
  document.adoptedStyleSheets = [base];
  var violations = [];
  document.addEventListener('securitypolicyviolation', function (event) {
    violations.push(event.violatedDirective + ' ' + event.blockedURI);
  });
  function furniture() {
    return [...document.querySelectorAll('html, body, [data-furniture]')].map(function (element) {
      var style = getComputedStyle(element), box = element.getBoundingClientRect(), said = element.tagName;
      for (var at = 0; at < style.length; at += 1) said += '\\n' + style[at] + ': ' + style.getPropertyValue(style[at]);
      return said + '\\nbox: ' + [box.x, box.y, box.width, box.height].join(' ');
    });
  }
  function attributes() {
    return [document.querySelector('html'), document.querySelector('body')].map(function (element) {
      return element.cloneNode(false).outerHTML;
    });
  }
  var host = (window.host = {
    violations: violations,
    furniture: furniture,
    settle: function () {
      host.before = furniture();
      host.attributes = attributes();
      host.elements = new Set(document.querySelectorAll('*'));
      // The one global that stays: a brand's code may call it at any time.
      host.globals = new Set(Object.getOwnPropertyNames(window).concat('attache'));
    },
    regions: function () {
      return [...document.querySelectorAll('[aria-live]')].map(function (region) {
        var style = getComputedStyle(region);
        return [region.getAttribute('role'), style.display, style.visibility, style.position, style.width, style.height].join(' ');
      });
    },
    left: function () {
      var strange = [...document.querySelectorAll('*')].filter(function (element) {
        return !host.elements.has(element) && element.tagName !== 'SCRIPT' && !element.closest('[data-host]');
      });
      var globals = Object.getOwnPropertyNames(window).filter(function (name) { return !host.globals.has(name); });
      var changed = attributes().filter(function (tag, at) { return tag !== host.attributes[at] && !/data-host/.test(tag); });
      return strange.map(function (element) { return element.cloneNode(false).outerHTML; }).concat(globals, changed);
    },
  });
})();`;

export interface Embedding {
  /** Address of the loader. */
  readonly loader: string;
  readonly boot: object;
}

/** The whole page with the snippet that a brand copies; scripts carry the nonce of the strict policy. */
export function htmlOf(host: Host, { loader, boot }: Embedding): string {
  // "<" must not end the script early, whatever a test puts into the options.
  const options = JSON.stringify({ ...boot, ...host.boot }).replaceAll('<', '\\u003c');
  return `${host.doctype ?? '<!doctype html>'}
<html ${host.htmlAttributes ?? 'lang="en"'}>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${host.name}</title>
<link rel="icon" href="data:,">
<script nonce="e2e">${WATCH}</script>
${host.head ?? ''}
</head>
<body ${host.bodyAttributes ?? ''}>
${host.above ?? ''}${FURNITURE}${host.below ?? ''}
<script nonce="e2e">
  if (typeof window.attache !== 'function') window.attache = function () { (attache.q = attache.q || []).push(arguments); };
  // Not before: while a page is being parsed it has no last child, and a frame may have no size.
  addEventListener('load', function () {
    host.settle();
    attache('boot', ${options});
  });
</script>
<script nonce="e2e" async src="${encodeURI(loader)}"></script>
</body>
</html>`;
}
