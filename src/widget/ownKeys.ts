const KINDS = ['keydown', 'keypress', 'keyup'] as const;

const FACTS = [
  ...['key', 'code', 'repeat', 'isComposing', 'keyCode', 'charCode'],
  ...['ctrlKey', 'shiftKey', 'altKey', 'metaKey'],
] as const satisfies readonly (keyof KeyboardEvent)[];

/**
 * The same key for whoever reads it; not composed, so that it stays inside the shadow root. A plain event with a key's facts:
 * Firefox makes every `KeyboardEvent` composed, whatever it is told, and the window would hear the copy again, without end.
 */
function copyOf(event: KeyboardEvent): Event {
  const copy = new Event(event.type, { bubbles: true, cancelable: true });
  for (const fact of FACTS) Object.defineProperty(copy, fact, { value: event[fact] });
  return copy;
}

/**
 * Keeps keys for the chat from the page in every phase (USERS §13): a page that captures would hear them before the chat
 * does, with the chat's element as their target, which is no text field. So they end at the window and are told again inside.
 */
export function keepKeys(host: Element): () => void {
  function retell(event: KeyboardEvent): void {
    const [target] = event.composedPath();
    if (event.target !== host || !target || target === host) return;
    event.stopImmediatePropagation();
    if (!target.dispatchEvent(copyOf(event))) event.preventDefault();
  }
  for (const kind of KINDS) addEventListener(kind, retell, { capture: true });
  return () => {
    for (const kind of KINDS) removeEventListener(kind, retell, { capture: true });
  };
}
