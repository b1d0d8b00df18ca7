import { arrayOf, field, numberOf, objectOf } from '../protocol/read.ts';
import { addConversation, change, newConversation } from './conversations.ts';
import { personOf } from './link.ts';
import { sendBacklog } from './notifications.ts';
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
import { downloadPath, type SignedAnswer, uploadPath } from './uploads.ts';
import { refuse, type World } from './world.ts';

/** What a consumer may ask for (PROTOCOL §3–§8). */

function text(world: World, body: string): Answer {
  return { type: world.variants.stringResponse, code: 200, body };
}

function signedUrl(world: World, body: SignedAnswer): Answer {
  return { type: world.variants.urlResponse, code: 200, body };
}

function clock(world: World): Answer {
  const now = world.clock.now();
  return {
    type: 'GetClockResponse',
    code: 200,
    body: world.variants.clock === 'object' ? { currentTime: now } : String(now),
  };
}

export const CONSUMER_REQUESTS: Handlers = {
  GetClock: clock,
  KeepAlive: (world) => text(world, 'OK'),

  'cqm.SubscribeExConversations': (world, link, request) => ({
    type: 'cqm.SubscribeExConversationsResponse',
    code: 200,
    body: subscribeConversations(world, link, request),
  }),
  'cqm.UnsubscribeExConversations': (world, link, request) => text(world, unsubscribeConversations(link, request)),

  'cm.ConsumerRequestConversation': (world, link, request) => {
    const brand = field(request.body, 'brandId');
    if (brand !== undefined && String(brand) !== link.account.id) refuse(400, 'brandId is another account');
    const conversation = newConversation(world, link.account, personOf(link), world.clock.now(), request.body);
    addConversation(world, link.account, conversation);
    return { type: 'cm.RequestConversationResponse', code: 200, body: { conversationId: conversation.id } };
  },

  'cm.UpdateConversationField': (world, link, request) => {
    const body = bodyOf(request);
    const conversation = conversationOf(link, body.conversationId);
    const fields = arrayOf(body.conversationField);
    if (fields.length === 0) refuse(400, 'conversationField is missing');
    const answers = fields.map((entry) => {
      if (field(entry, 'field') !== 'CSATRate') return updateField(world, link, conversation, entry, 'CONSUMER');
      change(world, link.account, conversation, { csat: objectOf(entry) });
      return 'OK CSAT updated successfully';
    });
    return text(world, answers.at(-1) ?? refuse(400, 'Unknown conversation field'));
  },

  'ms.SubscribeMessagingEvents': (world, link, request) => {
    const body = bodyOf(request);
    const { conversation, dialog } = placeOf(link, body);
    link.dialogs.add(dialog.id);
    sendBacklog(world, link, conversation, dialog, numberOf(body.fromSeq) ?? 0);
    const type = world.variants.subscribeResponse;
    return type === 'GenericSubscribeResponse' ? { type, code: 200, body: {} } : { type, code: 200 };
  },

  'ms.PublishEvent': (world, link, request) => ({
    type: 'ms.PublishEventResponse',
    code: 200,
    body: publishEvent(world, link, request, 'ALL'),
  }),

  'ms.GenerateURLForUploadFile': (world, link, request) => signedUrl(world, uploadPath(world, link, request.body)),
  'ms.GenerateURLForDownloadFile': (world, link, request) => signedUrl(world, downloadPath(world, link, request.body)),

  'userprofile.SetUserProfile': (world, link, request) => {
    link.account.profiles.set(personOf(link), bodyOf(request));
    world.changed();
    return text(world, 'OK User Profile set successfully');
  },
  'userprofile.GetUserProfile': (_, link) => ({
    type: 'userprofile.GetUserProfileResponse',
    code: 200,
    body: { ...link.account.profiles.get(personOf(link)), userId: personOf(link) },
  }),
};
