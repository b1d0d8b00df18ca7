/** What the launcher of a loaded chat says. The focus goes back to it where it was in the panel that closes. */
export function paintLauncher(launcher: HTMLButtonElement, { open, unread }: { open: boolean; unread: number }): void {
  const count = open ? 0 : unread;
  const root = launcher.getRootNode();
  const closes = !open && launcher.getAttribute('aria-expanded') === 'true';
  const held = closes && root instanceof ShadowRoot && root.activeElement !== null;
  launcher.setAttribute('aria-expanded', `${open}`);
  launcher.setAttribute('aria-label', open ? 'Close chat' : `Open chat${count ? `, ${count} unread` : ''}`);
  launcher.removeAttribute('aria-busy');
  if (count) launcher.dataset.unread = count > 99 ? '99+' : `${count}`;
  else delete launcher.dataset.unread;
  if (held) launcher.focus();
}
