import type { Link } from './link.ts';
import { type Account, type ConversationRecord, isOpen } from './records.ts';
import { oldIdOf } from './views.ts';
import type { World } from './world.ts';

/** New conversations offered to agents: the `.ams.routing.` stream of `node-agent-sdk`. */

/** How long a ring says it lasts, ms. Nobody is skipped here, so it is only told. */
const RING_LIFE = 72_000;

function waiting(conversation: ConversationRecord): boolean {
  const assigned = conversation.participants.some(({ role, state }) => role === 'ASSIGNED_AGENT' && state === 'ACTIVE');
  return isOpen(conversation) && !assigned;
}

function ringIdOf(account: Account, conversation: ConversationRecord): string {
  return `${conversation.id}_${account.id}_${conversation.startedAt}`;
}

/** The conversation that a ring is about. */
export function conversationOfRing(account: Account, ringId: string): ConversationRecord | undefined {
  return account.conversations.get(ringId.slice(0, ringId.indexOf('_')));
}

/** Offers a waiting conversation to an agent who takes routing tasks, and takes back an offer that is over. */
export function ring(world: World, link: Link, conversation: ConversationRecord): void {
  const { rings, account } = link;
  if (!rings) return;
  const offer = waiting(conversation);
  if (offer === rings.told.has(conversation.id)) return;
  if (offer) rings.told.add(conversation.id);
  else rings.told.delete(conversation.id);
  const mine = conversation.participants.some(({ id }) => id === link.who?.id);
  link.notify('.ams.routing.RoutingTaskNotification', {
    subscriptionId: rings.id,
    changes: [
      {
        type: 'UPSERT',
        result: {
          routingTaskId: conversation.id,
          brandId: account.id,
          taskCompleted: !offer,
          conversationId: conversation.id,
          consumerId: conversation.consumerId,
          skillId: conversation.skillId,
          assignedAgentId: mine && link.who ? oldIdOf(account, link.who.id) : null,
          ringsDetails: [
            {
              ringId: ringIdOf(account, conversation),
              ringState: offer ? 'WAITING' : mine ? 'ACCEPTED' : 'CANCELLED',
              ringExpiration: RING_LIFE,
              ringExpirationTs: world.clock.now() + RING_LIFE,
              weight: conversation.startedAt,
            },
          ],
        },
      },
    ],
  });
}

/** Offers everything that waits. */
export function ringAll(world: World, link: Link): void {
  for (const conversation of link.account.conversations.values()) ring(world, link, conversation);
}
