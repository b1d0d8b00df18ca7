import { failureOf } from '../protocol/failure.ts';
import { arrayOf, field, stringOf } from '../protocol/read.ts';
import type { Ledger, Outcome, RecordedRequest } from './ledger.ts';
import type { Identity, Link } from './link.ts';
import type { Account } from './records.ts';
import type { Answer, Request } from './requests.ts';
import { bareSingles } from './variants.ts';
import type { World } from './world.ts';

/** The sandbox's end of one socket: frames in, answers and notifications out, in the order the faults ask for. */

/** The outside of a socket. `close` with 1006 cuts it without a close frame. */
export interface Wire {
  send(text: string): void;
  close(code: number, reason: string): void;
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
  /** Carries a request out; throws FailureError to refuse it. */
  serve(request: Request, link: Link): Answer;
  /** An answer has gone out. */
  answered(request: Request, answer: Answer): void;
  /** A frame or ping was heard. */
  heard(): void;
  /** The socket is over, whoever ended it. */
  over(): void;
}

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
  const { kind, account, wire } = options;
  const pending = new Set<() => void>();
  let ended = false;
  let frames = 0;
  /** Notifications caused by the request in hand wait for its answer. */
  let held: unknown[] | null = null;

  const link: Link = {
    kind,
    account,
    who: options.who,
    subscriptions: new Map(),
    dialogs: new Set(),
    rings: null,
    agentStates: null,
    notify(type, body) {
      const frame = { kind: 'notification', type, body };
      if (held) held.push(frame);
      else send(frame);
    },
    end(code, reason) {
      if (ended) return;
      over();
      wire.close(code, reason);
    },
  };

  function over(): void {
    ended = true;
    world.links.delete(link);
    for (const cancel of pending) cancel();
    pending.clear();
    options.over();
  }

  function send(frame: unknown, sent?: () => void): void {
    const shaped = kind === 'consumer' && world.variants.singles === 'bare' ? bareSingles(frame) : frame;
    const text = JSON.stringify(shaped);
    const go = () => {
      if (ended) return;
      wire.send(text);
      sent?.();
    };
    const delay = kind === 'consumer' ? world.faults.delay : 0;
    if (delay <= 0) {
      go();
      return;
    }
    const cancel = world.clock.after(delay, () => {
      pending.delete(cancel);
      go();
    });
    pending.add(cancel);
  }

  function answer(request: Request, given: Answer): void {
    const { reqId } = world.variants;
    const id =
      kind === 'consumer' && reqId === 'number' && /^\d{1,15}$/.test(request.id) ? Number(request.id) : request.id;
    const frame = { kind: 'resp', reqId: id, type: given.type, code: given.code, body: given.body };
    send(frame, () => options.answered(request, given));
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
    return ledger.overrideFor(request.type)?.(recorded, () => carryOut(request)) ?? carryOut(request);
  }

  function handle(request: Request): void {
    const notifications: unknown[] = [];
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
    const echoFirst = kind === 'consumer' && world.faults.echo === 'before' && request.type === 'ms.PublishEvent';
    if (echoFirst) for (const frame of notifications) send(frame);
    if (outcome !== 'silent') answer(request, outcome);
    if (!echoFirst) for (const frame of notifications) send(frame);
  }

  world.links.add(link);
  return {
    link,
    ended: () => ended,
    connection: {
      receive(text) {
        if (ended) return;
        options.heard();
        frames += 1;
        const { dropAfterFrames } = world.faults;
        const request = readRequest(text);
        if (kind === 'consumer' && dropAfterFrames !== null && frames > dropAfterFrames) link.end(1006, '');
        else if (request) handle(request);
        else send({ kind: 'resp', reqId: '', type: '.ReqBody$StringResp', code: 400, body: 'Bad request' });
      },
      pinged() {
        if (!ended) options.heard();
      },
      closed() {
        if (!ended) over();
      },
    },
  };
}
