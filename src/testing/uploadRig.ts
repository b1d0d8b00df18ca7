import { startOutbox } from '../flows/outbox.ts';
import type { Session } from '../flows/session.ts';
import { startUploads } from '../flows/uploads.ts';
import { type Attachment, NEXT, progressOf } from '../model/attachment.ts';
import { DROPPED, type Failure, refused } from '../protocol/failure.ts';
import { withEntry } from '../store/store.ts';
import { settle } from './clock.ts';
import { type Pending, uploadTraffic } from './uploadTraffic.ts';
import { fakeWorld } from './world.ts';

/**
 * One thing that happens. `at` counts what waits for it (files, requests), around the corner; nothing happens where none
 * does. `code` is a status, 0 for none at all.
 */
export type Deed =
  | { readonly do: 'send' | 'offline' | 'online' }
  | { readonly do: 'cancel' | 'retry' | 'stored'; readonly at: number }
  | { readonly do: 'progress'; readonly at: number; readonly percent: number }
  | { readonly do: 'grant' | 'lost' | 'head'; readonly at: number; readonly code: number }
  | { readonly do: 'clock' | 'publish'; readonly code: number }
  | { readonly do: 'wait'; readonly ms: number };

/** Uploads and outbox as they are, with everything else in the hands of the test. */
export interface Rig {
  perform(deed: Deed): Promise<void>;
  /** Everything goes well until nothing is left to do. */
  heal(): Promise<void>;
  states(): readonly Attachment[];
  readonly visited: ReadonlySet<Attachment['at']>;
  /** What was seen that must never be, in words. */
  readonly faults: readonly string[];
}

const FILE_SIZE = 1_000;
const PLACE = { conversationId: 'D', dialogId: 'D' };
const ALIVE: readonly Attachment['at'][] = ['queued', 'signing', 'uploading', 'verifying', 'publishing'];

