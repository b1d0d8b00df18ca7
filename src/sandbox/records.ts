import type { MessageAudience } from '../protocol/agent.ts';
import type { FileLimits } from '../protocol/fileTypes.ts';
import type { Json } from '../protocol/read.ts';
import type { Role } from '../protocol/types.ts';

/** What the brand service remembers. All of it is JSON, so that it can be kept over a restart. Times are epoch ms. */

/** One stored event; its sequence is its place in the dialog, counted from the dialog's first one. */
export interface StoredEvent {
  readonly sequence: number;
  readonly at: number;
  readonly from: string;
  readonly role: Role;
  readonly event: Json;
  readonly metadata: readonly unknown[];
  readonly audience: MessageAudience;
}

export interface DialogRecord {
  readonly id: string;
  /** `OTHER` is a co-browsing session, which holds no messages. */
  readonly type: 'MAIN' | 'POST_SURVEY' | 'OTHER';
  readonly createdAt: number;
  /** Sequence of the first event; 1 where it is absent. */
  readonly firstSequence?: 0 | 1;
  /** Who takes part, where it differs from the conversation's. */
  readonly participants?: readonly ParticipantRecord[];
  readonly metaData?: Json;
  endedAt: number | null;
  closedBy: string | null;
  closedCause: string | null;
  readonly events: StoredEvent[];
}

export interface ParticipantRecord {
  readonly id: string;
  readonly role: Role;
  /** A suggested agent has been offered the conversation and has not taken it. */
  readonly state: 'ACTIVE' | 'SUGGESTED';
}

export interface ConversationRecord {
  readonly id: string;
  readonly consumerId: string;
  readonly startedAt: number;
  updatedAt: number;
  endedAt: number | null;
  closeReason: string | null;
  skillId: string;
  ttr: { ttrType: string; value: number };
  csat: Json | null;
  readonly context: unknown;
  readonly campaignInfo: unknown;
  participants: ParticipantRecord[];
  readonly dialogs: DialogRecord[];
}

/** Somebody of the brand: an agent, an admin, or the scripted agent. */
export interface UserRecord {
  /** Old numeric id; `{account}.{userId}` in the agent's dialect. */
  readonly userId: string;
  /** Participant id: what messages carry. */
  readonly pid: string;
  readonly loginName: string;
  readonly password: string;
  readonly nickname: string;
  readonly fullName: string;
  readonly admin: boolean;
}

export interface PropertyRecord {
  readonly value: string | number | boolean;
  readonly revision: number;
}

export interface Account {
  readonly id: string;
  readonly users: readonly UserRecord[];
  readonly limits: FileLimits;
  readonly properties: Map<string, PropertyRecord>;
  /** A survey follows a conversation that was closed by `DialogChange`. */
  readonly survey: boolean;
  /** Sequence of the first event of a dialog. */
  readonly firstSequence: 0 | 1;
  /** Consumer id → the profile it set. */
  readonly profiles: Map<string, Json>;
  /** Consumer id → what its newest greeting announced (PROTOCOL §3). */
  readonly features: Map<string, readonly string[]>;
  readonly conversations: Map<string, ConversationRecord>;
  /** Relative path → who asked to upload it. */
  readonly uploads: Map<string, string>;
}

/** The account's site property that switches file sharing on. */
export const FILE_SHARING = 'messaging.file.sharing.enabled';

/** True or the text "true": LivePerson's own script writes text. */
export function fileSharingOn(account: Account): boolean {
  const value = account.properties.get(FILE_SHARING)?.value;
  return value === true || value === 'true';
}

/** The user an id means: participant id, `{account}.{userId}`, or bare user id. */
export function userOf(account: Account, id: string): UserRecord | undefined {
  return account.users.find((user) => user.pid === id || user.userId === id || `${account.id}.${user.userId}` === id);
}

export function dialogOf(conversation: ConversationRecord, id: string): DialogRecord | undefined {
  return conversation.dialogs.find((dialog) => dialog.id === id);
}

/** Who takes part in a dialog. */
export function participantsOf(conversation: ConversationRecord, dialog: DialogRecord): readonly ParticipantRecord[] {
  return dialog.participants ?? conversation.participants;
}

/** True while any of its dialogs is open (PROTOCOL §4.2, `stage`). */
export function isOpen(conversation: ConversationRecord): boolean {
  return conversation.endedAt === null;
}
