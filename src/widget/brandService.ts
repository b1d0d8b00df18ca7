import type { Service, Topics } from '../net/ports.ts';
import type { MessagingEvent } from '../protocol/types.ts';
import type { ChatOptions, Engagement } from './options.ts';

/** The text as the brand wants it shown. */
function shown(event: MessagingEvent, hook: (text: string) => string): MessagingEvent {
  const { content } = event;
  if (content.type !== 'text') return event;
  try {
    const text: unknown = hook(content.text);
    return typeof text === 'string' ? { ...event, content: { type: 'text', text } } : event;
  } catch (error) {
    // A brand's own mistake must show up in the brand's console, and no message may be lost by it.
    reportError(error);
    return event;
  }
}

/** What a request for a conversation says of the campaign (PROTOCOL §5). */
function routing({ campaignId, engagementId, skillId, ...context }: Engagement) {
  return {
    asked: {
      ...(skillId === undefined ? {} : { skillId }),
      ...(campaignId === undefined || engagementId === undefined ? {} : { campaignInfo: { campaignId, engagementId } }),
    },
    context,
  };
}

/** The service with what the brand adds: a campaign on the way out, its hook on the texts of others on the way in. */
export function brandService(service: Service, options: () => ChatOptions): Service {
  type Heard = Topics['messages'];
  type Events = Heard['events'];
  /** What has come, as it is shown: the hook is asked once, whoever listens. */
  const known = new WeakMap<Events, Events>();

  function asShown(events: Events): Events {
    const hook = options().hooks?.incoming;
    if (!hook) return events;
    const me = service.me();
    const now = known.get(events) ?? events.map((event) => (event.from.id === me ? event : shown(event, hook)));
    known.set(events, now);
    return now;
  }

  return {
    ...service,
    asShown,
    request(method, body, io) {
      const { engagement } = options();
      if (method !== 'cm.ConsumerRequestConversation' || !engagement) return service.request(method, body, io);
      const { asked, context } = routing(engagement);
      const { conversationContext, ...rest } = body as { conversationContext: object };
      const whole = { ...rest, ...asked, conversationContext: { ...conversationContext, ...context } };
      return service.request(method, whole as typeof body, io);
    },
    on(topic, listener) {
      if (topic !== 'messages') return service.on(topic, listener);
      return service.on('messages', (heard) =>
        (listener as (value: Heard) => void)({ ...heard, events: asShown(heard.events) }),
      );
    },
  };
}
