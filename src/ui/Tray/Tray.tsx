import type { Attachment } from '../../model/attachment.ts';
import { attachmentsOf, trayOf } from '../../store/selectors.ts';
import { useChatState } from '../context.ts';
import { useViewWords } from '../viewWords.tsx';
import { Refusals, type Rejected } from './Refusals.tsx';
import { TrayTile } from './TrayTile.tsx';
import { factsOf } from './trayFacts.ts';
import { useRefusalNews } from './useRefusalNews.ts';
import { useReorder } from './useReorder.ts';

/** What is picked and not sent yet: refusals with their reason above, tiles and what was done to the files below. */
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
      {taken.length > 0 && <Tiles files={taken} />}
    </section>
  );
}

function Tiles({ files }: { files: readonly Attachment[] }) {
  const words = useViewWords();
  const reorder = useReorder(files);
  const facts = words.trayFacts(factsOf(files));
  return (
    <>
      <ul className="tray-tiles" ref={reorder.list}>
        {files.map((file, place) => (
          <TrayTile key={file.id} file={file} place={place} count={files.length} reorder={reorder} />
        ))}
      </ul>
      {facts !== '' && <p className="tray-facts">{facts}</p>}
    </>
  );
}
