import { type DragEvent, useRef, useState } from 'react';
import { fileSharingOf } from '../../store/selectors.ts';
import { useActions, useChatState } from '../context.ts';

/** Dragged text and links are not ours: they go where the page and the text field take them. */
function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer.types.includes('Files');
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
 * Makes an element take files. Children send `dragenter` and `dragleave` of their own, in an order that differs between
 * browsers, so the elements that were entered are remembered and not counted.
 */
export function useDrop() {
  const actions = useActions();
  const off = useChatState((s) => fileSharingOf(s) === 'off');
  const entered = useRef(new Set<EventTarget>());
  const [over, setOver] = useState(false);

  function update() {
    for (const target of entered.current)
      if (target instanceof Node && !target.isConnected) entered.current.delete(target);
    setOver(entered.current.size > 0);
  }

  /** True when the event is ours: the page's own drop zones then never see it. */
  function claim(event: DragEvent): boolean {
    if (!carriesFiles(event)) return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  return {
    over,
    handlers: {
      onDragEnter(event: DragEvent) {
        if (!claim(event)) return;
        entered.current.add(event.target);
        update();
      },
      onDragOver(event: DragEvent) {
        if (claim(event)) event.dataTransfer.dropEffect = off ? 'none' : 'copy';
      },
      onDragLeave(event: DragEvent) {
        if (!claim(event)) return;
        entered.current.delete(event.target);
        update();
      },
      onDrop(event: DragEvent) {
        if (!claim(event)) return;
        entered.current.clear();
        update();
        const { files, folders } = droppedOf(event.dataTransfer);
        if (files.length > 0 || folders.length > 0) actions.attach(files, folders);
      },
    },
  };
}
