import { field, stringOf } from '../protocol/read.ts';
import { personOf } from './link.ts';
import { join } from './participants.ts';
import type { Handlers } from './requests.ts';
import { conversationOfRing, ringAll } from './rings.ts';
import { oldIdOf } from './views.ts';
import { refuse } from './world.ts';

/** An agent's availability, and conversations that ring until somebody takes them. */

const AVAILABILITY: readonly string[] = ['ONLINE', 'OCCUPIED', 'AWAY', 'BACK_SOON', 'OFFLINE'];

export const ROUTING_REQUESTS: Handlers = {
  '.ams.routing.SubscribeRoutingTasks': (world, link) => {
    const id = world.uuid();
    link.rings = { id, told: new Set() };
    ringAll(world, link);
    return { type: '.ams.routing.SubscribeRoutingTasks$Response', code: 200, body: { subscriptionId: id } };
  },
  '.ams.routing.UpdateRoutingTaskSubscription': (_, link) => {
    if (!link.rings) refuse(400, 'There is no subscription to routing tasks');
    return { type: '.ReqBody$StringResp', code: 200, body: 'OK' };
  },
  '.ams.routing.UpdateRingState': (world, link, request) => {
    const conversation = conversationOfRing(link.account, stringOf(field(request.body, 'ringId')) ?? '');
    if (!conversation) return refuse(400, 'Unknown ring');
    if (field(request.body, 'ringState') === 'ACCEPTED') join(world, link, conversation);
    return { type: '.ReqBody$StringResp', code: 200, body: 'Ring state updated successfully' };
  },
  '.ams.routing.SubscribeAgentsState': (world, link) => {
    const id = world.uuid();
    link.agentStates = id;
    return { type: '.ams.routing.SubscribeAgentsState$Response', code: 200, body: { subscriptionId: id } };
  },
  '.ams.routing.SetAgentState': (_, link, request) => {
    const availability = stringOf(field(request.body, 'availability')) ?? '';
    if (!AVAILABILITY.includes(availability)) refuse(400, `Unknown availability ${availability.slice(0, 40)}`);
    if (link.agentStates) {
      link.notify('.ams.routing.AgentStateNotification', {
        subscriptionId: link.agentStates,
        changes: [
          {
            type: 'UPSERT',
            result: {
              channels: ['MESSAGING'],
              availability,
              description: '',
              agentUserId: oldIdOf(link.account, personOf(link)),
            },
          },
        ],
      });
    }
    return { type: '.ReqBody$StringResp', code: 200, body: 'Agent state updated successfully' };
  },
};
