import { field, stringOf } from '../protocol/read.ts';
import { change } from './conversations.ts';
import { type Link, personOf } from './link.ts';
import { type ConversationRecord, type ParticipantRecord, userOf } from './records.ts';
import { refuse, type World } from './world.ts';

/** Agents coming and going. */

const ROLES: readonly string[] = ['ASSIGNED_AGENT', 'MANAGER', 'READER', 'AGENT'];

/** One agent is assigned at a time: another one who takes the conversation replaces them. */
function withAgent(conversation: ConversationRecord, added: ParticipantRecord): ParticipantRecord[] {
  const takesOver = added.role === 'ASSIGNED_AGENT' && added.state === 'ACTIVE';
  const rest = conversation.participants.filter(
    (other) => other.id !== added.id && !(takesOver && other.role === 'ASSIGNED_AGENT'),
  );
  return [...rest, added];
}

/** Removing an agent where there is none fails (README of node-agent-sdk); without an id the role says who. */
function withoutAgent(conversation: ConversationRecord, role: string, id: string | null): ParticipantRecord[] {
  const rest = conversation.participants.filter((other) => !(other.role === role && (id === null || other.id === id)));
  return rest.length === conversation.participants.length ? refuse(400, `There is no ${role} to remove`) : rest;
}

/** Carries out a `ParticipantsChange`; the answer's text. */
export function changeParticipants(world: World, link: Link, conversation: ConversationRecord, entry: unknown): string {
  const role = stringOf(field(entry, 'role')) ?? '';
  if (!ROLES.includes(role)) refuse(400, `Unknown role ${role.slice(0, 40)}`);
  const asked = stringOf(field(entry, 'userId'));
  const named = asked ? (userOf(link.account, asked)?.pid ?? refuse(400, 'Unknown agent')) : null;
  const id = named ?? personOf(link);
  const set = (participants: ParticipantRecord[]) => change(world, link.account, conversation, { participants });
  switch (field(entry, 'type')) {
    case 'ADD':
    case 'UPDATE':
      set(withAgent(conversation, { id, role, state: 'ACTIVE' }));
      return 'OK Agent added successfully';
    case 'SUGGEST':
      set(withAgent(conversation, { id, role, state: 'SUGGESTED' }));
      return 'OK Agent suggested successfully';
    case 'REMOVE':
      set(withoutAgent(conversation, role, named));
      return 'OK Agent removed successfully';
    default:
      return refuse(400, 'Unknown participants change');
  }
}

/** Assigns a conversation to the agent who asks. */
export function join(world: World, link: Link, conversation: ConversationRecord): void {
  changeParticipants(world, link, conversation, { type: 'ADD', role: 'ASSIGNED_AGENT' });
}
