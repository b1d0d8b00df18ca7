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
  /** Called with what happens to the connection: for support, without any text or token. */
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
  readonly theme?: 'light' | 'dark' | 'auto';
  /** Bytes. Default 3 MB for images, 5 MB for documents. */
  readonly limits?: Partial<FileLimits>;
  /** BCP 47; default the page's language. */
  readonly locale?: string;
}

export const DOMAIN_API = 'https://api.liveperson.net';

/** Throws TypeError with one plain sentence for options that cannot work. */
export function checkOptions(options: ChatOptions): void {
  const { account, domainApi } = options;
  if (typeof account !== 'string' || !/^[\w-]{1,64}$/.test(account)) {
    throw new TypeError('Attaché: option "account" must be your LivePerson account id, e.g. "12345678".');
  }
  if (domainApi !== undefined && !isOrigin(domainApi)) {
    throw new TypeError('Attaché: option "domainApi" must be an http(s) origin, e.g. "https://api.liveperson.net".');
  }
  if (options.persistence !== undefined && !['memory', 'session', 'local'].includes(options.persistence)) {
    throw new TypeError('Attaché: option "persistence" must be "memory", "session" or "local".');
  }
}

function isOrigin(text: string): boolean {
  try {
    const url = new URL(text);
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
