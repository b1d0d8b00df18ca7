import { fileTypeOf } from '../../protocol/fileTypes.ts';
import type { HostedFile } from '../../protocol/types.ts';
import type { Desk } from './desk.ts';
import { nameOf } from './files.ts';
import { HostedImage } from './HostedImage.tsx';
import { Icon } from './Icon.tsx';
import { deliveryOf } from './selectors.ts';
import type { Entry, Thread } from './threads.ts';
import { authorWords, DELIVERY_WORDS, timeWords } from './words.ts';

/** One message; `last` of its group also says who, when and how far it has come. */
export function Bubble({ desk, thread, entry, last }: { desk: Desk; thread: Thread; entry: Entry; last: boolean }) {
  const who = authorWords(entry.by);
  return (
    <article aria-label={`${who}, ${timeWords(entry.at)}`}>
      <Content desk={desk} entry={entry} />
      {last && entry.by !== 'service' && (
        <p className="meta">
          {entry.by === 'me' ? '' : `${who} · `}
          <time dateTime={new Date(entry.at).toISOString()}>{timeWords(entry.at)}</time>
          {entry.by !== 'consumer' && <Delivery thread={thread} entry={entry} />}
        </p>
      )}
    </article>
  );
}

function Delivery({ thread, entry }: { thread: Thread; entry: Entry }) {
  const delivery = deliveryOf(thread, entry.key);
  return (
    <span className="delivery" data-at={delivery}>
      <Icon name={delivery === 'sent' ? 'sent' : 'read'} />
      {DELIVERY_WORDS[delivery]}
    </span>
  );
}

function Content({ desk, entry }: { desk: Desk; entry: Entry }) {
  const tone = entry.by === 'me' ? 'bubble mine' : 'bubble';
  switch (entry.body.type) {
    case 'text':
      return <div className={tone}>{entry.body.text}</div>;
    case 'file':
      return fileTypeOf(entry.body.file.fileType)?.kind === 'image' ? (
        <div className={`${tone} photo`}>
          <HostedImage desk={desk} file={entry.body.file} />
          {entry.body.file.caption && <p>{entry.body.file.caption}</p>}
        </div>
      ) : (
        <DocumentCard desk={desk} file={entry.body.file} />
      );
    case 'unsupported':
      return <div className="bubble quiet">This message cannot be shown here.</div>;
  }
}

function DocumentCard({ desk, file }: { desk: Desk; file: HostedFile }) {
  return (
    <div className="document">
      <span className="kind" aria-hidden="true">
        {file.fileType.slice(0, 4) || 'FILE'}
      </span>
      <span className="name">{nameOf(file)}</span>
      <button type="button" className="round" aria-label={`Download ${nameOf(file)}`} onClick={() => desk.save(file)}>
        <Icon name="download" />
      </button>
    </div>
  );
}
