const KINDS = ['keydown', 'keypress', 'keyup'] as const;

/** The same key for whoever reads it; not composed, so that it stays inside the shadow root. */
function copyOf(event: KeyboardEvent): KeyboardEvent {
  const { key, code, location, repeat, isComposing, ctrlKey, shiftKey, altKey, metaKey, keyCode, charCode } = event;
  return new KeyboardEvent(event.type, {
    ...{ key, code, location, repeat, isComposing, ctrlKey, shiftKey, altKey, metaKey, keyCode, charCode },
    bubbles: true,
    cancelable: true,
  });
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
