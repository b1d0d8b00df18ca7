import { failureOf } from '../protocol/failure.ts';
import { arrayOf, field, stringOf } from '../protocol/read.ts';
import { type Faults, noFaults, troubleOf } from './faults.ts';
import type { Ledger, Outcome, RecordedRequest } from './ledger.ts';
import type { Identity, Link } from './link.ts';
import type { Account } from './records.ts';
import type { Answer, Request } from './requests.ts';
import { startSending } from './sending.ts';
import { bareSingles } from './variants.ts';
import type { World } from './world.ts';

/** The sandbox's end of one socket: frames in, answers and notifications out, in the order the faults ask for. */

/** The outside of a socket. `close` with 1006 cuts it without a close frame. */
export interface Wire {
  send(text: string): void;
  close(code: number, reason: string): void;
  /** Reads no more, so that not even a closing is noticed. */
  deafen?(): void;
}

/** What the owner of the real socket tells the sandbox. */
export interface Connection {
  receive(text: string): void;
  /** A ping frame came: a sign of life that is no request. */
  pinged(): void;
  /** The other side has gone. */
  closed(): void;
}

export interface Line {
  readonly link: Link;
  readonly connection: Connection;
  readonly ended: () => boolean;
}

/** What differs between consumers and agents. */
export interface LineOptions {
  readonly kind: 'consumer' | 'agent';
  readonly account: Account;
  readonly wire: Wire;
  readonly who: Identity | null;
  /** See `Link`. */
  readonly resident?: boolean;
  /** What goes wrong from the first frame on. */
  readonly faults?: Partial<Faults>;
  /** Carries a request out; throws FailureError to refuse it. */
  serve(request: Request, link: Link): Answer;
  /** An answer has gone out. */
  answered(request: Request, answer: Answer): void;
  /** A frame or ping was heard. */
  heard(): void;
  /** The socket is over, whoever ended it. */
  over(link: Link): void;
}

interface Notification {
  readonly kind: 'notification';
  readonly type: string;
  readonly body: unknown;
}

/** What a frame that cannot be read is answered as. */
const NONE: Request = { id: '', type: '', body: undefined, metadata: [], headers: [] };

/** What a request refused by a fault is told. */
const REFUSALS: Readonly<Record<number, string>> = { 429: 'Too many requests' };

function readRequest(text: string): Request | null {
  let frame: unknown;
  try {
    frame = JSON.parse(text);
  } catch {
    return null;
  }
  const id = stringOf(field(frame, 'id'));
  const type = stringOf(field(frame, 'type'));
  if (field(frame, 'kind') !== 'req' || id === null || id === '' || id.length > 64 || !type) return null;
  return {
    id,
    type,
    body: field(frame, 'body'),
    metadata: arrayOf(field(frame, 'metadata')),
    headers: arrayOf(field(frame, 'headers')),
  };
}

export function openLine(world: World, ledger: Ledger, options: LineOptions): Line {
  const { kind, account, wire, faults = {} } = options;
  const trouble = troubleOf(kind === 'consumer' ? world.faults : noFaults(), faults);
  const timers = new Set<() => void>();
  const frames = { received: 0, sent: 0 };
  let ended = false;
  let silenced = false;
  /** Notifications caused by the request in hand wait for its answer. */
  let held: Notification[] | null = null;

  const link: Link = {
    kind,
    account,
    resident: options.resident ?? false,
    frames,
    faults,
    who: options.who,
    subscriptions: new Map(),
    dialogs: new Set(),
    rings: null,
    agentStates: null,
    faultsChanged: () => void silent(),
    notify(type, body) {
      const frame: Notification = { kind: 'notification', type, body };
      if (held) held.push(frame);
      else sending.notification(frame);
    },
    after(ms, wake) {
      const cancel = world.clock.after(ms, () => {
        timers.delete(cancel);
        wake();
      });
      timers.add(cancel);
      return () => {
        timers.delete(cancel);
        cancel();
      };
    },
    end(code, reason, loud = false) {
      if (ended) return;
      over();
      if (loud || !silent()) wire.close(code, reason);
    },
  };

  const sending = startSending({ after: link.after, trouble, put });

  /** Half-open connections never recover, so this is never taken back. */
  function silent(): boolean {
    if (!silenced && trouble.silent()) {
      silenced = true;
      wire.deafen?.();
    }
    return silenced;
  }

  function over(): void {
    ended = true;
    world.links.delete(link);
    for (const cancel of timers) cancel();
    timers.clear();
    options.over(link);
  }

  function put(frame: unknown): boolean {
    if (ended || silent()) return false;
    if (trouble.cuts('sent', frames.sent)) {
      link.end(1006, '');
      return false;
    }
    const shaped = kind === 'consumer' && world.variants.singles === 'bare' ? bareSingles(frame) : frame;
    frames.sent += 1;
    wire.send(JSON.stringify(shaped));
    return true;
  }

  function answer(request: Request, given: Answer): void {
    if (trouble.loses('answer', request.type)) return;
    const { reqId } = world.variants;
    const id =
      kind === 'consumer' && reqId === 'number' && /^\d{1,15}$/.test(request.id) ? Number(request.id) : request.id;
    const frame = { kind: 'resp', reqId: id, type: given.type, code: given.code, body: given.body };
    sending.answer(frame, () => options.answered(request, given));
  }

  function carryOut(request: Request): Answer {
    try {
      return options.serve(request, link);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.kind !== 'refused') throw error;
      return { type: '.ReqBody$StringResp', code: failure.code, body: failure.message };
    }
  }

  function decide(request: Request): Outcome {
    const recorded: RecordedRequest = {
      ...request,
      from: kind,
      account: account.id,
      person: link.who?.id ?? null,
      at: world.clock.now(),
    };
    ledger.record(recorded);
    const code = trouble.refusal();
    if (code !== null) return { type: '.ReqBody$StringResp', code, body: REFUSALS[code] ?? 'Service unavailable' };
    return ledger.overrideFor(request.type)?.(recorded, () => carryOut(request)) ?? carryOut(request);
  }

  function handle(request: Request): void {
    const notifications: Notification[] = [];
    held = notifications;
    let outcome: Outcome;
    try {
      outcome = decide(request);
    } finally {
      held = null;
    }
    if (outcome !== 'silent' && 'close' in outcome) {
      link.end(outcome.close, outcome.reason ?? '');
      return;
    }
    const echoFirst = kind === 'consumer' && trouble.echo() === 'before' && request.type === 'ms.PublishEvent';
    const notify = () => notifications.forEach(sending.notification);
    if (echoFirst) notify();
    if (outcome !== 'silent') answer(request, outcome);
    if (!echoFirst) notify();
  }

  function receive(text: string): void {
    if (silent()) return;
    options.heard();
    if (trouble.cuts('received', frames.received)) {
      link.end(1006, '');
      return;
    }
    frames.received += 1;
    const request = readRequest(text);
    if (!request) answer(NONE, { type: '.ReqBody$StringResp', code: 400, body: 'Bad request' });
    else if (!trouble.loses('request', request.type)) handle(request);
  }

  world.links.add(link);
  silent();
  return {
    link,
    ended: () => ended,
    connection: {
      receive(text) {
        if (!ended) receive(text);
      },
      pinged() {
        if (!ended && !silent()) options.heard();
      },
      closed() {
        if (!ended) over();
      },
    },
  };
}
