import { DEFAULT_LIMITS, type FileLimits } from '../protocol/fileTypes.ts';
import type { Json } from '../protocol/read.ts';
import {
  type Account,
  type ConversationRecord,
  FILE_SHARING,
  type PropertyRecord,
  type UserRecord,
} from './records.ts';

/** The account that exists when nothing else is asked for. */
export const DEMO_ACCOUNT = '12345678';

export const DEMO_PASSWORD = 'demo';

/** An account to begin with. */
export interface AccountOptions {
  readonly id: string;
  /** Site property `messaging.file.sharing.enabled`; on by default. */
  readonly fileSharing?: boolean;
  readonly limits?: FileLimits;
  /** A survey follows each conversation (PROTOCOL §7.1); off by default. */
  readonly survey?: boolean;
  /** What dialogs count from; 1 by default. */
  readonly firstSequence?: 0 | 1;
  /** Besides the demo agent, the demo admin and the scripted agent. */
  readonly users?: readonly UserRecord[];
}

/** Participant ids look like LivePerson's; fixed ones let a consumer's page remember whom it talked to. */
const DEMO_USERS: readonly UserRecord[] = [
  {
    userId: '282467514',
    pid: '393c6873-756d-54af-86e1-8795d57eba14',
    loginName: 'agent@example.com',
    password: DEMO_PASSWORD,
    nickname: 'Alex',
    fullName: 'Alex Field',
    admin: false,
  },
  {
    userId: '282467515',
    pid: '1a41233d-1d2c-5158-bacc-ee0f2d384888',
    loginName: 'admin',
    password: DEMO_PASSWORD,
    nickname: 'Sam',
    fullName: 'Sam Barrow',
    admin: true,
  },
  {
    userId: '282467516',
    pid: '7c5d1f0a-93e4-5b6a-8d21-0f6b7a1c2e33',
    loginName: 'scripted@example.com',
    password: DEMO_PASSWORD,
    nickname: 'Robin',
    fullName: 'Robin Hale',
    admin: false,
  },
];

/** The user that the scripted agent signs in as. */
export const SCRIPTED_LOGIN = 'scripted@example.com';

export function createAccount(options: AccountOptions): Account {
  return {
    id: options.id,
    users: [...DEMO_USERS, ...(options.users ?? [])],
    limits: options.limits ?? DEFAULT_LIMITS,
    properties: new Map([[FILE_SHARING, { value: options.fileSharing ?? true, revision: 1 }]]),
    survey: options.survey ?? false,
    firstSequence: options.firstSequence ?? 1,
    profiles: new Map(),
    features: new Map(),
    conversations: new Map(),
    uploads: new Map(),
  };
}

/** An account as JSON. What older versions did not keep may be absent. */
export interface AccountSnapshot {
  readonly id: string;
  readonly users: readonly UserRecord[];
  readonly limits: FileLimits;
  readonly properties: Readonly<Record<string, PropertyRecord>>;
  readonly survey?: boolean;
  readonly firstSequence?: 0 | 1;
  readonly profiles: Readonly<Record<string, Json>>;
  readonly features?: Readonly<Record<string, readonly string[]>>;
  readonly conversations: readonly ConversationRecord[];
  readonly uploads: Readonly<Record<string, string>>;
}

export function snapshotAccount(account: Account): AccountSnapshot {
  return {
    id: account.id,
    users: account.users,
    limits: account.limits,
    properties: Object.fromEntries(account.properties),
    survey: account.survey,
    firstSequence: account.firstSequence,
    profiles: Object.fromEntries(account.profiles),
    features: Object.fromEntries(account.features),
    conversations: [...account.conversations.values()],
    uploads: Object.fromEntries(account.uploads),
  };
}

export function restoreAccount(kept: AccountSnapshot): Account {
  return {
    id: kept.id,
    users: kept.users,
    limits: kept.limits,
    properties: new Map(Object.entries(kept.properties)),
    survey: kept.survey ?? false,
    firstSequence: kept.firstSequence ?? 1,
    profiles: new Map(Object.entries(kept.profiles)),
    features: new Map(Object.entries(kept.features ?? {})),
    conversations: new Map(kept.conversations.map((conversation) => [conversation.id, conversation])),
    uploads: new Map(Object.entries(kept.uploads)),
  };
}
