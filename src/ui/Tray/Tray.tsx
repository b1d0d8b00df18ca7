import type { Attachment } from '../../model/attachment.ts';
import { attachmentsOf, trayOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import { FileName, TypeMark } from '../File/DocumentCard.tsx';
import { SmallCloseIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { Refusals, type Rejected } from './Refusals.tsx';
import { useRefusalNews } from './useRefusalNews.ts';

/** What is picked and not sent yet: tiles above, refusals with their reason below. */
export function Tray() {
  const words = useViewWords();
  const ids = useChatState(trayOf);
  const attachments = useChatState(attachmentsOf);
  const files = ids.map((id) => attachments.get(id)).filter((file) => file !== undefined);
  const taken = files.filter((file) => file.at !== 'rejected');
  const refused = files.filter((file): file is Rejected => file.at === 'rejected');
  useRefusalNews(refused);
  if (files.length === 0) return null;
  return (
    <section className="tray" aria-label={words.tray}>
      {refused.length > 0 && <Refusals files={refused} />}
      {taken.length > 0 && (
        <ul className="tray-tiles">
          {taken.map((file) => (
            <TrayTile key={file.id} file={file} />
          ))}
        </ul>
      )}
    </section>
  );
}

function TrayTile({ file }: { file: Attachment }) {
  const words = useViewWords();
  const actions = useActions();
  return (
    <li className="tray-tile" data-checking={file.at === 'picked'}>
      <div className="tray-face">
        <Face file={file} />
      </div>
      <input
        type="text"
        dir="auto"
        aria-label={words.captionFor(file.name)}
        placeholder={words.caption}
        maxLength={500}
        value={file.caption}
        onChange={(event) => actions.setCaption(file.id, event.target.value)}
      />
      <button
        type="button"
        className="tray-remove"
        aria-label={words.removeFile(file.name)}
        onClick={() => actions.removeFromTray(file.id)}
      >
        <SmallCloseIcon />
      </button>
    </li>
  );
}

function Face({ file }: { file: Attachment }) {
  const words = useViewWords();
  if (file.at === 'picked') return <span className="hidden-text">{words.checking(file.name)}</span>;
  if (file.kind === 'image' && file.preview !== null)
    return (
      <>
        <img src={file.preview} alt={file.name} draggable={false} />
        <span className="tray-size">{words.format.size(file.uploadSize)}</span>
      </>
    );
  return (
    <>
      <TypeMark fileType={file.fileType} large />
      <FileName name={file.name} />
    </>
  );
}
