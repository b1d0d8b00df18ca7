import { type DragEvent, useRef, useState } from 'react';
import { fileSharingOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';

/** What hangs over the panel: files, or text and links, which have no place outside a text field. */
export type Carried = 'files' | 'words';

/** Null for what only the page knows of, e.g. its own cards. */
function carriedBy({ dataTransfer: { types } }: DragEvent): Carried | null {
  if (types.includes('Files')) return 'files';
  return types.includes('text/uri-list') || types.includes('text/plain') ? 'words' : null;
}

function isTextField(target: EventTarget | undefined): boolean {
  return target instanceof Element && target.closest('textarea, input') !== null;
}

/** Files, and names of folders, which a page can only read file by file. */
export function droppedOf(data: DataTransfer): { files: readonly File[]; folders: readonly string[] } {
  const folders = Array.from(data.items)
    .filter((item) => item.kind === 'file')
    .map((item) => item.webkitGetAsEntry?.() ?? null)
    .filter((entry) => entry?.isDirectory)
    .map((entry) => entry?.name ?? '');
  const names = new Set(folders);
  return { folders, files: Array.from(data.files).filter((file) => !(names.has(file.name) && file.type === '')) };
}

/**
 * Makes an element take files, and keeps a link dropped beside the text from leading the page away. Children send `dragenter`
 * and `dragleave` of their own, in an order that differs between browsers, so the elements that were entered are remembered
 * and not counted.
 */
export function useDrop() {
  const actions = useActions();
  const off = useChatState((s) => fileSharingOf(s) === 'off');
  const entered = useRef(new Set<EventTarget>());
  /** Text dragged from our own transcript needs no lesson. */
  const ours = useRef<boolean>(false);
  const [over, setOver] = useState<Carried | null>(null);

  function update(carried: Carried) {
    for (const target of entered.current)
      if (target instanceof Node && !target.isConnected) entered.current.delete(target);
    const last = [...entered.current].at(-1);
    const quiet = carried === 'words' && (ours.current || isTextField(last));
    setOver(last === undefined || quiet ? null : carried);
  }

  /** What the event carries when it is ours to answer: the page's own drop zones then never see it. */
  function claim(event: DragEvent): Carried | null {
    const carried = carriedBy(event);
    if (carried === null) return null;
    event.stopPropagation();
    if (carried === 'words' && isTextField(event.target)) return carried;
    event.preventDefault();
    return carried;
  }

  return {
    over,
    handlers: {
      onDragStart() {
        ours.current = true;
      },
      onDragEnd() {
        ours.current = false;
      },
      onDragEnter(event: DragEvent) {
        const carried = claim(event);
        if (!carried) return;
        entered.current.add(event.target);
        update(carried);
      },
      onDragOver(event: DragEvent) {
        const carried = claim(event);
        if (event.isDefaultPrevented()) event.dataTransfer.dropEffect = off || carried === 'words' ? 'none' : 'copy';
      },
      onDragLeave(event: DragEvent) {
        const carried = claim(event);
        if (!carried) return;
        entered.current.delete(event.target);
        update(carried);
      },
      onDrop(event: DragEvent) {
        const carried = claim(event);
        entered.current.clear();
        setOver(null);
        if (carried !== 'files') return;
        const { files, folders } = droppedOf(event.dataTransfer);
        if (files.length > 0 || folders.length > 0) actions.attach(files, folders);
      },
    },
  };
}
