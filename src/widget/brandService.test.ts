import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Service, Topics } from '../net/ports.ts';
import { FailureError, refused } from '../protocol/failure.ts';
import type { MessagingEvent } from '../protocol/types.ts';
import { brandService } from './brandService.ts';
import type { ChatOptions } from './options.ts';
import { startProfile } from './profile.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

function service(options: Partial<ChatOptions>) {
  const asked: unknown[] = [];
  const listeners = new Map<string, Set<(value: never) => void>>();
  const say = (topic: string, value: unknown) => {
    for (const listener of listeners.get(topic) ?? []) listener(value as never);
  };
  let at: 'online' | 'waiting' = 'online';
  let failure: FailureError | null = null;
  const real = {
    me: () => 'me',
    status: () => ({ at }),
    async request(method: string, body: unknown) {
      asked.push([method, body]);
      if (failure) throw failure;
    },
    on(topic: string, listener: (value: never) => void) {
      const set = listeners.get(topic) ?? new Set();
      listeners.set(topic, set.add(listener));
      return () => set.delete(listener);
    },
  } as unknown as Service;
  const now = { account: '1', ...options };
  return {
    asked,
    options: now as { -readonly [K in keyof ChatOptions]: ChatOptions[K] },
    service: brandService(real, () => now),
    come<T extends keyof Topics>(topic: T, value: Topics[T]) {
      say(topic, value);
    },
    turn(to: 'online' | 'waiting', why: FailureError | null = null) {
      at = to;
      failure = why;
      say('status', { at });
    },
    listening: () => [...listeners.values()].reduce((sum, { size }) => sum + size, 0),
  };
}

const event = (from: string, text: string): MessagingEvent => ({
  dialogId: 'd',
  conversationId: 'c',
  sequence: 1,
  at: 1,
  from: { id: from, role: null },
  clientId: null,
  content: { type: 'text', text },
});

const request = { channelType: 'MESSAGING', brandId: '1', ttrDefName: 'NORMAL' } as const;
const conversationContext = { type: 'SharkContext', lang: 'en' } as const;

describe('a conversation is asked for', () => {
  test('as it is without an engagement', async () => {
    const { service: brand, asked } = service({});
    await brand.request('cm.ConsumerRequestConversation', { ...request, conversationContext });
    expect(asked).toEqual([['cm.ConsumerRequestConversation', { ...request, conversationContext }]]);
  });

  test('with the campaign, the skill and the visit', async () => {
    const engagement = { campaignId: 1, engagementId: 2, skillId: '-1', visitorId: 'v', sessionId: 's' };
    const { service: brand, asked } = service({ engagement });
    await brand.request('cm.ConsumerRequestConversation', { ...request, conversationContext });
    expect(asked).toEqual([
      [
        'cm.ConsumerRequestConversation',
        {
          ...request,
          skillId: '-1',
          campaignInfo: { campaignId: 1, engagementId: 2 },
          conversationContext: { ...conversationContext, visitorId: 'v', sessionId: 's' },
        },
      ],
    ]);
  });

  test('without half a campaign', async () => {
    const { service: brand, asked } = service({ engagement: { campaignId: 1 } });
    await brand.request('cm.ConsumerRequestConversation', { ...request, conversationContext });
    expect(JSON.stringify(asked)).not.toContain('campaign');
  });
});

describe('texts that come in', () => {
  const reported = vi.fn();
  beforeEach(() => {
    reported.mockReset();
    vi.stubGlobal('reportError', reported);
  });

  function hearing(incoming?: (text: string) => string) {
    const world = service(incoming ? { hooks: { incoming } } : {});
    const texts: unknown[] = [];
    world.service.on('messages', ({ events }) => {
      for (const { content } of events) texts.push(content.type === 'text' ? content.text : content.type);
    });
    return { ...world, texts };
  }

  test('go through the brand’s hook; own ones and other things do not', () => {
    const { come, texts } = hearing((text) => text.toUpperCase());
    const receipt = { ...event('ana', ''), content: { type: 'typing', state: 'COMPOSING' } } as const;
    come('messages', { dialogId: 'd', events: [event('ana', 'hello'), event('me', 'hi'), receipt] });
    expect(texts).toEqual(['HELLO', 'hi', 'typing']);
  });

  test('are shown as they are where there is no hook, or it throws', () => {
    const plain = hearing();
    plain.come('messages', { dialogId: 'd', events: [event('ana', 'hello')] });
    expect(plain.texts).toEqual(['hello']);
    const broken = hearing(() => {
      throw new Error('oops');
    });
    broken.come('messages', { dialogId: 'd', events: [event('ana', 'hello')] });
    expect(broken.texts).toEqual(['hello']);
    expect(reported).toHaveBeenCalledTimes(1);
  });
});

