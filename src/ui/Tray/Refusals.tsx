import type { MouseEvent } from 'react';
import type { Attachment } from '../../model/attachment.ts';
import { fileSharingOf } from '../../store/selectors.ts';
import { useActions, useChat, useChatState } from '../context.ts';
import { FileName, TypeMark } from '../File/DocumentCard.tsx';
import { ClipIcon } from '../icons/icons.tsx';
import { SmallCloseIcon } from '../icons/viewIcons.tsx';
import { useViewWords } from '../viewWords.tsx';
import { leave } from './leave.ts';

export type Rejected = Extract<Attachment, { at: 'rejected' }>;

/** As many refusals of one reason are still told one by one. */
const FEW = 2;

/** Files in the groups in which they are told: few one by one, many of one reason together. */
function grouped(files: readonly Rejected[], sentence: (file: Rejected) => string): readonly (readonly Rejected[])[] {
  const bySentence = new Map<string, Rejected[]>();
  for (const file of files) bySentence.set(sentence(file), [...(bySentence.get(sentence(file)) ?? []), file]);
  return [...bySentence.values()].flatMap((group) => (group.length > FEW ? [group] : group.map((file) => [file])));
}

export function Refusals({ files }: { files: readonly Rejected[] }) {
  const words = useViewWords();
  return (
    <ul className="refusals">
      {grouped(files, (file) => words.rejection(file.why)).map((group) => (
        <Refusal key={group[0]?.id} files={group} />
      ))}
    </ul>
  );
}

/** Which file, why not, and what to do now. */
function Refusal({ files }: { files: readonly Rejected[] }) {
  const { picker, composer } = useChat();
  const words = useViewWords();
  const actions = useActions();
  const off = useChatState((s) => fileSharingOf(s) === 'off');
  const [first] = files;
  if (!first) return null;
  const names = files.map((file) => file.name);

  function dismiss(event: MouseEvent<HTMLElement>) {
    leave(event, composer.current);
    for (const file of files) actions.removeFromTray(file.id);
  }

  return (
    <li className="refusal">
      <TypeMark fileType={first.fileType || extensionOf(first.name)} />
      <div className="refusal-text">
        <FileName name={words.fileNames(names)} />
        <p>{words.rejection(first.why)}</p>
        {!off && first.why.why !== 'count' && (
          <button
            type="button"
            className="remedy"
            onClick={(event) => {
              dismiss(event);
              picker.current?.click();
            }}
          >
            <ClipIcon />
            {words.chooseAnother}
          </button>
        )}
      </div>
      <button
        type="button"
        className="icon-button small"
        data-removes
        aria-label={names.length === 1 ? words.removeFile(first.name) : words.removeFiles(names)}
        onClick={dismiss}
      >
        <SmallCloseIcon />
      </button>
    </li>
  );
}

function extensionOf(name: string): string {
  return /\.([a-z0-9]{1,4})$/i.exec(name)?.[1] ?? '';
}
