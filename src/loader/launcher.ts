/** A speech bubble in a square of 24 px. */
const BUBBLE = 'M22 11a10 10 0 0 1-10 10q-2 0-3.8-.8L2 22l1.8-6A10 10 0 1 1 22 11Z';

/**
 * The launcher of a chat that nobody has asked for yet; how it looks beside an open panel and with unread messages comes with
 * the widget (ui/launcher.css). The icon is a clipped box: half the bytes of a drawing. Ink is white or black, whichever reads.
 */
const SHEET = `:host{all:initial!important;display:contents!important}
:host([hidden]){display:none!important}
.launcher{all:initial;position:fixed;inset-block-end:calc(var(--attache-offset-block,24px) + env(safe-area-inset-bottom));inset-inline-end:var(--attache-offset-inline,24px);z-index:var(--attache-z-index,1000);inline-size:56px;block-size:56px;border-radius:50%;display:grid;place-items:center;cursor:pointer;background:var(--attache-launcher,#126c42);color:#fff;box-shadow:0 4px 20px #0004;forced-color-adjust:none}
@supports (color:lch(from red l c h)){.launcher{color:lch(from var(--attache-launcher,#126c42) calc((61 - l)*infinity) 0 0)}}
.launcher:focus-visible{outline:3px solid var(--attache-launcher,#126c42);outline-offset:3px}
.launcher:before{content:"";inline-size:24px;block-size:24px;background:currentColor;clip-path:path("${BUBBLE}")}
.launcher[aria-busy]{opacity:.8}
@media print{:host{display:none!important}}`;

/** The round button in its corner. */
export function createLauncher(root: ShadowRoot): HTMLButtonElement {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [sheet];
  const button = document.createElement('button');
  button.className = 'launcher';
  button.part = 'launcher';
  button.setAttribute('aria-haspopup', 'dialog');
  button.setAttribute('aria-expanded', 'false');
  button.setAttribute('aria-label', 'Open chat');
  root.append(button);
  return button;
}
