import type { Actions } from '../flows/actions.ts';
import type { ChatStore } from '../store/store.ts';
import type { Place } from './api.ts';

/**
 * The panel's verbs with the brand's say in them: `beforesend` and the hook on what goes out, which gets the captions of
 * files too. What is refused, and what a hook throws at, stays in the composer: a mask that fails must not let a number out.
 */
export function panelActions(actions: Actions, store: ChatStore, { options, tell }: Place): Actions {
  function send(text: string): void {
    const { tray: all, attachments } = store.getState();
    const tray = all.filter((id) => attachments.get(id)?.at !== 'rejected');
    if (text.trim() === '' && tray.length === 0) return;
    if (!tell('beforesend', { files: tray.length }, true)) return;
    const hook = options().hooks?.outgoing;
    if (!hook) return actions.send(text);
    const masked = (line: string) => (line.trim() === '' ? line : hook(line));
    try {
      const line = masked(text);
      const captions = tray.map((id) => [id, masked(attachments.get(id)?.caption ?? '')] as const);
      if (typeof line !== 'string') return;
      for (const [id, caption] of captions) if (caption !== null) actions.setCaption(id, caption);
      actions.send(line);
    } catch (error) {
      reportError(error);
    }
  }
  return {
    ...actions,
    send,
    close() {
      // An inline panel is part of the page.
      if (options().mode !== 'inline') actions.close();
    },
  };
}
