import type { Failure } from '../../protocol/failure.ts';

/**
 * What the panel says, in one language; what its views say is in `ViewWords`. Components never join pieces: each sentence is
 * made here.
 */
export interface Words {
  /** BCP 47, for `lang` and for numbers and times. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';

  // Names of things
  readonly chat: string;
  readonly message: string;
  readonly send: string;
  readonly composerHint: string;
  readonly attachFiles: string;
  readonly attachOff: string;
  /** Name, without an ending, of a picture that was pasted and has none of its own. `at` in epoch ms. */
  pastedName(at: number): string;
  readonly closeChat: string;

  // Before the first message, where the brand says nothing of its own
  readonly welcome: string;
  /** Not said where file sharing is off. */
  readonly welcomeHint: string;

  // Header and connection
  readonly connecting: string;
  readonly reconnecting: string;
  readonly notConnected: string;
  readonly conversationEnded: string;
  readonly keepsMessages: string;
  readonly unreachable: string;
  refusedToConnect(why: Failure): string;
  readonly tryAgain: string;

  // Who speaks
  readonly you: string;
  readonly agent: string;
  readonly robot: string;

  readonly couldNotLoad: string;
}
