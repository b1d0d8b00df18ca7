import type { ConversationFilter, Link, Subscription } from './link.ts';
import type { Account, ConversationRecord, DialogRecord, StoredEvent } from './records.ts';
import { ring } from './rings.ts';
import { conversationView, eventView, mayRead, type Said, statesOf } from './views.ts';
import type { World } from './world.ts';

/** Who hears of what. */

/** Characters in one back-log frame: readers refuse frames above a mebibyte, and previews are long. */
const BACKLOG_FRAME = 200_000;

/** When an ended conversation leaves the stream of changes, epoch ms; null while it goes on. */
export function leavesAt(world: World, { endedAt }: ConversationRecord): number | null {
  return endedAt === null ? null : endedAt + world.lifetimes.closedInStream * 1000;
}

function matches(world: World, filter: ConversationFilter, conversation: ConversationRecord): boolean {
  const { state, stage } = statesOf(conversation);
  if (filter.convState.length > 0 && !filter.convState.includes(state)) return false;
  if (filter.stage.length > 0 && !filter.stage.includes(stage)) return false;
  if (conversation.updatedAt < filter.since) return false;
  if ((leavesAt(world, conversation) ?? Number.POSITIVE_INFINITY) <= world.clock.now()) return false;
  const { agents } = filter;
  return agents === null || conversation.participants.some((participant) => agents.includes(participant.id));
}

/** Takes ended conversations back from a subscription when their time in the stream is over. */
function watchDepartures(world: World, link: Link, subscription: Subscription): void {
  subscription.stopWatch?.();
  const told = [...subscription.told]
    .map((id) => link.account.conversations.get(id))
    .filter((one) => one !== undefined);
  const [next] = told
    .map((conversation) => leavesAt(world, conversation))
    .filter((at) => at !== null)
    .sort((one, other) => one - other);
  if (next === undefined) return;
  subscription.stopWatch = link.after(Math.max(0, next - world.clock.now()), () => {
    if (link.subscriptions.get(subscription.id) !== subscription) return;
    for (const conversation of told) {
      if ((leavesAt(world, conversation) ?? Number.POSITIVE_INFINITY) <= world.clock.now()) {
        announceTo(world, link, subscription, conversation);
      }
    }
    watchDepartures(world, link, subscription);
  });
}

/** Consumers see their own conversations, agents all of the account. */
export function maySee(link: Link, conversation: ConversationRecord): boolean {
  return link.kind === 'agent' || link.who?.id === conversation.consumerId;
}

function notificationType(world: World, link: Link): string {
  return link.kind === 'agent' ? '.ams.aam.ExConversationChangeNotification' : world.variants.conversationNotification;
}

/** The first notification of a subscription: everything that matches, an empty list included (PROTOCOL §4.1). */
export function announceAll(world: World, link: Link, subscription: Subscription): void {
  const matching = [...link.account.conversations.values()].filter(
    (conversation) => maySee(link, conversation) && matches(world, subscription.filter, conversation),
  );
  for (const conversation of matching) subscription.told.add(conversation.id);
  link.notify(notificationType(world, link), {
    subscriptionId: subscription.id,
    changes: matching.map((conversation) => ({
      type: 'UPSERT',
      result: conversationView(link, conversation, world.variants),
    })),
    sentTs: world.clock.now(),
  });
  watchDepartures(world, link, subscription);
}

/** Tells every subscription that a conversation has changed. */
export function announce(world: World, account: Account, conversation: ConversationRecord): void {
  world.changed();
  for (const link of world.links) {
    if (link.account !== account || !maySee(link, conversation)) continue;
    for (const subscription of link.subscriptions.values()) {
      announceTo(world, link, subscription, conversation);
      if (conversation.endedAt !== null) watchDepartures(world, link, subscription);
    }
    ring(world, link, conversation);
  }
}

function announceTo(world: World, link: Link, subscription: Subscription, conversation: ConversationRecord): void {
  const matching = matches(world, subscription.filter, conversation);
  if (!matching && !subscription.told.has(conversation.id)) return;
  if (matching) subscription.told.add(conversation.id);
  else subscription.told.delete(conversation.id);
  link.notify(notificationType(world, link), {
    subscriptionId: subscription.id,
    changes: [{ type: matching ? 'UPSERT' : 'DELETE', result: conversationView(link, conversation, world.variants) }],
    sentTs: world.clock.now(),
  });
}

/** Agents hear of dialogs they take part in or have asked for; consumers of those they subscribed to, private notes excepted. */
function hears(world: World, link: Link, conversation: ConversationRecord, dialogId: string, said: Said): boolean {
  if (link.kind === 'consumer') {
    return maySee(link, conversation) && link.dialogs.has(dialogId) && mayRead(link, said, world.variants);
  }
  return link.dialogs.has(dialogId) || conversation.participants.some((participant) => participant.id === link.who?.id);
}

/** Sends something said to everybody who hears the dialog, its sayer included. */
export function distribute(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  dialogId: string,
  said: Said,
): void {
  for (const link of world.links) {
    if (link.account !== account || !hears(world, link, conversation, dialogId, said)) continue;
    const change = eventView(link, conversation, dialogId, said, world.variants);
    if (link.kind === 'agent') link.notify('.ams.ms.OnlineEventDistribution', change);
    else link.notify('ms.MessagingEventNotification', { changes: [change] });
  }
}

/** The stored events of a dialog as a link may see them, from a sequence on (inclusive). */
export function backlogOf(world: World, dialog: DialogRecord, link: Link, from: number): readonly StoredEvent[] {
  return dialog.events.filter((event) => event.sequence >= from && mayRead(link, event, world.variants));
}

/** A consumer's back-log: at least one notification, more when it is long (PROTOCOL §6.1). */
export function sendBacklog(
  world: World,
  link: Link,
  conversation: ConversationRecord,
  dialog: DialogRecord,
  from: number,
): void {
  let changes: unknown[] = [];
  let length = 0;
  const flush = () => {
    link.notify('ms.MessagingEventNotification', { changes });
    changes = [];
    length = 0;
  };
  for (const event of backlogOf(world, dialog, link, from)) {
    const change = eventView(link, conversation, dialog.id, event, world.variants);
    const size = JSON.stringify(change).length;
    if (changes.length > 0 && length + size > BACKLOG_FRAME) flush();
    changes.push(change);
    length += size;
  }
  flush();
}
