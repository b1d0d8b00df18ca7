/** Says sentences to screen readers, once each. */
export interface Announcer {
  say(text: string, urgent?: boolean): void;
  dispose(): void;
}

/** Live regions miss text that comes with them; filled later, they are heard. Ms. */
const FILL_AFTER = 120;
/** A region that keeps its text is read again when browsing. Ms. */
const EMPTY_AFTER = 5_000;

interface Speaking {
  ariaNotify?(text: string, options?: { priority: 'normal' | 'high' }): void;
}

/** Important, as the page's own rules for every `div` may be: one that is not displayed is not heard. */
const HIDDEN: Readonly<Record<string, string>> = {
  all: 'initial',
  display: 'block',
  position: 'fixed',
  width: '1px',
  height: '1px',
  margin: '-1px',
  padding: '0',
  overflow: 'hidden',
  'clip-path': 'inset(50%)',
  'white-space': 'nowrap',
  border: '0',
};

function region(document: Document, role: 'status' | 'alert'): HTMLElement {
  const node = document.createElement('div');
  node.setAttribute('role', role);
  node.setAttribute('aria-live', role === 'status' ? 'polite' : 'assertive');
  for (const [property, value] of Object.entries(HIDDEN)) node.style.setProperty(property, value, 'important');
  return node;
}

function speaker(document: Document, node: HTMLElement) {
  let queue: string[] = [];
  let filling = 0;
  let emptying = 0;
  // Not in the body, whose children pages count, and which some exchange for another one.
  const place = () => document.documentElement.append(node);
  place();
  return {
    say(text: string) {
      if (!node.isConnected) place();
      queue.push(text);
      clearTimeout(filling);
      clearTimeout(emptying);
      node.textContent = '';
      filling = window.setTimeout(() => {
        node.textContent = queue.join(' ');
        queue = [];
        emptying = window.setTimeout(() => {
          node.textContent = '';
        }, EMPTY_AFTER);
      }, FILL_AFTER);
    },
    stop() {
      clearTimeout(filling);
      clearTimeout(emptying);
      node.remove();
    },
  };
}

/**
 * Two visually hidden nodes at the end of the document: live regions inside a shadow root are not reliably heard (USERS §1.4).
 * `document.ariaNotify` speaks instead where it exists; the nodes are then only its fallback when it throws.
 */
export function createAnnouncer(document: Document): Announcer {
  const polite = speaker(document, region(document, 'status'));
  const urgently = speaker(document, region(document, 'alert'));
  const speaking = document as Document & Speaking;
  return {
    say(text, urgent = false) {
      if (typeof speaking.ariaNotify === 'function') {
        try {
          speaking.ariaNotify(text, { priority: urgent ? 'high' : 'normal' });
          return;
        } catch {
          // A permissions policy may forbid it: the live region says it then.
        }
      }
      (urgent ? urgently : polite).say(text);
    },
    dispose() {
      polite.stop();
      urgently.stop();
    },
  };
}
