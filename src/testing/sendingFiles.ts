import { startOutbox } from '../flows/outbox.ts';
import type { Session } from '../flows/session.ts';
import { startUploads } from '../flows/uploads.ts';
import type { Shelved } from '../net/ports.ts';
import { settle } from './clock.ts';
import { fakeWorld, type World } from './world.ts';

const PLACE = { conversationId: 'D', dialogId: 'D' };
const session: Session = {
  place: async () => PLACE,
  here: () => PLACE,
  synced: async () => true,
  resync() {},
  readSince: async () => {},
  end: async () => {},
  showEarlier() {},
  dispose() {},
};

/** Files a, b … sent at once, online, in a conversation; `away` makes the page say that it is offline. */
export async function sending(...names: string[]) {
  const world = fakeWorld();
  const page = { online: true };
  const surroundings = { ...world.ports.surroundings, online: () => page.online };
  const shelf: Shelved[] = [];
  const kept = { ...world.ports.memory.shelf, put: async (entry: Shelved) => void shelf.push(entry) };
  const ports = { ...world.ports, surroundings, memory: { ...world.ports.memory, shelf: kept } };
  const uploads = startUploads(ports, world.store, session);
  const outbox = startOutbox(ports, world.store, session, uploads);
  await world.service.goes({ at: 'online' });
  const sendBlob = (name: string, blob: Blob) => {
    hold(world, name);
    uploads.hold(name, blob);
    outbox.sendFile(name);
  };
  const send = async (...files: string[]) => {
    for (const name of files) sendBlob(name, new Blob([name.repeat(10)]));
    await settle();
  };
  await send(...names);
  return { ...world, ports, page, shelf, uploads, outbox, send, sendBlob };
}

function hold({ store }: World, id: string): void {
  store.setState((state) => ({
    attachments: new Map(state.attachments).set(id, {
      id,
      name: id,
      size: 10,
      uploadSize: 10,
      fileType: 'TXT',
      kind: 'document',
      caption: '',
      preview: null,
      width: null,
      height: null,
      locationRemoved: false,
      at: 'ready',
    }),
  }));
}

export const stateOf = ({ store }: World, id: string) => store.getState().attachments.get(id);
export const grant = ({ service }: World, name: string) =>
  service
    .next('ms.GenerateURLForUploadFile')
    .answer({ relativePath: `/v1/${name}`, signature: 's', rawExpires: '9', expires: 9e9 });
