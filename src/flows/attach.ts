import { type About, type Attachment, advanced, type Change, MAX_FILES, type Rejection } from '../model/attachment.ts';
import { cleanName } from '../model/fileName.ts';
import { type ChatStore, withEntry } from '../store/store.ts';
import type { Accepted } from './examine.ts';
import type { Ports } from './ports.ts';
import type { Uploads } from './uploads.ts';

/** From a dropped, pasted or picked file to a ready row in the tray. */
export interface Attach {
  attach(files: readonly File[], folders?: readonly string[]): void;
  setCaption(id: string, caption: string): void;
  /** Files are sent in the order of the tray. `to` counts those that were not refused, from 0; it is cut to the ends. */
  moveInTray(id: string, to: number): void;
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
      locationRemoved: false,
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
    const { wire, kind } = found.ok;
    learn(id, { fileType: wire, kind, width: found.inspection.width, height: found.inspection.height });
    void glance(id, file, found);
    const made = await ports.media.ready(file, found, { limits: settings.limits, signal });
    if ('why' in made) return reject(id, made);
    if (signal.aborted) return;
    learn(id, made.about);
    uploads.hold(id, made.blob);
    move(id, { at: 'ready' });
  }

  /** Shows what a photo carries of itself until its preview is made. */
  async function glance(id: string, file: File, { inspection }: Accepted): Promise<void> {
    if (inspection.thumbnail === null) return;
    const preview = await ports.media.glimpse(file, inspection);
    update(id, (attachment) => (attachment.at === 'picked' ? { ...attachment, preview } : attachment));
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
    moveInTray: (id, to) => store.setState(({ tray, attachments }) => ({ tray: moved(tray, attachments, id, to) })),
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

/** The tray with one file at another place among those not refused; refused ones come first, in their order. */
function moved(
  tray: readonly string[],
  attachments: ReadonlyMap<string, Attachment>,
  id: string,
  to: number,
): readonly string[] {
  const isRefused = (other: string) => attachments.get(other)?.at === 'rejected';
  if (!tray.includes(id) || isRefused(id)) return tray;
  const others = tray.filter((other) => other !== id && !isRefused(other));
  const place = Math.min(Math.max(0, Math.trunc(to)), others.length);
  return [...tray.filter(isRefused), ...others.slice(0, place), id, ...others.slice(place)];
}
