import { ABORTED, FailureError } from '../protocol/failure.ts';
import { type Identity, type IdentityFlow, identify, recalled, remembered } from './identity.ts';
import type { Clock, Http, Memory, Unsubscribe } from './ports.ts';

/** Ms before its end at which a token is renewed, and the share of its life that this may take at most. */
const RENEW_BEFORE = 60_000;
const RENEW_SHARE = 0.2;
/** Ms; timers beyond 2^31 fire at once. */
const MAX_TIMER = 2 ** 31 - 1;

export interface KeeperOptions {
  readonly account: string;
  readonly flow: IdentityFlow;
  readonly clock: Clock;
  readonly http: Http;
  readonly memory: Pick<Memory, 'get' | 'set'> | undefined;
  /** The identity is about to expire by the service's clock. */
  readonly onAged: () => void;
}

/** Who the consumer is, over reloads and renewals. */
export interface IdentityKeeper {
  current(): Identity | null;
  /** Ends with a usable identity; a fresh one where `renew` says so or the held one is about to expire. */
  become(renew: boolean, idp: string, signal: AbortSignal): Promise<void>;
  /** The service told its time, epoch ms. */
  heardClock(at: number): void;
  forget(): void;
}

export function createIdentityKeeper({ account, flow, clock, http, memory, onAged }: KeeperOptions): IdentityKeeper {
  /** An authenticated consumer is whom the brand says, on every page anew; only the others are remembered. */
  const remembering = flow.by === 'signup' || flow.by === 'anonymous' ? memory : undefined;
  /** A signup or a given token cannot be extended; the service says when it is over. */
  const extendable = flow.by === 'brand' || flow.by === 'anonymous';
  let identity = recalled(remembering?.get('identity') ?? null);
  let cancelRenewal: Unsubscribe = () => {};
  /** The service's clock minus ours, ms. */
  let skew = 0;

  /** Epoch ms of our clock at which an identity should be renewed. */
  function renewalOf({ claims: { exp, iat } }: Identity): number {
    if (exp === null) return Number.POSITIVE_INFINITY;
    const life = iat === null ? Number.POSITIVE_INFINITY : (exp - iat) * 1000;
    return exp * 1000 - Math.min(RENEW_BEFORE, life * RENEW_SHARE) - skew;
  }

  return {
    current: () => identity,
    async become(renew, idp, signal) {
      if (!identity || renew || renewalOf(identity) <= clock.now()) {
        const next = await identify(http, { account, idp, flow, external: identity?.external ?? null, clock, signal });
        // Forgotten meanwhile: nobody is to come back.
        if (signal.aborted) throw new FailureError(ABORTED);
        identity = next;
        const { iat } = identity.claims;
        if (iat !== null) skew = iat * 1000 - clock.now();
        remembering?.set('identity', remembered(identity));
      }
      cancelRenewal();
      const wait = renewalOf(identity) - clock.now();
      if (extendable && wait < MAX_TIMER) cancelRenewal = clock.after(wait, onAged);
    },
    heardClock(at) {
      skew = at - clock.now();
    },
    forget() {
      cancelRenewal();
      identity = null;
    },
  };
}
