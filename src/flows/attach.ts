import { type About, type Attachment, advanced, type Change, MAX_FILES, type Rejection } from '../model/attachment.ts';
import { cleanName } from '../model/fileName.ts';
import { fileTypeOf } from '../protocol/fileTypes.ts';
import { type ChatStore, withEntry } from '../store/store.ts';
import type { Ports } from './ports.ts';
import type { Uploads } from './uploads.ts';

/** From a dropped, pasted or picked file to a ready row in the tray. */
export interface Attach {
  attach(files: readonly File[], folders?: readonly string[]): void;
  setCaption(id: string, caption: string): void;
  /** Takes a file out of the tray for good. */
  remove(id: string): void;
  /** Settles when no picked file is still being looked at. */
  settled(): Promise<void>;
  dispose(): void;
}

export function startAttach(ports: Ports, store: ChatStore, uploads: Uploads): Attach {
  /** Files being looked at. */
  const looking = new Map<string, { stop: AbortController; done: Promise<void> }>();

  function update(id: string, next: (attachment: Attachment) => Attachment): void {
    store.setState((state) => {
      const attachment = state.attachments.get(id);
      return attachment ? { attachments: withEntry(state.attachments, id, next(attachment)) } : {};
    });
  }
  const move = (id: string, to: Change) => update(id, (attachment) => advanced(attachment, to));
  const learn = (id: string, facts: Partial<About>) => update(id, (attachment) => ({ ...attachment, ...facts }));

  function add(name: string, size: number): string {
    const id = ports.clock.uuid();
    const attachment: Attachment = {
      id,
      name: cleanName(name),
      size,
      uploadSize: size,
      fileType: '',
      kind: 'document',
      caption: '',
      preview: null,
      width: null,
      height: null,
      at: 'picked',
    };
    store.setState((state) => ({
      attachments: withEntry(state.attachments, id, attachment),
      tray: [...state.tray, id],
    }));
    return id;
  }

  function reject(id: string, why: Rejection): void {
    move(id, { at: 'rejected', why });
  }

  async function look(id: string, file: File, signal: AbortSignal): Promise<void> {
    const { settings, fileSharing } = store.getState();
    const found = await ports.media.examine(file, settings.limits, fileSharing);
    if ('why' in found) return reject(id, found);
    const { inspection } = found;
    const { wire, kind } = found.ok;
    learn(id, { fileType: wire, kind, width: inspection.width, height: inspection.height });
    if (kind === 'image') {
      const { dataUrl, width, height } = await ports.media.preview(file, inspection, { signal });
      learn(id, { preview: dataUrl, width, height });
    }
    if (signal.aborted) return;
    uploads.hold(id, typed(file, wire));
    move(id, { at: 'ready' });
  }

  return {
    attach(files, folders = []) {
      const taken = store
        .getState()
        .tray.filter((id) => store.getState().attachments.get(id)?.at !== 'rejected').length;
      for (const name of folders) reject(add(name, 0), { why: 'folder' });
      let place = taken;
      // Counted by hand: an array's `entries` is another one on pages with Prototype.js.
      for (const file of files) {
        const id = add(file.name, file.size);
        place += 1;
        if (place > MAX_FILES) {
          reject(id, { why: 'count', limit: MAX_FILES });
          continue;
        }
        const stop = new AbortController();
        const done = look(id, file, stop.signal).finally(() => looking.delete(id));
        looking.set(id, { stop, done });
      }
    },
    setCaption: (id, caption) => learn(id, { caption }),
    remove(id) {
      looking.get(id)?.stop.abort();
      uploads.forget(id);
      move(id, { at: 'cancelled' });
      store.setState((state) => ({ tray: state.tray.filter((other) => other !== id) }));
    },
    async settled() {
      await Promise.all([...looking.values()].map(({ done }) => done));
    },
    dispose() {
      for (const { stop } of looking.values()) stop.abort();
    },
  };
}

/** The blob with the type its content has: a picker's own word for it is empty or wrong often enough. */
function typed(file: File, wire: string): Blob {
  const mime = fileTypeOf(wire)?.mime ?? 'application/octet-stream';
  return file.type === mime ? file : file.slice(0, file.size, mime);
}
