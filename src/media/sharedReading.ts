/** One reading of a file for two: what the one reads, from the beginning on, the other gets as a stream. */
export interface SharedReading {
  /** Takes bytes that stand at `base` in the file. Some of them may have been read before. */
  readonly heard: (bytes: Uint8Array<ArrayBuffer>, base: number) => void;
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
  let position = 0;

  function leave(): typeof listener {
    const left = listener;
    listener = null;
    asked = true;
    return left;
  }

  return {
    heard(bytes, base) {
      asked = true;
      if (base > position) leave()?.error(new RangeError('not all of it is read'));
      const fresh = bytes.subarray(position - base);
      position += fresh.length;
      if (fresh.length > 0) listener?.enqueue(fresh);
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
