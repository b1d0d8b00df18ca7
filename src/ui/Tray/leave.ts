import type { MouseEvent } from 'react';

/**
 * Before something goes by keyboard: its focus moves to what can be removed next in the tray, else before it, else to the
 * message. With a mouse or a finger it stays, because on a phone the message would bring up the keyboard.
 */
export function leave({ currentTarget, detail }: MouseEvent<HTMLElement>, message: HTMLElement | null): void {
  if (detail > 0) return;
  const own = currentTarget.closest('li');
  const all = [...(currentTarget.closest('.tray')?.querySelectorAll<HTMLElement>('[data-removes]') ?? [])];
  const at = all.findIndex((button) => own?.contains(button));
  (all[at + 1] ?? all[at - 1] ?? message)?.focus();
}
