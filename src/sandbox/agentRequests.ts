import { arrayOf, field, numberOf, objectOf, stringOf } from '../protocol/read.ts';
import { addConversation, change, newConversation } from './conversations.ts';
import type { Link } from './link.ts';
import { backlogOf } from './notifications.ts';
import { changeParticipants, join } from './participants.ts';
import type { ConversationRecord } from './records.ts';
import {
  type Answer,
  bodyOf,
  conversationOf,
  type Handlers,
  placeOf,
  publishEvent,
  subscribeConversations,
  unsubscribeConversations,
  updateField,
} from './requests.ts';
import { ROUTING_REQUESTS } from './routing.ts';
import { downloadPath, uploadPath } from './uploads.ts';
import { eventView } from './views.ts';
import { refuse, type World } from './world.ts';

/** What an agent may ask for: the `.ams.` dialect as `node-agent-sdk` 1.2 speaks it (PROTOCOL §12). */

function ok(type: string, body: unknown): Answer {
  return { type, code: 200, body };
}

function updateConversation(world: World, link: Link, conversation: ConversationRecord, entry: unknown): string {
  switch (field(entry, 'field')) {
    case 'ParticipantsChange':
      return changeParticipants(world, link, conversation, entry);
    case 'Skill':
      change(world, link.account, conversation, { skillId: stringOf(field(entry, 'skill')) ?? '-1' });
      return 'OK Skill updated successfully';
    default:
      return updateField(world, link, conversation, entry, 'AGENT') ?? refuse(400, 'Unknown conversation field');
  }
}

export const AGENT_REQUESTS: Handlers = {
  ...ROUTING_REQUESTS,

  '.GetClock': (world) => ok('.GetClock$Response', { currentTime: world.clock.now() }),
  '.ams.GetClock': (world) => ok('.ams.GetClock$Response', { currentTime: world.clock.now() }),

  '.ams.aam.SubscribeExConversations': (world, link, request) =>
    ok('.ams.aam.SubscribeExConversations$Response', subscribeConversations(world, link, request)),
  '.ams.aam.UnsubscribeExConversations': (_, link, request) =>
    ok('.ReqBody$StringResp', unsubscribeConversations(link, request)),

  '.ams.ms.QueryMessages': (world, link, request) => {
    const body = bodyOf(request);
    const { conversation, dialog } = placeOf(link, body);
    const newer = numberOf(body.newerThanSequence);
    const from = newer === null ? (numberOf(body.fromSeq) ?? 0) : newer + 1;
    link.dialogs.add(dialog.id);
    const events = backlogOf(world, dialog, link, from);
    return ok(
      '.ams.ms.QueryMessages$Response',
      events.map((event) => eventView(link, conversation, dialog.id, event, world.variants)),
    );
  },

  '.ams.ms.PublishEvent': (world, link, request) => {
    const audience = field(request.body, 'messageAudience') === 'AGENTS_AND_MANAGERS' ? 'AGENTS_AND_MANAGERS' : 'ALL';
    return ok('.ams.ms.PublishEvent$Response', publishEvent(world, link, request, audience));
  },

  '.ams.cm.UpdateConversationField': (world, link, request) => {
    const body = bodyOf(request);
    const conversation = conversationOf(link, body.conversationId);
    const fields = arrayOf(body.conversationField);
    if (fields.length === 0) refuse(400, 'conversationField is missing');
    const answers = fields.map((entry) => updateConversation(world, link, conversation, entry));
    return ok('.ReqBody$StringResp', answers.at(-1));
  },

  '.ams.cm.AgentRequestConversation': (world, link, request) => {
    const consumerId = stringOf(field(request.body, 'consumerId')) ?? refuse(400, 'consumerId is missing');
    const asked = { conversationContext: { type: 'ProactiveContext' }, ...objectOf(request.body) };
    const conversation = newConversation(world, link.account, consumerId, world.clock.now(), asked);
    addConversation(world, link.account, conversation);
    join(world, link, conversation);
    return ok('.ams.cm.RequestConversation$Response', { conversationId: conversation.id });
  },

  '.ams.ms.GenerateURLForUploadFile': (world, link, request) =>
    ok('.ams.ms.GenerateURL$Response', uploadPath(world, link, request.body)),
  '.ams.ms.GenerateURLForDownloadFile': (world, link, request) =>
    ok('.ams.ms.GenerateURL$Response', downloadPath(world, link, request.body)),

  /** The body is the consumer's id itself. */
  '.ams.userprofile.GetUserProfile': (_, link, request) => {
    const consumerId = stringOf(request.body) ?? stringOf(field(request.body, 'consumerId')) ?? '';
    return ok('.ams.userprofile.GetUserProfile$Response', {
      ...link.account.profiles.get(consumerId),
      userId: consumerId,
    });
  },
};
