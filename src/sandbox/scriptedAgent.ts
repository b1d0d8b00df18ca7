import type { AgentEvent } from '../protocol/agent.ts';
import { failureOf } from '../protocol/failure.ts';
import { fileTypeOf } from '../protocol/fileTypes.ts';
import { signedUrl } from '../protocol/http.ts';
import type { PublishedEvent } from '../protocol/methods.ts';
import type { Conversation } from '../protocol/types.ts';
import { DEMO_PASSWORD, SCRIPTED_LOGIN } from './accounts.ts';
import { connectAgentClient } from './agentClient.ts';
import type { Brand } from './brand.ts';
import { type SandboxClock, systemClock } from './clock.ts';
import { pdfOf } from './pdf.ts';
import { MEADOW_PREVIEW, meadow } from './pictures.ts';
import {
  ANSWERS,
  GREETING,
  GUIDE_CAPTION,
  GUIDE_HEADING,
  GUIDE_LINES,
  PICTURE_CAPTION,
  thanksFor,
  UPLOAD_FAILED,
} from './scriptedWords.ts';
import { readClaims } from './tokens.ts';

export interface ScriptedAgentOptions {
  readonly brand: Brand;
  readonly account: string;
  /** Origin of the object store. */
  readonly swift: string;
  /** PUTs bytes to a signed address; rejects when they are not stored. */
  upload(url: string, bytes: Uint8Array, type: string): Promise<void>;
  readonly clock?: SandboxClock;
  /** Factor of every pause; 0 answers at once. */
  readonly pace?: number;
  /** Hears of what should not have happened. */
  report?(error: unknown): void;
}

/** One conversation of the scripted agent. Its steps run one after another. */
interface Talk {
  readonly id: string;
  /** A person has joined, or it is over: nothing more is said. */
  aside: boolean;
  answers: number;
  filesSent: boolean;
  /** Sequences of the consumer's that have been heard. */
  readonly heard: Set<number>;
  steps: Promise<void>;
}

/** Pauses, ms. */
const NOTICE = 700;
const TYPING = 1_600;
/** So many answers in words, and then the picture and the guide come unasked. */
const WORDS_BEFORE_FILES = 3;

const PEOPLE: readonly string[] = ['ASSIGNED_AGENT', 'AGENT', 'MANAGER'];

/**
 * An agent who answers by itself until a person takes part: a client of the agent's dialect like any other. It never
 * looks into what consumers write; answers come in turn.
 */
