import type { Chat, ChatEvents } from '../widget/api.ts';
import type { Engagement } from '../widget/options.ts';
import { profileOf, sdesIn } from './sdes.ts';

/** What the bridge needs to know of the page. */
export interface BridgeOptions {
  /** Name of the page's own function that calls back with a token; default `lpGetAuthenticationToken`. */
  readonly tokenMethod?: string;
  /** The page's tag; default `window.lpTag`. */
  readonly tag?: unknown;
}

export interface Bridge {
  /** Reads `identities` and `sdes` again: for a page that has pushed more without leaving. */
  refresh(): void;
  /** Ends the bridge; the chat stays. */
  stop(): void;
}

type Listener = (data: unknown) => void;
type Json = Readonly<Record<string, unknown>>;

/** As much of the tag's events as is used; every one of them may be missing. */
interface TagEvents {
  bind?(app: string, event: string, listener: Listener): unknown;
  unbind?(app: string, event: string, listener: Listener): unknown;
  trigger?(app: string, event: string, data: unknown): unknown;
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const callable = (value: unknown): value is (...args: unknown[]) => unknown => typeof value === 'function';
const idOf = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? value : undefined);

/** The tag's own code may throw; that is not the chat's end. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    reportError(error);
    return undefined;
  }
}

/** Asks the page's own function, which calls back with a token, or with an object that holds one as `ssoKey`. */
function askForToken(name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const method = (window as unknown as Json)[name];
    if (!callable(method)) return reject(new Error(`window.${name} is not a function`));
    method((given: unknown) => {
      const token = isObject(given) ? given.ssoKey : given;
      if (typeof token === 'string' && token !== '') resolve(token);
      else reject(new Error(`window.${name} gave no token`));
    });
  });
}

/** Events of the chat by the names that pages know from LivePerson's window (`lpUnifiedWindow`). */
const WINDOW_EVENTS: readonly (readonly [keyof ChatEvents, string, (detail: Json) => Json])[] = [
  ['ready', 'state', () => ({ state: 'initialised' })],
  ['conversationstart', 'state', () => ({ state: 'chatting' })],
  ['conversationend', 'state', () => ({ state: 'ended' })],
  ['conversationstart', 'conversationInfo', ({ conversationId }) => ({ conversationId, state: 'chatting' })],
  ['conversationend', 'conversationInfo', ({ conversationId }) => ({ conversationId, state: 'ended' })],
  ['open', 'maximized', () => ({})],
  ['close', 'minimized', () => ({})],
  ['destroy', 'windowClosed', () => ({})],
];

/** An offer that was shown or pressed, as the engagement that a conversation belongs to. */
function engagementOf(offer: unknown): Engagement | null {
  if (!isObject(offer)) return null;
  const [campaignId, engagementId] = [idOf(offer.campaignId), idOf(offer.engagementId)];
  return campaignId === undefined || engagementId === undefined ? null : { campaignId, engagementId };
}

/** The ids of LivePerson's monitoring, where it runs. */
function visitOf(tag: Json): Engagement {
  const taglets = isObject(tag.taglets) ? tag.taglets : {};
  const monitoring = isObject(taglets.lp_monitoringSDK) ? taglets.lp_monitoringSDK : {};
  const ask = (name: string) => {
    const method = monitoring[name];
    const given = callable(method) ? attempt(() => method.call(monitoring)) : undefined;
    return typeof given === 'string' && given !== '' ? given : undefined;
  };
  const [visitorId, sessionId] = [ask('getVid'), ask('getSid')];
  return { ...(visitorId === undefined ? {} : { visitorId }), ...(sessionId === undefined ? {} : { sessionId }) };
}

/**
 * Connects a chat with a page that was made for LivePerson's tag, in place of LivePerson's own window: `lpTag.identities` and
 * the token method say who the consumer is, `sdes` become the profile, an offer that is pressed decides the campaign, and the
 * chat's own events are triggered under the names of `lpUnifiedWindow`. Whatever the page does not have is left out.
 */
export function bridgeLivePerson(chat: Chat, options: BridgeOptions = {}): Bridge {
  const given = options.tag ?? (window as unknown as Json).lpTag;
  const tag: Json = isObject(given) ? given : {};
  const events: TagEvents = isObject(tag.events) ? tag.events : {};
  const tokenMethod = options.tokenMethod ?? 'lpGetAuthenticationToken';
  const getToken = () => askForToken(tokenMethod);
  const stops: (() => void)[] = [];

  function identify(): void {
    for (const one of Array.isArray(tag.identities) ? tag.identities : []) {
      const told = (identity: unknown) => chat.identify({ getToken: isObject(identity) ? getToken : undefined });
      if (callable(one)) attempt(() => one(told));
    }
  }

  function readSdes(pushed: unknown): void {
    const profile = profileOf(sdesIn(pushed));
    if (profile) chat.identify({ profile });
  }

  function hear(app: string, event: string, listener: Listener): void {
    attempt(() => events.bind?.(app, event, listener));
    stops.push(() => attempt(() => events.unbind?.(app, event, listener)));
  }

  function refresh(): void {
    identify();
    readSdes(tag.sdes);
  }

  for (const name of ['OFFER_IMPRESSION', 'OFFER_CLICK']) {
    hear('LP_OFFERS', name, (offer) => {
      const engagement = engagementOf(offer);
      if (engagement) chat.update({ engagement: { ...engagement, ...visitOf(tag) } });
    });
  }
  hear('lp_sdes', 'VAR_ADDED', (added) => readSdes([tag.sdes, isObject(added) ? (added.data ?? added) : added]));
  for (const [event, name, dataOf] of WINDOW_EVENTS) {
    const tell = ({ detail }: CustomEvent) => {
      attempt(() => events.trigger?.('lpUnifiedWindow', name, dataOf(detail as Json)));
    };
    stops.push(chat.on(event, tell));
  }
  refresh();
  return {
    refresh,
    stop() {
      for (const stop of stops.splice(0)) stop();
    },
  };
}
