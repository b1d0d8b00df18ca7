/** What goes wrong on purpose on consumers' sockets: one vocabulary for tests, the demo, e2e and `POST …/sandbox/faults`. */

/** The two kinds of notification: of conversations (metadata), and of what is said in them. */
export type Stream = 'conversations' | 'messages';

/** Faults that stay on a connection until they are used up or taken back by `none`. Spans in ms. */
export type LastingFault =
  /**
   * So many frames pass in this direction, counted from the connection's opening. The next one is lost, and the
   * connection with it (1006): `received`, a request that is never carried out; `sent`, an answer or notification of
   * something that has been.
   */
  | { readonly fault: 'drop-after-frames'; readonly frames: number; readonly direction: 'received' | 'sent' }
  /** The echo of an own message comes before or after the answer to its publishing. */
  | { readonly fault: 'echo'; readonly order: 'before' | 'after' }
  /** Requests of a type (of any without one) are carried out and not answered, so many times (1). */
  | { readonly fault: 'lose-answer'; readonly type?: string; readonly times?: number }
  /** Requests of a type (of any without one) are neither carried out nor answered, so many times (1). */
  | { readonly fault: 'lose-request'; readonly type?: string; readonly times?: number }
  /** Every notification comes so many times (2). */
  | { readonly fault: 'duplicate'; readonly copies?: number }
  /** A notification is held back until the next one of its stream has gone out, or for 2 s; so many times (1). */
  | { readonly fault: 'reorder'; readonly stream: Stream; readonly times?: number }
  /** Everything to the consumer comes so much later. */
  | { readonly fault: 'delay'; readonly ms: number }
  /** The next requests are answered 429. */
  | { readonly fault: 'throttle'; readonly requests: number }
  /** The next requests are answered by a code of the 5xx class (503). */
  | { readonly fault: 'busy'; readonly requests: number; readonly code?: number }
  /**
   * Half-open: everything is swallowed both ways, closing too, and the socket stays open. It never recovers: `none`
   * mends connections to come.
   */
  | { readonly fault: 'silence' }
  /** Nothing goes wrong any more, except on a connection that is silent already. */
  | { readonly fault: 'none' };

/** Faults that happen at once to open connections. */
export type Deed =
  /** The identity ends now: 4401 or 4407, and the token that the connection was greeted with is refused from now on. */
  | { readonly fault: 'expire' }
  /** Ends the socket; 1006 cuts it without a close frame. */
  | { readonly fault: 'close'; readonly code: number; readonly reason?: string };

/** Every socket ends with 1012, and new ones are refused (the upgrade is answered 503) for so long. */
export interface Restart {
  readonly fault: 'restart';
  readonly ms: number;
}

/**
 * The service is set back to an older state: so many events that were last in each open conversation are lost, or where
 * `events` is left out the open conversations themselves; then a restart that takes no time.
 */
export interface Forgetting {
  readonly fault: 'forget';
  readonly events?: number;
}

export type Fault = LastingFault | Deed | Restart | Forgetting;

export type FaultName = Fault['fault'];

/** The lasting faults in force, as defaults of all connections or as one connection's own. The next frame sees a change. */
export interface Faults {
  echo: 'before' | 'after';
  delay: number;
  /** Frames received before the cut; null is never. */
  dropAfterFrames: number | null;
  /** Frames sent before the cut; null is never. */
  dropAfterSent: number | null;
  copies: number;
  silent: boolean;
  /** Requests, or answers to them, that will be lost; a null type is any. */
  lost: { readonly what: 'request' | 'answer'; readonly type: string | null; left: number }[];
  /** Requests that will be refused, in this order. */
  refusals: { readonly code: number; left: number }[];
  /** Notifications that will be held back. */
  reorder: Record<Stream, number>;
}

/** Nothing goes wrong. */
export function noFaults(): Faults {
  return {
    echo: 'after',
    delay: 0,
    dropAfterFrames: null,
    dropAfterSent: null,
    copies: 1,
    silent: false,
    lost: [],
    refusals: [],
    reorder: { conversations: 0, messages: 0 },
  };
}

/** Puts a lasting fault in force. `none` clears a connection's own faults, so that the defaults count again. */
export function apply(faults: Partial<Faults>, fault: LastingFault): void {
  switch (fault.fault) {
    case 'drop-after-frames':
      faults[fault.direction === 'received' ? 'dropAfterFrames' : 'dropAfterSent'] = fault.frames;
      return;
    case 'echo':
      faults.echo = fault.order;
      return;
    case 'lose-answer':
    case 'lose-request': {
      const what = fault.fault === 'lose-answer' ? 'answer' : 'request';
      faults.lost = [...(faults.lost ?? []), { what, type: fault.type ?? null, left: fault.times ?? 1 }];
      return;
    }
    case 'duplicate':
      faults.copies = fault.copies ?? 2;
      return;
    case 'reorder': {
      const reorder = faults.reorder ?? { conversations: 0, messages: 0 };
      faults.reorder = { ...reorder, [fault.stream]: reorder[fault.stream] + (fault.times ?? 1) };
      return;
    }
    case 'delay':
      faults.delay = fault.ms;
      return;
    case 'throttle':
      faults.refusals = [...(faults.refusals ?? []), { code: 429, left: fault.requests }];
      return;
    case 'busy':
      faults.refusals = [...(faults.refusals ?? []), { code: fault.code ?? 503, left: fault.requests }];
      return;
    case 'silence':
      faults.silent = true;
      return;
    case 'none':
      for (const name of Object.keys(noFaults()) as (keyof Faults)[]) delete faults[name];
  }
}

/** The faults in force on one connection: its own where it has some, else the defaults of all. */
export interface Trouble {
  echo(): 'before' | 'after';
  delay(): number;
  copies(): number;
  silent(): boolean;
  /** True when the next frame in this direction is the one that is lost with the connection. */
  cuts(direction: 'received' | 'sent', frames: number): boolean;
  /** True when this is lost; counts it off. */
  loses(what: 'request' | 'answer', type: string): boolean;
  /** The code that this request is refused with, or null; counts it off. */
  refusal(): number | null;
  /** True when this notification is held back; counts it off. */
  holdsBack(stream: Stream): boolean;
}

export function troubleOf(defaults: Faults, own: Partial<Faults>): Trouble {
  const limit = (name: 'dropAfterFrames' | 'dropAfterSent') => {
    const mine = own[name];
    return mine === undefined ? defaults[name] : mine;
  };
  const both = [own, defaults];
  return {
    echo: () => own.echo ?? defaults.echo,
    delay: () => own.delay ?? defaults.delay,
    copies: () => own.copies ?? defaults.copies,
    silent: () => own.silent ?? defaults.silent,
    cuts(direction, frames) {
      const most = limit(direction === 'received' ? 'dropAfterFrames' : 'dropAfterSent');
      return most !== null && frames >= most;
    },
    loses(what, type) {
      const lost = both.flatMap((faults) => faults.lost ?? []);
      const loss = lost.find((one) => one.left > 0 && one.what === what && (one.type ?? type) === type);
      if (loss) loss.left -= 1;
      return loss !== undefined;
    },
    refusal() {
      const refusal = both.flatMap((faults) => faults.refusals ?? []).find(({ left }) => left > 0);
      if (!refusal) return null;
      refusal.left -= 1;
      return refusal.code;
    },
    holdsBack(stream) {
      const holder = both.find((faults) => (faults.reorder?.[stream] ?? 0) > 0);
      if (!holder?.reorder) return false;
      holder.reorder[stream] -= 1;
      return true;
    },
  };
}
