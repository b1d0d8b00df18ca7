/** One question of the survey after a conversation. */
export interface SurveyQuestion {
  readonly id: string;
  readonly text: string;
  /** Offered as quick replies; anything else written is an answer too. */
  readonly answers: readonly string[];
}

/** What the survey asks, in turn. */
export const QUESTIONS: readonly SurveyQuestion[] = [
  {
    id: 'satisfaction',
    text: 'How was our conversation? 1 is poor, 5 is excellent.',
    answers: ['1', '2', '3', '4', '5'],
  },
  {
    id: 'resolved',
    text: 'Did we answer your question?',
    answers: ['Yes', 'No'],
  },
];
