/** The launcher's looks. The panel's own sheets come later and share the host's custom properties. */
const SHEET = `
:host{all:initial!important;position:static!important}
.launcher{all:initial;box-sizing:border-box;position:fixed;inset-block-end:calc(24px + env(safe-area-inset-bottom,0px));inset-inline-end:24px;z-index:var(--attache-z-index,1000);inline-size:56px;block-size:56px;border-radius:50%;display:grid;place-items:center;cursor:pointer;background:var(--attache-launcher,#126c42);color:var(--attache-launcher-ink,#fff);box-shadow:0 2px 6px rgb(0 0 0/.12),0 8px 24px rgb(0 0 0/.16);transition:transform 120ms cubic-bezier(.2,0,0,1);-webkit-tap-highlight-color:transparent}
.launcher:active{transform:scale(.94)}
.launcher:focus-visible{outline:3px solid var(--attache-launcher,#126c42);outline-offset:3px}
.launcher svg{inline-size:24px;block-size:24px;fill:none;stroke:currentColor;stroke-width:2;stroke-linecap:round;stroke-linejoin:round;pointer-events:none}
.launcher .close,.launcher[aria-expanded=true] .open{display:none}
.launcher[aria-expanded=true] .close{display:block}
.launcher[aria-busy=true] .open{opacity:.55}
.badge{position:absolute;inset-block-start:-4px;inset-inline-end:-4px;box-sizing:border-box;min-inline-size:22px;block-size:22px;padding-inline:6px;border:2px solid Canvas;border-radius:11px;background:#c5221f;color:#fff;font:600 12px/18px system-ui,sans-serif;text-align:center}
.badge:empty{display:none}
@media (max-width:480px){.launcher[aria-expanded=true]{display:none}}
@media (prefers-reduced-motion:reduce){.launcher{transition:none}}
@media (forced-colors:active){.launcher{border:2px solid ButtonText}}
@media print{:host{display:none!important}}
`;

const OPEN_PATH = 'M20 11.5a7.5 7.5 0 0 1-7.5 7.5 8 8 0 0 1-3.2-.7L4 20l1.6-4.6A7.5 7.5 0 1 1 20 11.5Z';
const CLOSE_PATH = 'M6 6l12 12M18 6 6 18';

/** The round button in its corner. `toggled` is called on every press. */
export interface Launcher {
  readonly button: HTMLButtonElement;
  show(state: { open: boolean; busy: boolean; unread: number }): void;
}

function icon(name: string, path: string): SVGSVGElement {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', name);
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', path);
  svg.append(shape);
  return svg;
}

export function createLauncher(root: ShadowRoot, toggled: () => void): Launcher {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const button = document.createElement('button');
  const badge = document.createElement('span');
  badge.setAttribute('aria-hidden', 'true');
  button.type = 'button';
  button.className = 'launcher';
  badge.className = 'badge';
  button.setAttribute('aria-haspopup', 'dialog');
  button.append(icon('open', OPEN_PATH), icon('close', CLOSE_PATH), badge);
  button.addEventListener('click', toggled);
  root.append(button);

  function show({ open, busy, unread }: { open: boolean; busy: boolean; unread: number }): void {
    button.setAttribute('aria-expanded', String(open));
    button.setAttribute('aria-busy', String(busy));
    const count = open ? 0 : unread;
    badge.textContent = count === 0 ? '' : count > 99 ? '99+' : String(count);
    button.setAttribute('aria-label', open ? 'Close chat' : count > 0 ? `Open chat, ${count} unread` : 'Open chat');
  }
  show({ open: false, busy: false, unread: 0 });
  return { button, show };
}

/** Black or white, whichever reads better on a `#rgb` or `#rrggbb` colour (WCAG relative luminance); white on others. */
export function inkOn(color: string): string {
  const hex = /^#([\da-f]{3}|[\da-f]{6})$/i.exec(color)?.[1];
  if (!hex) return '#fff';
  const [r, g, b] = (hex.length === 3 ? [...hex].map((c) => c + c) : [0, 2, 4].map((at) => hex.slice(at, at + 2))).map(
    (pair) => (Number.parseInt(pair, 16) / 255) ** 2.2,
  ) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.36 ? '#111' : '#fff';
}
