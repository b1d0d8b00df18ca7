/** One reading of a file for two: what the one reads, from the beginning on, the other gets as a stream. */
export interface SharedReading {
  /** Takes the bytes that follow those before. */
  readonly heard: (bytes: Uint8Array<ArrayBuffer>) => void;
  /** Ends the stream: the file is at its end, or nothing that follows is of interest. */
  readonly ended: () => void;
  /** Fails the stream: the file cannot be read any further. */
  readonly failed: (why: unknown) => void;
  /** For one listener, who asks before anything has been read; null for any other. */
  readonly stream: () => ReadableStream<Uint8Array<ArrayBuffer>> | null;
}

/** Begins with nothing read. Nothing is kept for a listener who has not asked, or has cancelled the stream. */
export function shareReading(): SharedReading {
  let listener: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>> | null = null;
  let asked = false;

  function leave(): typeof listener {
    const left = listener;
    listener = null;
    asked = true;
    return left;
  }

  return {
    heard(bytes) {
      asked = true;
      listener?.enqueue(bytes);
    },
    ended: () => leave()?.close(),
    failed: (why) => leave()?.error(why),
    stream() {
      if (asked) return null;
      asked = true;
      return new ReadableStream({
        start(controller) {
          listener = controller;
        },
        cancel() {
          listener = null;
        },
      });
    },
  };
}
