import { cleanup } from '@testing-library/react';
import type { LaterViews } from './arrival.ts';
import { paint } from './panel.testing.tsx';
import { sheetText } from './styles.ts';
import { themeText } from './theme.ts';
import * as views from './views.tsx';

/** The panel in a shadow root with its styles, as on a brand's page; for tests in a browser only. */

let host: HTMLElement | null = null;

export function leaveShadow(): void {
  cleanup();
  host?.remove();
}

export function paintInShadow(state: Parameters<typeof paint>[0], later?: LaterViews) {
  host = document.createElement('attache-chat');
  document.body.append(host);
  const root = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  // Without the panel's entrance, so that places can be compared from the first frame.
  sheet.replaceSync(`${sheetText}${views.css}${themeText('#126c42')}.attache .panel { animation: none }`);
  root.adoptedStyleSheets = [sheet];
  const container = document.createElement('div');
  root.append(container);
  const painted = paint(state, { container, ...(later ? { later } : {}) });
  const find = <E extends HTMLElement>(selector: string): E => {
    const found = root.querySelector<E>(selector);
    if (!found) throw new Error(`no ${selector}`);
    return found;
  };
  return { ...painted, root, find };
}

/** Two frames on: layout, observers and their painting are done. */
export const nextPaint = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
