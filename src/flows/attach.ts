import { type Attachment, advanced, type Change, type Rejection } from '../model/attachment.ts';
import { check, cleanName, MAX_FILES } from '../model/checks.ts';
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
}

export function startAttach(ports: Ports, store: ChatStore, uploads: Uploads): Attach {
  const looking = new Set<Promise<void>>();

  function change(id: string, to: Change | Partial<Attachment>): void {
    store.setState((state) => {
      const attachment = state.attachments.get(id);
      if (!attachment) return {};
      const next = 'at' in to ? advanced(attachment, to as Change) : ({ ...attachment, ...to } as Attachment);
      return { attachments: withEntry(state.attachments, id, next) };
    });
  }

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
    change(id, { at: 'rejected', why });
  }

  async function look(id: string, file: File): Promise<void> {
    const { settings, fileSharing } = store.getState();
    let inspection: Awaited<ReturnType<Ports['media']['inspect']>>;
    try {
      inspection = await ports.media.inspect(file);
    } catch {
      // A cloud placeholder that could not be fetched, or a file changed or removed since it was picked.
      return reject(id, { why: 'unreadable' });
    }
    const verdict = check({ name: file.name, size: file.size }, inspection, settings.limits, fileSharing);
    if ('why' in verdict) return reject(id, verdict);
    const { wire, kind } = verdict.ok;
    change(id, { fileType: wire, kind, width: inspection.width, height: inspection.height });
    if (kind === 'image') {
      const preview = await ports.media.preview(file, inspection);
      change(id, { preview: preview.dataUrl });
    }
    uploads.hold(id, typed(file, wire));
    change(id, { at: 'ready' });
  }

  return {
    attach(files, folders = []) {
      const taken = store
        .getState()
        .tray.filter((id) => store.getState().attachments.get(id)?.at !== 'rejected').length;
      for (const name of folders) reject(add(name, 0), { why: 'folder' });
      for (const [index, file] of files.entries()) {
        const id = add(file.name, file.size);
        if (taken + index >= MAX_FILES) {
          reject(id, { why: 'count', limit: MAX_FILES });
          continue;
        }
        const work: Promise<void> = look(id, file).finally(() => looking.delete(work));
        looking.add(work);
      }
    },
    setCaption: (id, caption) => change(id, { caption }),
    remove(id) {
      uploads.forget(id);
      change(id, { at: 'cancelled' });
      store.setState((state) => ({ tray: state.tray.filter((other) => other !== id) }));
    },
    async settled() {
      await Promise.all(looking);
    },
  };
}

/** The blob with the type its content has: a picker's own word for it is empty or wrong often enough. */
function typed(file: File, wire: string): Blob {
  const mime = fileTypeOf(wire)?.mime ?? 'application/octet-stream';
  return file.type === mime ? file : file.slice(0, file.size, mime);
}
