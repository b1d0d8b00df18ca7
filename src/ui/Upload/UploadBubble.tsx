import { type Attachment, progressOf } from '../../model/attachment.ts';
import type { Message } from '../../model/message.ts';
import { attachmentOf, fileOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';
import { DocumentCard } from '../File/DocumentCard.tsx';
import { FileBubble } from '../File/FileBubble.tsx';
import { captionUnder } from '../File/fileName.ts';
import { Tile } from '../File/Tile.tsx';
import { SmallCloseIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';

/** An own file from the moment it is sent: first on its way, then the file in the store like any other. */
export function UploadBubble({ message, attachmentId }: { message: Message; attachmentId: string }) {
  const attachment = useChatState(attachmentOf(attachmentId));
  if (!attachment) return null;
  const file = fileOf(message, new Map([[attachmentId, attachment]]));
  if (file) {
    const { name, size, width, height } = attachment;
    return <FileBubble message={message} file={file} own={{ name, size, width, height }} />;
  }
  return attachment.kind === 'image' ? (
    <Tile
      name={attachment.name}
      preview={attachment.preview}
      width={attachment.width}
      height={attachment.height}
      caption={captionUnder(attachment.caption, attachment.name)}
      dimmed
    >
      <Ring message={message} attachment={attachment} />
    </Tile>
  ) : (
    <DocumentCard
      name={attachment.name}
      fileType={attachment.fileType}
      size={attachment.size}
      caption={attachment.caption}
    >
      <Ring message={message} attachment={attachment} />
    </DocumentCard>
  );
}

/** Progress around the button that stops it. A failed upload has its actions in the line below. */
function Ring({ message, attachment }: { message: Message; attachment: Attachment }) {
  const words = useViewWords();
  const actions = useActions();
  if (attachment.at === 'failed' || attachment.at === 'cancelled') return null;
  const percent = Math.floor(progressOf(attachment) * 100);
  return (
    <div className="ring" data-waiting={percent === 0}>
      <svg
        viewBox="0 0 44 44"
        role="progressbar"
        aria-label={words.uploading(attachment.name)}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={percent}
      >
        <circle className="ring-track" cx="22" cy="22" r="20" />
        <circle
          className="ring-done"
          cx="22"
          cy="22"
          r="20"
          pathLength={100}
          strokeDasharray={`${Math.max(percent, 2)} 100`}
        />
      </svg>
      <button type="button" aria-label={words.cancelFile(attachment.name)} onClick={() => actions.cancel(message.id)}>
        <SmallCloseIcon />
      </button>
    </div>
  );
}
