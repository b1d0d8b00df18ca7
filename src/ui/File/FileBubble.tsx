import type { Message } from '../../model/message.ts';
import { fileTypeOf } from '../../protocol/fileTypes.ts';
import type { HostedFile } from '../../protocol/types.ts';
import { downloadOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import { DownloadIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { DocumentCard } from './DocumentCard.tsx';
import { captionUnder, nameOfFile } from './fileName.ts';
import { Photo } from './Photo.tsx';

/** What only the sender's own side knows. */
export interface OwnFacts {
  readonly name: string;
  readonly size: number;
  readonly width: number | null;
  readonly height: number | null;
}

/** A file that lies in the store, from either side. */
export function FileBubble({ message, file, own }: { message: Message; file: HostedFile; own?: OwnFacts }) {
  const words = useViewWords();
  const name = own?.name ?? nameOfFile(file, words.fileKind(file.fileType));
  if (fileTypeOf(file.fileType)?.kind === 'image') {
    const caption = captionUnder(file.caption, name, file.fileType);
    return (
      <Photo
        message={message}
        file={file}
        name={name}
        caption={caption}
        width={own?.width ?? null}
        height={own?.height ?? null}
      />
    );
  }
  return <StoredDocument file={file} name={name} size={own?.size ?? null} />;
}

function StoredDocument({ file, name, size }: { file: HostedFile; name: string; size: number | null }) {
  const words = useViewWords();
  const actions = useActions();
  const at = useChatState((s) => downloadOf(file.relativePath)(s)?.at);
  const save = () => actions.saveFile(file.relativePath, name);
  // A caption with words is a caption; without, it is where the name came from.
  const caption = name.startsWith(file.caption) ? '' : file.caption;
  const note = at === 'failed' && (
    <p className="document-failed">
      {words.couldNotSave}{' '}
      <button type="button" className="inline" onClick={save}>
        {words.tryAgain}
      </button>
    </p>
  );
  return (
    <DocumentCard name={name} fileType={file.fileType} size={size} caption={caption} {...(note ? { note } : {})}>
      <button
        type="button"
        className="icon-button accent"
        aria-label={words.downloadFile(name)}
        aria-busy={at === 'saving'}
        onClick={save}
      >
        {at === 'saving' ? <span className="spinner" /> : <DownloadIcon />}
      </button>
    </DocumentCard>
  );
}
