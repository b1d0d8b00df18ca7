import { field, type Json } from '../protocol/read.ts';
import { closeDialog, newDialog, type Publication, publish } from './conversations.ts';
import type { Account, ConversationRecord, DialogRecord, ParticipantRecord } from './records.ts';
import { QUESTIONS, type SurveyQuestion } from './surveyWords.ts';
import type { World } from './world.ts';

/** The survey after a conversation: a dialog of its own in which a bot asks (PROTOCOL §7.1). */

/** The bot is nobody of the account: its public profile is a 404, as those of LivePerson's bots may be. */
export const SURVEY_BOT = '2fa9c1de-4b7a-5e0c-9d3f-6a1b8c2e7f54';
const PROVIDER = 'SURVEY';
const SURVEY_ID = 'meadow-survey';

/** What a consumer must have announced to be asked. */
const FEATURE = 'MULTI_DIALOG';

/** A survey follows where the account has one, the consumer's window knows dialogs, and an agent has been there. */
function wanted(account: Account, conversation: ConversationRecord): boolean {
  const announced = account.features.get(conversation.consumerId)?.includes(FEATURE) ?? false;
  const assigned = conversation.participants.some(({ role, state }) => role === 'ASSIGNED_AGENT' && state === 'ACTIVE');
  return account.survey && announced && assigned;
}

function surveyDialog(world: World, account: Account, conversation: ConversationRecord): DialogRecord {
  const participants: ParticipantRecord[] = [
    { id: conversation.consumerId, role: 'CONSUMER', state: 'ACTIVE' },
    { id: SURVEY_BOT, role: 'AGENT', state: 'ACTIVE' },
    ...conversation.participants
      .filter(({ role }) => role === 'ASSIGNED_AGENT')
      .map(({ id }): ParticipantRecord => ({ id, role: 'READER', state: 'ACTIVE' })),
  ];
  return newDialog(world.uuid(), 'POST_SURVEY', world.clock.now(), {
    firstSequence: account.firstSequence,
    participants,
    metaData: { appInstallId: SURVEY_ID },
  });
}

/** Closes a dialog; after the main one the survey begins, if there is one. */
export function closeWithSurvey(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  dialog: DialogRecord,
  closing: { readonly by: string; readonly cause: string },
): void {
  const next =
    dialog.type === 'MAIN' && wanted(account, conversation) ? surveyDialog(world, account, conversation) : null;
  closeDialog(world, account, conversation, dialog, { ...closing, next });
  if (next) ask(world, account, conversation, next, 0);
}

/** `Question` metadata of the message, and the `Answer` that each of its quick replies carries. */
function metadataOf(question: SurveyQuestion) {
  const common = { provider: PROVIDER, groupId: `${question.id}-group` };
  const answerId = (index: number) => `${question.id}-${index + 1}`;
  return {
    question: {
      type: 'Question',
      id: question.id,
      surveyId: SURVEY_ID,
      ...common,
      replies: question.answers.map((_, index) => answerId(index)),
    },
    answer: (index: number) => ({ type: 'Answer', questionId: question.id, id: answerId(index), ...common }),
  };
}

function questionEvent(question: SurveyQuestion): Json {
  const { answer } = metadataOf(question);
  return {
    type: 'ContentEvent',
    contentType: 'text/plain',
    message: question.text,
    quickReplies: {
      type: 'quickReplies',
      itemsPerRow: 8,
      replies: question.answers.map((title, index) => ({
        type: 'button',
        title,
        tooltip: title,
        click: { actions: [{ type: 'publishText', text: title }], metadata: [answer(index)] },
      })),
    },
  };
}

/** Asks the question with this number, or ends the survey where there is none. */
function ask(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  dialog: DialogRecord,
  number: number,
): void {
  const question = QUESTIONS[number];
  if (!question) {
    closeDialog(world, account, conversation, dialog, { by: 'AGENT', cause: 'Completed' });
    return;
  }
  publish(world, account, conversation, dialog, {
    from: SURVEY_BOT,
    role: 'AGENT',
    event: questionEvent(question),
    metadata: [metadataOf(question).question],
    audience: 'ALL',
  });
}

/** Something was published in the survey: words of the consumer's, chosen or written, answer the question that was asked. */
export function surveyHeard(
  world: World,
  account: Account,
  conversation: ConversationRecord,
  dialog: DialogRecord,
  { role, event }: Publication,
): void {
  if (role !== 'CONSUMER' || field(event, 'type') !== 'ContentEvent') return;
  const answers = dialog.events.filter((stored) => stored.role === 'CONSUMER' && stored.event.type === 'ContentEvent');
  ask(world, account, conversation, dialog, answers.length);
}
