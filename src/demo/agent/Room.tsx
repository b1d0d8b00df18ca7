import { type DragEvent, useEffect, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { Composer } from './Composer.tsx';
import type { Desk } from './desk.ts';
import { Icon } from './Icon.tsx';
import { openDialog } from './selectors.ts';
import { Transcript } from './Transcript.tsx';
import { consumerWords, stateWords } from './words.ts';

/** One conversation: who it is, what was said, and where to answer. Files may be dropped anywhere on it. */
export function Room({ desk, id }: { desk: Desk; id: string }) {
  const thread = useStore(desk.store, (state) => state.threads.get(id));
  const me = useStore(desk.store, (state) => state.me);
  const heading = useRef<HTMLHeadingElement>(null);
  // Mounted by the agent's own choice of this conversation, which is what may move the focus.
  useEffect(() => heading.current?.focus(), []);
  const open = thread !== undefined && openDialog(thread) !== null;
  const drop = useFileDrop((files) => open && desk.sendFiles(id, files));
  if (!thread) return null;
  const { conversation } = thread;
  return (
    <section className="conversation" aria-labelledby="conversation" {...drop.on}>
      <header className="who-bar">
        <button type="button" className="round back" aria-label="All conversations" onClick={() => desk.select(null)}>
          <Icon name="back" />
        </button>
        <h2 id="conversation" ref={heading} tabIndex={-1}>
          {consumerWords(conversation)}
          <span>{stateWords(thread, me)}</span>
        </h2>
        {open && (
          <button type="button" className="plain" onClick={() => desk.end(id)}>
            End conversation
          </button>
        )}
      </header>
      <Transcript desk={desk} thread={thread} />
      {open ? <Composer desk={desk} id={id} /> : <p className="ended">This conversation has ended.</p>}
      {drop.over && open && (
        <div className="drop">
          <Icon name="image" />
          <strong>Drop to send</strong>
          <small>Photos up to 3 MB, documents up to 5 MB</small>
        </div>
      )}
    </section>
  );
}

/** Handlers for an element that takes files, and whether some hover over it now. */
function useFileDrop(take: (files: readonly File[]) => void) {
  // Entering a child comes before leaving its parent, so that a count is needed to know when the pointer is out.
  const [depth, setDepth] = useState(0);
  const hasFiles = (event: DragEvent) => event.dataTransfer.types.includes('Files');
  const on = {
    onDragEnter: (event: DragEvent) => hasFiles(event) && setDepth((now) => now + 1),
    onDragLeave: (event: DragEvent) => hasFiles(event) && setDepth((now) => Math.max(0, now - 1)),
    onDragOver: (event: DragEvent) => hasFiles(event) && event.preventDefault(),
    onDrop: (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setDepth(0);
      take([...event.dataTransfer.files]);
    },
  };
  return { over: depth > 0, on };
}
