import { randomBytes, randomUUID } from 'node:crypto';
import {
  type AccountOptions,
  type AccountSnapshot,
  createAccount,
  DEMO_ACCOUNT,
  restoreAccount,
  SCRIPTED_LOGIN,
  snapshotAccount,
} from './accounts.ts';
import { openAgentSocket } from './agentSocket.ts';
import { type SandboxClock, systemClock } from './clock.ts';
import { openConsumerSocket } from './consumerSocket.ts';
import { type Fault, type Faults, noFaults } from './faults.ts';
import { answerHttp } from './http.ts';
import { agentToken, consumerToken, signIn, vouchedToken } from './identity.ts';
import { coBrowse, startConversation, write } from './initiative.ts';
import { createLedger, type Override, type RecordedRequest } from './ledger.ts';
import type { Connection, Wire } from './line.ts';
import { type Account, type ConversationRecord, FILE_SHARING, type UserRecord } from './records.ts';
import type { Hosts, HttpAnswer, HttpRequest } from './route.ts';
import { type ConsumerLink, consumersOf, type FaultScope, injectFault, refusing } from './scripting.ts';
import { sign } from './sign.ts';
import { createTokens } from './tokens.ts';
import { DOCUMENTED, type Variants } from './variants.ts';
import { LIFETIMES, type Lifetimes, type SignPath, secondsNow, type World } from './world.ts';

/**
 * LivePerson in a box, without a socket: a brand's accounts, people, conversations and files.
 *
 * To bend it in a test, from most to least common:
 * - look at what was asked: `brand.requests`
 * - answer one kind of request otherwise: `brand.override('ms.PublishEvent', () => ({ type: '', code: 500 }))`
 * - lose an answer after the deed: `brand.override(type, (_, proceed) => (proceed(), 'silent'))`
 * - end the socket instead of answering: `brand.override(type, () => ({ close: 1006 }))`
 * - let something go wrong by name: `brand.inject({ fault: 'lose-answer', type: 'ms.PublishEvent' })`, on the connections
 *   that are open, on the next one (`{ on: 'next' }`) or on all; `{ fault: 'none' }` mends it. The names are in faults.ts
 * - look at one connection, and let it alone go wrong: `brand.consumers()`
 * - set the defaults of all connections: `brand.faults`
 * - end everybody's socket: `brand.endConsumers(4407, 'expired')`
 * - create it with other `variants`, `lifetimes`, `accounts` or a clock of your own
 */
export interface Brand {
  /** Null for an unknown account, and while a restart lasts. `jwt` is the token of an `Authorization: jwt …` header. */
  connectConsumer(account: string, wire: Wire, jwt?: string | null): Connection | null;
  /** Null as for consumers. A `resident` one lives in the sandbox's own process and survives its restarts. */
  connectAgent(account: string, bearer: string, wire: Wire, resident?: boolean): Connection | null;
  /** True while a restart lasts: sockets are refused. */
  refusing(): boolean;
  http(request: HttpRequest, hosts: Hosts): HttpAnswer;
  /** Every request received, oldest first; the newest 5000 are kept. */
  readonly requests: readonly RecordedRequest[];
  override(type: string, override: Override): () => void;
  /** What goes wrong on every consumer's connection that does not say otherwise. */
  readonly faults: Faults;
  /**
   * Puts a fault in force; how many open connections it reached. Throws FailureError for one that needs an open
   * connection and is asked for another.
   */
  inject(fault: Fault, scope?: FaultScope): number;
  /** Consumers' open connections, oldest first. */
  consumers(): ConsumerLink[];
  endConsumers(code: number, reason?: string): void;
  setFileSharing(account: string, on: boolean): void;
  /** A conversation that the scripted agent's user (or another by login name) begins with a text; its id. */
  startConversation(account: string, consumerId: string, text: string, loginName?: string): string;
  /** An invitation to co-browse: a dialog `OTHER` in the conversation; its id. Windows must not take it for messages. */
  coBrowse(conversationId: string): string;
  /** A private note of an agent's in the main dialog; its sequence. */
  note(conversationId: string, text: string): number;
  /** A consumer's token; `life` in seconds may be negative. `brandSub` makes it one that the brand vouches for. */
  consumerToken(account: string, options?: { sub?: string; life?: number; brandSub?: string }): string;
  /** A bearer for the agent's socket, or null where name or password is wrong. */
  signIn(account: string, loginName: string, password: string): string | null;
  snapshot(): BrandSnapshot;
  /** Called after each change worth keeping; the returned function ends it. */
  onChange(listener: () => void): () => void;
  /** Ends every socket. */
  close(): void;
}

/** Everything worth keeping over a restart. */
export interface BrandSnapshot {
  readonly version: 1;
  /** Signs tokens, so that those handed out stay valid. */
  readonly secret: string;
  readonly accounts: readonly AccountSnapshot[];
}

