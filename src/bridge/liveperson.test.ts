import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Chat } from '../widget/api.ts';
import { bridgeLivePerson } from './liveperson.ts';
import { profileOf, sdesIn } from './sdes.ts';

type Listener = (data: unknown) => void;

/** A chat that notes what it is told, and a tag with the events that are documented. */
function page(tag: Record<string, unknown> = {}) {
  const told: unknown[] = [];
  const listeners = new Map<string, Set<(event: unknown) => void>>();
  const chat = {
    identify: (who: unknown) => told.push(['identify', who]),
    update: (options: unknown) => told.push(['update', options]),
    on(event: string, listener: (event: unknown) => void) {
      const set = listeners.get(event) ?? new Set();
      listeners.set(event, set.add(listener));
      return () => set.delete(listener);
    },
  } as unknown as Chat;
  const bound = new Map<string, Listener>();
  const triggered: unknown[] = [];
  const events = {
    bind: (app: string, event: string, listener: Listener) => bound.set(`${app} ${event}`, listener),
    unbind: (app: string, event: string) => bound.delete(`${app} ${event}`),
    trigger: (...what: unknown[]) => triggered.push(what),
  };
  return {
    chat,
    told,
    triggered,
    bound,
    tag: { events, ...tag },
    happen(event: string, detail: object = {}) {
      for (const listener of listeners.get(event) ?? []) listener({ detail });
    },
    listening: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

const reported = vi.fn();
beforeEach(() => {
  reported.mockReset();
  vi.stubGlobal('reportError', reported);
  vi.stubGlobal('window', globalThis);
});
afterEach(() => vi.unstubAllGlobals());

describe('who the consumer is', () => {
  async function tokenOf(method: unknown): Promise<unknown> {
    vi.stubGlobal('lpGetAuthenticationToken', method);
    const { chat, told, tag } = page({
      identities: [(callback: Listener) => callback({ iss: 'brand', acr: 'loa1', sub: 'jo' })],
    });
    bridgeLivePerson(chat, { tag });
    const [[, { getToken }]] = told as [[string, { getToken: () => Promise<string> }]];
    return getToken().catch((error: Error) => error.message);
  }

  test.each<[string, unknown, string]>([
    ['a token', (callback: Listener) => callback('T'), 'T'],
    ['an object that holds one', (callback: Listener) => callback({ ssoKey: 'T', redirect_uri: 'x' }), 'T'],
    ['nothing', (callback: Listener) => callback(null), 'window.lpGetAuthenticationToken gave no token'],
    ['no method', undefined, 'window.lpGetAuthenticationToken is not a function'],
  ])('is asked by the page’s own method, which gives %s', async (_, method, answer) => {
    expect(await tokenOf(method)).toBe(answer);
  });

  test('nobody, where the page says null', () => {
    const { chat, told, tag } = page({ identities: [(callback: Listener) => callback(null), 'no function'] });
    bridgeLivePerson(chat, { tag });
    expect(told).toEqual([['identify', { getToken: undefined }]]);
  });

  test('a page’s mistake is the page’s to see', () => {
    const { chat, told, tag } = page({
      identities: [
        () => {
          throw new Error('oops');
        },
      ],
    });
    bridgeLivePerson(chat, { tag });
    expect(told).toEqual([]);
    expect(reported).toHaveBeenCalledTimes(1);
  });
});

describe('what the page knows of the consumer', () => {
  const personal = {
    type: 'personal',
    personal: { firstname: 'Jo', lastname: 'Doe', contacts: [{ email: 'jo@example.com', phone: '1' }] },
  };
  const ctmrinfo = { type: 'ctmrinfo', info: { customerId: '7' } };

  test('is found in whatever was pushed, the latest of each type', () => {
    const pushed = [[{ ...ctmrinfo, info: {} }, { type: 'cart' }], ctmrinfo, [[personal]], null, 'text', { info: 1 }];
    expect(profileOf(sdesIn(pushed))).toEqual({
      firstName: 'Jo',
      lastName: 'Doe',
      mail: 'jo@example.com',
      mobileNum: '1',
      sdes: [ctmrinfo, personal],
    });
    expect(profileOf(sdesIn([{ type: 'cart' }]))).toBeNull();
    expect(profileOf(sdesIn({ type: 'personal', personal: { contacts: 'x' } }))).toEqual({
      sdes: [{ type: 'personal', personal: { contacts: 'x' } }],
    });
  });

  test('becomes the profile, now, when more is added, and on request', () => {
    const sdes: unknown[] = [ctmrinfo];
    const { chat, told, tag, bound } = page({ sdes });
    const bridge = bridgeLivePerson(chat, { tag });
    bound.get('lp_sdes VAR_ADDED')?.({ data: personal });
    sdes.push(personal);
    bridge.refresh();
    const profiles = told.map((one) => (one as [string, { profile: { sdes: unknown } }])[1].profile.sdes);
    expect(profiles).toEqual([[ctmrinfo], [ctmrinfo, personal], [ctmrinfo, personal]]);
  });
});

test('an offer that is pressed decides the campaign, with the ids of the monitoring', () => {
  const monitoring = { getVid: () => 'v', getSid: () => '' };
  const { chat, told, tag, bound } = page({ taglets: { lp_monitoringSDK: monitoring } });
  bridgeLivePerson(chat, { tag });
  bound.get('LP_OFFERS OFFER_CLICK')?.({ campaignId: 1, engagementId: '2' });
  bound.get('LP_OFFERS OFFER_CLICK')?.({ campaignId: 1 });
  bound.get('LP_OFFERS OFFER_CLICK')?.(undefined);
  expect(told).toEqual([['update', { engagement: { campaignId: 1, engagementId: '2', visitorId: 'v' } }]]);
});

test('the chat’s events have the names that pages know', () => {
  const { chat, tag, triggered, happen } = page();
  bridgeLivePerson(chat, { tag });
  happen('open');
  happen('conversationstart', { conversationId: 'c' });
  happen('conversationend', { conversationId: 'c' });
  happen('close');
  expect(triggered).toEqual([
    ['lpUnifiedWindow', 'maximized', {}],
    ['lpUnifiedWindow', 'state', { state: 'chatting' }],
    ['lpUnifiedWindow', 'conversationInfo', { conversationId: 'c', state: 'chatting' }],
    ['lpUnifiedWindow', 'state', { state: 'ended' }],
    ['lpUnifiedWindow', 'conversationInfo', { conversationId: 'c', state: 'ended' }],
    ['lpUnifiedWindow', 'minimized', {}],
  ]);
});

test('a page without a tag is no error, and a stopped bridge listens to nothing', () => {
  const without = page();
  bridgeLivePerson(without.chat, { tag: null }).stop();
  const { chat, tag, bound, listening } = page();
  const bridge = bridgeLivePerson(chat, { tag });
  expect(bound.size).toBe(3);
  bridge.stop();
  expect([bound.size, listening()]).toEqual([0, 0]);
});
