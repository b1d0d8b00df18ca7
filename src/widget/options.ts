import type { DiagnosticEvent } from '../flows/diagnostics.ts';
import type { Persistence } from '../net/ports.ts';
import { DEFAULT_LIMITS, type FileLimits } from '../protocol/fileTypes.ts';
import type { Settings } from '../store/state.ts';

/** What a brand may say. Only `account` is needed. */
export interface ChatOptions {
  /** LivePerson account (site) id. */
  readonly account: string;
  /** Origin of domain discovery; default `https://api.liveperson.net`. http makes every service http and ws. */
  readonly domainApi?: string;
  /** Authenticated consumers: called whenever a fresh signed token of the brand is needed. */
  readonly getToken?: () => Promise<string>;
  /** A connector's id: for unauthenticated consumers an anonymous one, with `getToken` one that takes id_tokens. */
  readonly connectorId?: string;
  /** With `getToken`: the token is an OAuth code that was issued for this address. */
  readonly redirectUri?: string;
  /**
   * How long the chat is remembered: this page (`memory`), this tab (`session`, the default) or this browser (`local`).
   * Nothing is stored before the consumer's first message. See docs/privacy.md.
   */
  readonly persistence?: Persistence;
  /** Called with what happens to the connection and on the way to the file store: for support, without any text or token. */
  readonly onDiagnostic?: (event: DiagnosticEvent) => void;
  /** One quiet sound for a message that arrives while the page is out of sight; default false. */
  readonly sound?: boolean;
  /** A consumer token that is used as it is, e.g. one that another page of the brand has obtained. */
  readonly jwt?: string;
  /** Header title; default "Chat with us". */
  readonly brandName?: string;
  /** A line under the title, e.g. "Usually replies in 2 minutes". */
  readonly promise?: string;
  readonly welcome?: string;
  readonly welcomeHint?: string;
  /** Sentences offered before the first message. */
  readonly suggestions?: readonly string[];
  /** `#rgb`, `#rrggbb` or `rgb(…)`; every other colour is derived from it. */
  readonly brandColor?: string;
  /** Default `auto`, which follows the consumer's system. */
  readonly theme?: Theme;
  /** Bytes. Default 3 MB for images, 5 MB for documents. */
  readonly limits?: Partial<FileLimits>;
  /** BCP 47; default the page's language. */
  readonly locale?: string;
  /** `launcher`, the default, floats in a corner; `inline` fills the box in which the element stands. */
  readonly mode?: 'launcher' | 'inline';
  /** Distance of launcher and panel from the page's edges, px; default 24 and 24. */
  readonly offset?: Offset;
  /** False: nothing is stored. Default true, which stores what `persistence` says from the first message on. */
  readonly consent?: boolean;
  /** Facts about the consumer for the agent's desk; they authenticate nobody. */
  readonly profile?: Profile;
  /** The LivePerson campaign and engagement that this chat stands for, which decide the routing. */
  readonly engagement?: Engagement;
  readonly hooks?: Hooks;
}

/** `host` follows the page's own `color-scheme`. */
export type Theme = 'light' | 'dark' | 'auto' | 'host';

/** Px from the bottom (`block`) and from the end of a line (`inline`). */
export interface Offset {
  readonly block?: number;
  readonly inline?: number;
}

/** Who the consumer is. Fields that are left out stay as they are; `undefined` takes one away. */
export type Identification = {
  readonly [K in 'getToken' | 'connectorId' | 'redirectUri' | 'jwt' | 'profile']?: ChatOptions[K] | undefined;
};

/** As `userprofile.SetUserProfile` takes it; `sdes` are LivePerson's `ctmrinfo` and `personal` objects (PROTOCOL §5). */
export interface Profile {
  readonly firstName?: string;
  readonly lastName?: string;
  readonly mail?: string;
  readonly mobileNum?: string;
  readonly sdes?: readonly Readonly<Record<string, unknown>>[];
}

/** Sent with the request for a conversation (PROTOCOL §5). */
export interface Engagement {
  readonly campaignId?: number | string;
  readonly engagementId?: number | string;
  readonly skillId?: string;
  /** Of LivePerson's monitoring. */
  readonly visitorId?: string;
  readonly sessionId?: string;
  readonly interactionContextId?: string;
}

/** The brand's own code on every line. It runs at once; what is thrown is reported in the console. */
export interface Hooks {
  /**
   * Gets each text and each caption before it is shown, kept or sent, and returns what is to be sent instead; null, or
   * throwing, keeps the message in the composer.
   */
  readonly outgoing?: (text: string) => string | null;
  /** Gets each text of others and returns what is to be shown instead; throwing shows it as it is. */
  readonly incoming?: (text: string) => string;
}

export const DOMAIN_API = 'https://api.liveperson.net';

const oneOf =
  (...words: readonly string[]) =>
  (value: unknown) =>
    words.includes(value as string);
const ofType = (type: string) => (value: unknown) => typeof value === type;

/** What an option must be, and how that is said; what is not here may be anything that JavaScript takes for text. */
const RULES: Partial<Record<keyof ChatOptions, readonly [(value: unknown) => boolean, string]>> = {
  domainApi: [isOrigin, 'an http(s) origin, e.g. "https://api.liveperson.net"'],
  persistence: [oneOf('memory', 'session', 'local'), '"memory", "session" or "local"'],
  theme: [oneOf('light', 'dark', 'auto', 'host'), '"light", "dark", "auto" or "host"'],
  mode: [oneOf('launcher', 'inline'), '"launcher" or "inline"'],
  getToken: [ofType('function'), 'a function'],
  suggestions: [Array.isArray, 'a list'],
  locale: [isLocale, 'a BCP 47 language, e.g. "en-GB"'],
};

/** Throws TypeError with one plain sentence for options that cannot work. */
export function checkOptions(options: ChatOptions): void {
  const { account } = options;
  if (typeof account !== 'string' || !/^[\w-]{1,64}$/.test(account)) {
    throw new TypeError('Attaché: option "account" must be your LivePerson account id, e.g. "12345678".');
  }
  for (const [name, [holds, what]] of Object.entries(RULES)) {
    const value = options[name as keyof ChatOptions];
    if (value !== undefined && !holds(value)) throw new TypeError(`Attaché: option "${name}" must be ${what}.`);
  }
}

function isLocale(text: unknown): boolean {
  try {
    return typeof text === 'string' && Intl.getCanonicalLocales(text).length > 0;
  } catch {
    return false;
  }
}

function isOrigin(text: unknown): boolean {
  try {
    const url = new URL(String(text));
    return /^https?:$/.test(url.protocol) && url.pathname === '/' && url.search === '';
  } catch {
    return false;
  }
}

/** What the panel shows, with every default filled in. */
export function settingsOf(options: ChatOptions): Settings {
  return {
    brandName: options.brandName ?? 'Chat with us',
    welcome: options.welcome ?? null,
    welcomeHint: options.welcomeHint ?? null,
    suggestions: options.suggestions ?? [],
    promise: options.promise ?? null,
    limits: { ...DEFAULT_LIMITS, ...options.limits },
  };
}