export function startScriptedAgent(options: ScriptedAgentOptions): { close(): void } {
  const { brand, account, swift, clock = systemClock, pace = 1 } = options;
  const bearer = brand.signIn(account, SCRIPTED_LOGIN, DEMO_PASSWORD);
  if (!bearer) throw new Error(`account ${account} has no scripted agent`);
  const me = String(readClaims(bearer)?.sub);
  const talks = new Map<string, Talk>();
  const pauses = new Set<() => void>();
  let closed = false;

  const client = connectAgentClient((wire) => brand.connectAgent(account, bearer, wire, true), {
    messages: (events) => events.forEach(heard),
    conversations: (changes) => {
      for (const change of changes) if (change.type === 'upsert') noticed(change.conversation);
    },
  });

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const cancel = clock.after(ms * pace, () => {
        pauses.delete(cancel);
        resolve();
      });
      pauses.add(cancel);
    });
  }

  /** Adds a step to a conversation; it is left out when the agent has stepped aside meanwhile. */
  function then(talk: Talk, step: () => Promise<void>): void {
    talk.steps = talk.steps
      .then(() => (talk.aside || closed ? undefined : step()))
      .catch((error: unknown) => {
        // A conversation that ended or changed hands between two steps refuses the next one: that is all in order.
        talk.aside ||= failureOf(error).kind === 'refused';
        if (!talk.aside && !closed) options.report?.(error);
      });
  }

  async function publish(talk: Talk, event: PublishedEvent): Promise<void> {
    if (talk.aside || closed) return;
    await client.request('.ams.ms.PublishEvent', { dialogId: talk.id, conversationId: talk.id, event });
  }

  function say(talk: Talk, text: string): void {
    then(talk, async () => {
      await publish(talk, { type: 'ChatStateEvent', chatState: 'COMPOSING' });
      await pause(TYPING);
      await publish(talk, { type: 'ContentEvent', contentType: 'text/plain', message: text });
      await publish(talk, { type: 'ChatStateEvent', chatState: 'ACTIVE' });
    });
  }

  async function sendFile(
    talk: Talk,
    bytes: Uint8Array,
    file: { fileType: string; caption: string; preview?: string },
  ): Promise<void> {
    const { fileType } = file;
    const path = await client.request('.ams.ms.GenerateURLForUploadFile', { fileSize: bytes.length, fileType });
    await options.upload(signedUrl(swift, path), bytes, fileTypeOf(fileType)?.mime ?? 'application/octet-stream');
    const message = { ...file, relativePath: path.relativePath };
    await publish(talk, { type: 'ContentEvent', contentType: 'hosted/file', message });
  }

  function sendFiles(talk: Talk): void {
    talk.filesSent = true;
    then(talk, async () => {
      await pause(NOTICE);
      try {
        await sendFile(talk, meadow(), { fileType: 'JPG', caption: PICTURE_CAPTION, preview: MEADOW_PREVIEW });
        await pause(NOTICE);
        await sendFile(talk, pdfOf(GUIDE_HEADING, GUIDE_LINES), { fileType: 'PDF', caption: GUIDE_CAPTION });
      } catch (error) {
        // Refused is what an account without file sharing does; anything else should not happen.
        if (failureOf(error).kind !== 'refused') options.report?.(error);
        say(talk, UPLOAD_FAILED);
      }
    });
  }

  async function read(talk: Talk, sequenceList: number[]): Promise<void> {
    if (sequenceList.length === 0) return;
    await publish(talk, { type: 'AcceptStatusEvent', status: 'ACCEPT', sequenceList });
    await pause(NOTICE);
    await publish(talk, { type: 'AcceptStatusEvent', status: 'READ', sequenceList });
  }

  /** True for what a consumer wrote and this agent has not heard of yet. */
  function isNews(talk: Talk, { content, from, sequence }: AgentEvent): boolean {
    if (from.role !== 'CONSUMER' || sequence === null || talk.heard.has(sequence)) return false;
    talk.heard.add(sequence);
    return content.type === 'text' || content.type === 'file';
  }

  function answer(talk: Talk, { content }: AgentEvent): void {
    if (content.type === 'file') {
      const { caption, fileType } = content.file;
      say(talk, thanksFor({ caption, image: fileTypeOf(fileType)?.kind === 'image' }));
    } else {
      say(talk, ANSWERS[talk.answers++ % ANSWERS.length] ?? GREETING);
    }
    if (!talk.filesSent && (content.type === 'file' || talk.answers >= WORDS_BEFORE_FILES)) sendFiles(talk);
  }

  function heard(event: AgentEvent): void {
    const talk = talks.get(event.dialogId);
    if (!talk || talk.aside || !isNews(talk, event)) return;
    then(talk, () => read(talk, sequencesOf([event])));
    answer(talk, event);
  }

  function noticed(conversation: Conversation): void {
    const { id, participants } = conversation;
    const known = talks.get(id);
    const mine = participants.some((participant) => participant.id === me);
    const person = participants.some(({ id: other, role }) => other !== me && PEOPLE.includes(role));
    if (!conversation.open || person) {
      talks.set(id, known ?? newTalk(id));
      stepAside(id, conversation.open && mine);
      return;
    }
    if (known) return;
    const talk = newTalk(id);
    talks.set(id, talk);
    if (!mine) begin(talk);
  }

  function newTalk(id: string): Talk {
    return { id, aside: false, answers: 0, filesSent: false, heard: new Set(), steps: Promise.resolve() };
  }

  /** Joins, reads what the consumer wrote meanwhile, greets, and answers it. */
  function begin(talk: Talk): void {
    then(talk, async () => {
      await pause(NOTICE);
      // A person may have taken it meanwhile, and joining would push them out.
      if (talk.aside) return;
      await client.request('.ams.cm.UpdateConversationField', participation(talk.id, 'ADD'));
      const events = await client.request('.ams.ms.QueryMessages', { dialogId: talk.id, newerThanSequence: 0 });
      const news = events.filter((event) => isNews(talk, event));
      await read(talk, sequencesOf(news));
      say(talk, GREETING);
      for (const event of news) answer(talk, event);
    });
  }

  function participation(conversationId: string, type: 'ADD' | 'REMOVE') {
    const field = { field: 'ParticipantsChange', type, role: 'ASSIGNED_AGENT', userId: me } as const;
    return { conversationId, conversationField: [field] };
  }

  function stepAside(id: string, leave: boolean): void {
    const talk = talks.get(id);
    if (!talk || talk.aside) return;
    talk.aside = true;
    if (!leave) return;
    client
      .request('.ams.cm.UpdateConversationField', participation(id, 'REMOVE'))
      .catch((error: unknown) => options.report?.(error));
  }

  client
    .request('.ams.aam.SubscribeExConversations', { convState: ['OPEN', 'CLOSE'] })
    .catch((error: unknown) => options.report?.(error));

  return {
    close() {
      closed = true;
      for (const cancel of pauses) cancel();
      client.close();
    },
  };
}

function sequencesOf(events: readonly AgentEvent[]): number[] {
  return events.map(({ sequence }) => sequence).filter((sequence) => sequence !== null);
}
