import { useLayoutEffect, useRef } from 'react';
import { Bubble } from './Bubble.tsx';
import type { Desk } from './desk.ts';
import type { Entry, Outgoing, Thread } from './threads.ts';
import { dayWords, timeWords } from './words.ts';

/** px from the end within which the view counts as being at the end. */
const NEAR = 80;
/** ms within which messages of one author stand together. */
const TOGETHER = 120_000;

/** Everything said, oldest first. Follows the end as long as the reader is there. */
export function Transcript({ desk, thread }: { desk: Desk; thread: Thread }) {
  const { entries, outgoing, typing } = thread;
  const end = useFollowedEnd(entries.length + outgoing.length + Number(typing));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: without it the keyboard cannot scroll a log of plain text.
    <div className="transcript" role="log" aria-label="Messages" tabIndex={0} {...end}>
      {entries.map((entry, index) => {
        const before = entries[index - 1];
        const after = entries[index + 1];
        return (
          <div key={entry.key} className="line" data-by={sideOf(entry)} data-last={!together(entry, after)}>
            {dayWords(entry.at) !== dayWords(before?.at ?? 0) && <p className="day">{dayWords(entry.at)}</p>}
            <Bubble desk={desk} thread={thread} entry={entry} last={!together(entry, after)} />
          </div>
        );
      })}
      {outgoing.map((message) => (
        <Pending key={message.id} desk={desk} id={thread.conversation.id} message={message} />
      ))}
      {typing && (
        <p className="line typing" data-by="consumer">
          <span className="hidden">The visitor is typing</span>
          <i aria-hidden="true" />
          <i aria-hidden="true" />
          <i aria-hidden="true" />
        </p>
      )}
    </div>
  );
}

function sideOf(entry: Entry): 'consumer' | 'brand' | 'service' {
  if (entry.by === 'service') return 'service';
  return entry.by === 'consumer' ? 'consumer' : 'brand';
}

function together(entry: Entry, after: Entry | undefined): boolean {
  return after !== undefined && after.by === entry.by && after.at - entry.at < TOGETHER;
}

function Pending({ desk, id, message }: { desk: Desk; id: string; message: Outgoing }) {
  return (
    <article className="line" data-by="brand" data-last aria-label={`You, ${timeWords(message.at)}`}>
      <div className="bubble mine">{message.label}</div>
      {message.state === 'sending' ? (
        <p className="meta">{message.kind === 'file' ? 'Uploading…' : 'Sending…'}</p>
      ) : (
        <p className="meta failed">
          {message.why}
          <button type="button" onClick={() => desk.retry(id, message.id)}>
            Try again
          </button>
          <button type="button" onClick={() => desk.discard(id, message.id)}>
            Discard
          </button>
        </p>
      )}
    </article>
  );
}

/** Keeps a scrolled box at its end when `size` grows or its content does, unless the reader has scrolled away. */
function useFollowedEnd(size: number) {
  const box = useRef<HTMLDivElement>(null);
  const following = useRef(true);
  const lastTop = useRef(0);
  const settle = () => {
    const now = box.current;
    if (now && following.current) now.scrollTop = now.scrollHeight;
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the size is what may have moved the end.
  useLayoutEffect(settle, [size]);
  return {
    ref: box,
    onScroll: () => {
      const now = box.current;
      if (!now) return;
      // A photo that grows moves the end away before anybody hears of it: only a way upwards is a reader's.
      if (now.scrollHeight - now.scrollTop - now.clientHeight < NEAR) following.current = true;
      else if (now.scrollTop < lastTop.current) following.current = false;
      lastTop.current = now.scrollTop;
    },
    // Load events do not bubble, but they can be caught on their way down: a photo has got its height.
    onLoadCapture: settle,
  };
}