describe('the hook on what comes in', () => {
  const reported = vi.fn();
  beforeEach(() => {
    reported.mockReset();
    vi.stubGlobal('reportError', reported);
  });

  test('gets each text once, however many listen', () => {
    const incoming = vi.fn((text: string) => text.toUpperCase());
    const heard: unknown[] = [];
    const { service: brand, come } = service({ hooks: { incoming } });
    for (const _ of [1, 2]) brand.on('messages', ({ events }) => heard.push(events[0]?.content));
    come('messages', { dialogId: 'd', events: [event('ana', 'hello')] });
    expect(incoming).toHaveBeenCalledTimes(1);
    expect(heard).toEqual([
      { type: 'text', text: 'HELLO' },
      { type: 'text', text: 'HELLO' },
    ]);
  });

  test('that gives no text leaves the text as it is', () => {
    const heard: unknown[] = [];
    const { service: brand, come } = service({ hooks: { incoming: () => undefined as unknown as string } });
    brand.on('messages', ({ events }) => heard.push(events[0]?.content));
    come('messages', { dialogId: 'd', events: [event('ana', 'hello')] });
    expect(heard).toEqual([{ type: 'text', text: 'hello' }]);
  });
});

describe('the profile', () => {
  const profile = { firstName: 'Jo', mail: 'jo@example.com', sdes: [{ type: 'ctmrinfo', info: { customerId: '1' } }] };
  const told = [
    'userprofile.SetUserProfile',
    {
      firstName: 'Jo',
      privateData: { mail: 'jo@example.com' },
      authenticatedData: { lp_sdes: [{ type: 'ctmrinfo', info: { customerId: '1' } }] },
    },
  ];

  test('is told once, not at every reconnection, and again when it changes', () => {
    const { service: brand, asked, options, turn } = service({ profile });
    const { update, stop } = startProfile(brand, () => options);
    turn('waiting');
    turn('online');
    update();
    expect(asked).toEqual([told]);
    options.profile = { firstName: 'Joan' };
    update();
    expect(asked).toHaveLength(2);
    stop();
  });

  test('waits for the connection, and is told again when that was lost with it', async () => {
    const { service: brand, asked, options, turn, listening } = service({ profile });
    turn('waiting');
    const { stop } = startProfile(brand, () => options);
    expect(asked).toEqual([]);
    turn('online', new FailureError({ kind: 'dropped', delivery: 'unknown' }));
    await settled();
    turn('online');
    expect(asked).toEqual([told, told]);
    stop();
    expect(listening()).toBe(0);
  });

  test('that is refused is not repeated', async () => {
    const { service: brand, asked, options, turn } = service({ profile });
    turn('waiting');
    startProfile(brand, () => options);
    turn('online', new FailureError(refused(400, 'no')));
    await settled();
    turn('online');
    expect(asked).toEqual([told]);
  });

  test('that cannot be put into words is the page’s to see, and nobody else is kept from hearing of the connection', () => {
    const reported = vi.fn();
    vi.stubGlobal('reportError', reported);
    const endless: Record<string, unknown> = { type: 'ctmrinfo' };
    endless.info = endless;
    const { service: brand, asked, options, turn } = service({ profile: { sdes: [endless] } });
    turn('waiting');
    startProfile(brand, () => options);
    turn('online');
    expect([asked, reported.mock.calls.length]).toEqual([[], 1]);
  });
});
