import type { ChatElement } from './api.ts';

/** What stands beside the launcher, and where it is remembered that it has stood there. */
export interface Teaser {
  readonly text: string;
  /** The account of the chat: part of the name under which the session remembers. */
  readonly account: string;
}

/** Ms before which nothing is said (USERS §17). */
const AFTER = 10_000;

const SHEET = `
.teaser{all:initial;box-sizing:border-box;position:fixed;inset-block-end:calc(var(--attache-offset-block,24px) + 68px + env(safe-area-inset-bottom,0px));inset-inline-end:var(--attache-offset-inline,24px);z-index:var(--attache-z-index,1000);display:flex;align-items:center;gap:4px;max-inline-size:min(300px,calc(100vw - 48px));padding:6px 6px 6px 16px;border-radius:18px;background:Canvas;color:CanvasText;font:400 15px/22px system-ui,sans-serif;box-shadow:0 0 0 1px rgb(0 0 0/.08),0 8px 24px rgb(0 0 0/.16)}
.teaser button{all:initial;font:inherit;color:inherit;cursor:pointer;padding:6px 0}
.teaser button:focus-visible{outline:2px solid;outline-offset:2px;border-radius:4px}
.teaser .dismiss{flex:none;inline-size:36px;block-size:36px;padding:0;text-align:center;border-radius:50%}
@media print{.teaser{display:none}}
`;

/** Whether the consumer has seen it in this session; true where that cannot be remembered. Marks it as seen. */
function seenBefore(account: string): boolean {
  try {
    const key = `attache:${account}:teased`;
    const seen = sessionStorage.getItem(key) !== null;
    sessionStorage.setItem(key, '1');
    return seen;
  } catch {
    return true;
  }
}

/** Somebody is writing: nothing may move beside them. */
function isWriting(): boolean {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement && (focused.isContentEditable || focused.matches('input, textarea, select'));
}

function button(text: string, act: () => void): HTMLButtonElement {
  const made = document.createElement('button');
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', act);
  return made;
}

function show(chat: ChatElement, text: string, gone: AbortController): void {
  const root = chat.shadowRoot;
  if (!root) return;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(SHEET);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const bubble = document.createElement('div');
  bubble.className = 'teaser';
  gone.signal.addEventListener('abort', () => {
    bubble.remove();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  });
  const dismiss = button('✕', () => gone.abort());
  dismiss.className = 'dismiss';
  dismiss.setAttribute('aria-label', 'Dismiss');
  bubble.append(
    button(text, () => chat.open()),
    dismiss,
  );
  root.append(bubble);
}

/**
 * Shows a sentence beside the launcher: once a session and not before ten seconds, never while somebody writes, never on a page
 * marked `data-chat-quiet`, and never where "once" cannot be remembered (USERS §17). It goes with a press, when the chat opens
 * or is hidden, and with the widget; it never takes the focus. What it returns takes it away.
 */
export function startTeaser(chat: ChatElement, { text, account }: Teaser): () => void {
  const gone = new AbortController();
  const { signal } = gone;
  const stop = () => gone.abort();
  const stops = [chat.on('open', stop), chat.on('destroy', stop)];
  const timer = setTimeout(come, AFTER);
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    for (const unlisten of stops) unlisten();
  });

  function come(): void {
    // The focus is nowhere while it moves from one field to the next.
    const again = () => setTimeout(() => signal.aborted || come(), 0);
    if (isWriting()) return document.addEventListener('focusout', again, { once: true, signal });
    const { booted, open, hidden } = chat.status();
    const welcome = booted && !open && !hidden && document.querySelector('[data-chat-quiet]') === null;
    if (welcome && !seenBefore(account)) show(chat, text, gone);
    else stop();
  }
  return stop;
}
