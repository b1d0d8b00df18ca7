import type { Link } from './link.ts';
import { distribute } from './notifications.ts';
import type { World } from './world.ts';

/**
 * A consumer's socket has ended. When it was the last one, agents hear so (`BACKGROUND`, PROTOCOL §6.4) in every open
 * dialog of messages.
 */
export function wentAway(world: World, link: Link): void {
  const { account, who } = link;
  if (!who) return;
  for (const other of world.links) {
    if (other.kind === 'consumer' && other.account === account && other.who?.id === who.id) return;
  }
  const event = { type: 'ChatStateEvent', chatState: 'BACKGROUND' };
  for (const conversation of account.conversations.values()) {
    if (conversation.consumerId !== who.id) continue;
    for (const dialog of conversation.dialogs) {
      if (dialog.endedAt !== null || dialog.type === 'OTHER') continue;
      const said = { from: who.id, role: 'CONSUMER', event, metadata: [], audience: 'ALL' } as const;
      distribute(world, account, conversation, dialog.id, said);
    }
  }
}
