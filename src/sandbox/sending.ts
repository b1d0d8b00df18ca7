import type { Stream, Trouble } from './faults.ts';

/** What a frame goes through on its way to the wire: copies, another order, delay, loss. */
export interface Sending {
  /** Sends an answer; `sent` is called when it has gone out. */
  answer(frame: unknown, sent: () => void): void;
  notification(frame: { readonly type: string }): void;
}

export interface SendingOptions {
  /** Timers that end with the socket. */
  after(ms: number, wake: () => void): () => void;
  readonly trouble: Trouble;
  /** Puts a frame on the wire; false when it could not go. */
  put(frame: unknown): boolean;
}

/** A notification that is held back goes out after this long even if no other comes, ms: late, but never lost. */
const HELD_FOR = 2_000;

function streamOf(type: string): Stream | null {
  if (type.endsWith('ExConversationChangeNotification')) return 'conversations';
  return type.endsWith('MessagingEventNotification') ? 'messages' : null;
}

export function startSending({ after, trouble, put }: SendingOptions): Sending {
  const held = new Map<Stream, () => void>();

  function send(frame: unknown, sent?: () => void): void {
    const go = () => {
      if (put(frame)) sent?.();
    };
    const delay = trouble.delay();
    if (delay > 0) after(delay, go);
    else go();
  }

  function copies(frame: unknown): void {
    const count = trouble.copies();
    for (let copy = 0; copy < count; copy++) send(frame);
  }

  function holdBack(stream: Stream, frame: unknown): void {
    const release = () => {
      held.delete(stream);
      cancel();
      copies(frame);
    };
    const cancel = after(HELD_FOR, release);
    held.set(stream, release);
  }

  return {
    answer: send,
    notification(frame) {
      const stream = streamOf(frame.type);
      if (stream && !held.has(stream) && trouble.holdsBack(stream)) {
        holdBack(stream, frame);
        return;
      }
      copies(frame);
      if (stream) held.get(stream)?.();
    },
  };
}