export function createRig(): Rig {
  const world = fakeWorld();
  const { store, clock } = world;
  const faults: string[] = [];
  const visited = new Set<Attachment['at']>();
  /** Ids in the order in which they were sent, the last time. */
  const order: string[] = [];
  const accepted = new Set<string>();
  let count = 0;
  let sequence = 0;
  const traffic = uploadTraffic(
    (id) => stateOf(id),
    (what) => faults.push(what),
  );
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
  const ports = { ...world.ports, service: traffic.service, objects: traffic.objects };
  const uploads = startUploads(ports, store, session);
  const outbox = startOutbox(ports, store, session, uploads);
  store.subscribe(({ attachments }, before) => {
    for (const [id, now] of attachments) watch(before.attachments.get(id), now);
  });

  function stateOf(id: string): Attachment['at'] | null {
    return store.getState().attachments.get(id)?.at ?? null;
  }

  function watch(was: Attachment | undefined, now: Attachment): void {
    if (was === now) return;
    visited.add(now.at);
    if (was && !NEXT[was.at].includes(now.at)) faults.push(`${now.id} went from ${was.at} to ${now.at}`);
    if (was && ALIVE.includes(was.at) && ALIVE.includes(now.at) && progressOf(now) < progressOf(was))
      faults.push(`progress of ${now.id} went backwards`);
    if (progressOf(now) === 1 && !accepted.has(now.id)) faults.push(`${now.id} was done before it was accepted`);
  }

  function send(): void {
    count += 1;
    const id = `f${count}`;
    const about = { name: id, fileType: 'TXT', kind: 'document', caption: '', preview: null } as const;
    const blob = new Blob(['x'.repeat(FILE_SIZE + count)]);
    const facts = { size: blob.size, uploadSize: blob.size, width: null, height: null, locationRemoved: false };
    const attachment: Attachment = { id, ...about, ...facts, at: 'ready' };
    store.setState((state) => ({ attachments: withEntry(state.attachments, id, attachment) }));
    uploads.hold(id, blob);
    order.push(id);
    outbox.sendFile(id);
  }

  function retry(id: string): void {
    if (stateOf(id) !== 'failed') return;
    order.splice(order.indexOf(id), 1);
    order.push(id);
    outbox.retry(id);
  }

  function publish(request: Pending, code: number): void {
    if (code !== 200) return request.fail(refused(code, ''));
    const before = order.slice(0, order.indexOf(request.id)).find((id) => ALIVE.includes(stateOf(id) ?? 'cancelled'));
    if (before) faults.push(`${request.id} was published before ${before}`);
    if (accepted.has(request.id)) faults.push(`${request.id} was published twice`);
    accepted.add(request.id);
    sequence += 1;
    request.answer({ sequence });
  }

  /** What is under way for a file is what its state says, and for one that has come to rest it is nothing. */
  function check(): void {
    for (const { id, at } of store.getState().attachments.values()) {
      const under = traffic.under(id);
      const right = { signing: 'grant', uploading: 'put', verifying: 'head' }[at as string] ?? null;
      // What has left for the service cannot be taken back.
      const met = at === 'publishing' || at === 'cancelled' ? under.filter((kind) => kind !== 'publish') : under;
      const proving = at === 'verifying' && traffic.proving();
      const wanted = right === null || proving ? [] : [right];
      if (met.join() !== wanted.join() && !(proving && met.join() === 'head'))
        faults.push(`${id} is ${at}, and under way is ${under.join(' and ') || 'nothing'}`);
    }
    if (traffic.files() > 2) faults.push(`${traffic.files()} files upload at once`);
  }

  function act(deed: Deed): void | Promise<void> {
    switch (deed.do) {
      case 'send':
        return send();
      case 'cancel': {
        const id = pick(order, deed.at);
        // A message that stands in the conversation cannot be taken back; the panel does not offer it.
        if (id && stateOf(id) !== 'published' && stateOf(id) !== 'cancelled') outbox.cancel(id);
        return;
      }
      case 'retry': {
        const failed = order.filter((id) => stateOf(id) === 'failed');
        const id = pick(failed, deed.at);
        return id ? retry(id) : undefined;
      }
      case 'offline':
        return traffic.goes('offline');
      case 'online':
        return traffic.goes('online');
      case 'grant':
        return traffic.take('grant', deed.at)?.settle(deed.code);
      case 'progress':
        return traffic.take('put', deed.at, false)?.progress(deed.percent * (FILE_SIZE / 100));
      case 'stored':
        return traffic.take('put', deed.at)?.answer(undefined);
      case 'lost':
        return traffic.take('put', deed.at)?.fail(deed.code === 0 ? DROPPED : busyOr(deed.code));
      case 'head':
        return traffic.take('head', deed.at)?.settle(deed.code);
      case 'clock':
        return traffic.take('clock', 0)?.settle(deed.code);
      case 'publish': {
        const request = traffic.take('publish', 0);
        return request && publish(request, deed.code);
      }
      case 'wait':
        return clock.advance(deed.ms);
    }
  }

  async function perform(deed: Deed): Promise<void> {
    await act(deed);
    await settle();
    check();
  }

  return {
    perform,
    async heal() {
      await perform({ do: 'online' });
      // Far more rounds than any file needs; a machine that never rests ends in a state that is told.
      for (let round = 0; round < 200 && order.some((id) => ALIVE.includes(stateOf(id) ?? 'cancelled')); round += 1) {
        await perform({ do: 'grant', at: 0, code: 200 });
        await perform({ do: 'stored', at: 0 });
        await perform({ do: 'head', at: 0, code: 404 });
        await perform({ do: 'clock', code: 200 });
        await perform({ do: 'publish', code: 200 });
        await perform({ do: 'wait', ms: 10_000 });
      }
    },
    states: () => [...store.getState().attachments.values()],
    visited,
    faults,
  };
}

function pick<T>(from: readonly T[], at: number): T | undefined {
  return from[at % Math.max(1, from.length)];
}

function busyOr(code: number): Failure {
  return code === 503
    ? { kind: 'refused', delivery: 'refused', code, message: '', retryAfter: 60_000 }
    : refused(code, '');
}