export interface BrandOptions {
  readonly accounts?: readonly AccountOptions[];
  readonly clock?: SandboxClock;
  readonly uuid?: () => string;
  /** Key of the object store, for the default signer (HMAC-SHA1). */
  readonly storeKey?: string;
  readonly signPath?: SignPath;
  readonly variants?: Partial<Variants>;
  readonly lifetimes?: Partial<Lifetimes>;
  readonly kept?: BrandSnapshot;
}

const REQUESTS_KEPT = 5000;

function accountsOf(options: BrandOptions): Map<string, Account> {
  const kept = options.kept?.accounts.map(restoreAccount) ?? [];
  const asked = (options.accounts ?? [{ id: DEMO_ACCOUNT }]).map(createAccount);
  return new Map([...asked, ...kept].map((account) => [account.id, account]));
}

export function createBrand(options: BrandOptions = {}): Brand {
  const secret = options.kept?.secret ?? randomBytes(32).toString('hex');
  const storeKey = options.storeKey ?? randomBytes(20).toString('hex');
  const listeners = new Set<() => void>();
  const accounts = accountsOf(options);
  const world: World = {
    clock: options.clock ?? systemClock,
    uuid: options.uuid ?? randomUUID,
    signPath: options.signPath ?? ((method, expires, path) => sign(storeKey, method, expires, path)),
    tokens: createTokens(secret),
    lifetimes: { ...LIFETIMES, ...options.lifetimes },
    variants: { ...DOCUMENTED, ...options.variants },
    faults: noFaults(),
    scripted: { refusingUntil: 0, next: [], expired: new Set() },
    accounts,
    links: new Set(),
    changed() {
      for (const listener of listeners) listener();
    },
  };
  const ledger = createLedger(REQUESTS_KEPT);

  function known(id: string): Account {
    const account = accounts.get(id);
    if (!account) throw new Error(`no account ${id} in the sandbox`);
    return account;
  }

  function place(conversationId: string): { account: Account; conversation: ConversationRecord } {
    for (const account of accounts.values()) {
      const conversation = account.conversations.get(conversationId);
      if (conversation) return { account, conversation };
    }
    throw new Error(`no conversation ${conversationId} in the sandbox`);
  }

  function userNamed(account: Account, loginName: string): UserRecord {
    const user = account.users.find((one) => one.loginName === loginName);
    if (!user) throw new Error(`no user ${loginName} in account ${account.id}`);
    return user;
  }

  return {
    requests: ledger.requests,
    override: ledger.override,
    faults: world.faults,
    connectConsumer(id, wire, jwt = null) {
      const account = accounts.get(id);
      return account && !refusing(world) ? openConsumerSocket(world, ledger, { account, wire, jwt }) : null;
    },
    connectAgent(id, bearer, wire, resident = false) {
      const account = accounts.get(id);
      if (!account || (refusing(world) && !resident)) return null;
      return openAgentSocket(world, ledger, { account, wire, bearer, resident });
    },
    refusing: () => refusing(world),
    http: (request, hosts) => answerHttp(world, ledger, hosts, request),
    endConsumers(code, reason = '') {
      for (const link of consumersOf(world)) link.end(code, reason);
    },
    inject: (fault, scope) => injectFault(world, fault, scope),
    consumers: () => consumersOf(world),
    startConversation(id, consumerId, text, loginName = SCRIPTED_LOGIN) {
      return startConversation(world, known(id), userNamed(known(id), loginName), consumerId, text).id;
    },
    coBrowse(conversationId) {
      const { account, conversation } = place(conversationId);
      return coBrowse(world, account, conversation, userNamed(account, SCRIPTED_LOGIN));
    },
    note(conversationId, text) {
      const { account, conversation } = place(conversationId);
      return write(world, account, conversation, userNamed(account, SCRIPTED_LOGIN), text, 'AGENTS_AND_MANAGERS');
    },
    setFileSharing(id, on) {
      const { properties } = known(id);
      properties.set(FILE_SHARING, { value: on, revision: (properties.get(FILE_SHARING)?.revision ?? 0) + 1 });
      world.changed();
    },
    consumerToken(id, { sub, life = world.lifetimes.consumer, brandSub } = {}) {
      if (brandSub === undefined) return consumerToken(world, known(id), life, sub);
      return vouchedToken(world, known(id), { sub: brandSub, iss: 'sandbox', exp: secondsNow(world) + life });
    },
    signIn(id, loginName, password) {
      const user = signIn(known(id), loginName, password);
      return user && agentToken(world, known(id), user);
    },
    snapshot: () => ({ version: 1, secret, accounts: [...accounts.values()].map(snapshotAccount) }),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      for (const link of [...world.links]) link.end(1001, 'the sandbox ends');
    },
  };
}
