import type { Persistence } from './ports.ts';

/** Everything that this widget ever stores, in one table: code, test and docs/privacy.md read the same. */
export interface StoredItem {
  /** `{account}` is the LivePerson account id. */
  readonly name: string;
  readonly where: Readonly<Record<Exclude<Persistence, 'memory'>, string>>;
  readonly what: string;
  readonly until: string;
}

export const STORED: readonly StoredItem[] = [
  {
    name: 'attache:{account}:begun',
    where: { session: 'sessionStorage', local: 'localStorage' },
    what: 'That the consumer has sent a message, so that the next page knows there is something to come back to.',
    until: 'session: the tab is closed; local: forget() or the brand clears it',
  },
  {
    name: 'attache:{account}:identity',
    where: { session: 'sessionStorage', local: 'localStorage' },
    what: "The unauthenticated consumer's token, so that a reload finds the same conversation. Never an authenticated one.",
    until: 'session: the tab is closed; local: forget() or the brand clears it',
  },
  {
    name: 'attache:{account}:tab',
    where: { session: 'sessionStorage', local: 'sessionStorage' },
    what: 'A random id of this tab, so that two tabs never send the same message.',
    until: 'the tab is closed, or forget()',
  },
  {
    name: 'attache:{account}:draft',
    where: { session: 'sessionStorage', local: 'localStorage' },
    what: 'The text in the composer that has not been sent.',
    until: 'it is sent or emptied, or forget()',
  },
  {
    name: 'attache:{account}:teased',
    where: { session: 'sessionStorage', local: 'sessionStorage' },
    what: "That the brand's teaser has been shown, so that it is not shown again. Only where the brand has set one.",
    until: 'the tab is closed, or forget()',
  },
  {
    name: 'attache:{account} (database)',
    where: { session: 'IndexedDB', local: 'IndexedDB' },
    what: 'Messages and files that have been sent off and that the service has not confirmed yet.',
    until:
      'the service confirms them; those of a closed tab are deleted (session) or sent by the next one (local); forget()',
  },
];

/** Prefix of every key, and the database's name. */
export function prefixOf(account: string): string {
  return `attache:${account}`;
}
