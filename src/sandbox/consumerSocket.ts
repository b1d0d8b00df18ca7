import { arrayOf, field, stringOf } from '../protocol/read.ts';
import { wentAway } from './absence.ts';
import { CONSUMER_REQUESTS } from './consumerRequests.ts';
import { closeCodeOf, consumerOf } from './identity.ts';
import type { Ledger } from './ledger.ts';
import { type Connection, type Line, openLine, type Wire } from './line.ts';
import { type Link, personOf } from './link.ts';
import type { Account } from './records.ts';
import type { Answer, Request } from './requests.ts';
import { takeNext } from './scripting.ts';
import { refuse, type World } from './world.ts';

/** The consumer's socket: greeting, identity, silence (PROTOCOL §3). */

/** A socket that has not sent InitConnection for this long is closed, ms. */
export const GREETING_WITHIN = 5_000;
/** A socket that has said nothing for this long is closed, ms. */
export const SILENCE = 60_000;

/** How far the greeting is: other requests count only after its answer has gone out. */
type Gate = 'waiting' | 'greeting' | 'open';

export interface ConsumerSocketOptions {
  readonly account: Account;
  readonly wire: Wire;
  /** Token of the `Authorization: jwt …` header, which clients outside browsers may send instead of InitConnection. */
  readonly jwt: string | null;
}

export function openConsumerSocket(world: World, ledger: Ledger, options: ConsumerSocketOptions): Connection {
  const { account, wire } = options;
  let gate: Gate = 'waiting';
  let heardAt = world.clock.now();
  const timers = new Map<'greeting' | 'silence' | 'expiry', () => void>();

  function arm(name: 'greeting' | 'silence' | 'expiry', ms: number, wake: () => void): void {
    timers.get(name)?.();
    timers.set(name, world.clock.after(ms, wake));
  }

  function watchSilence(): void {
    arm('silence', heardAt + SILENCE - world.clock.now(), () => {
      if (world.clock.now() - heardAt >= SILENCE) line.link.end(1001, 'connection timed out');
      else watchSilence();
    });
  }

  /** Lets the bearer of a token in, or ends the socket. */
  function identify(link: Link, jwt: string): boolean {
    const consumer = consumerOf(world, account, jwt);
    if (!consumer.valid) {
      link.end(closeCodeOf(consumer), 'identity token is invalid');
      return false;
    }
    link.who = { id: consumer.id, token: { jwt, authenticated: consumer.authenticated } };
    timers.get('greeting')?.();
    arm('expiry', consumer.exp * 1000 - world.clock.now(), () =>
      link.end(closeCodeOf(consumer), 'identity token has expired'),
    );
    return true;
  }

  function greet(link: Link, request: Request): Answer {
    if (gate !== 'waiting') return refuse(400, 'The connection is initialized already');
    const header = (name: string) => request.headers.find((entry) => stringOf(field(entry, 'type'))?.endsWith(name));
    const jwt = stringOf(field(header('.ConsumerAuthentication'), 'jwt')) ?? '';
    if (identify(link, jwt)) {
      gate = 'greeting';
      const features = arrayOf(field(header('.ClientProperties'), 'features'));
      account.features.set(
        personOf(link),
        features.filter((feature) => typeof feature === 'string'),
      );
    }
    return { type: 'InitConnectionResponse', code: 200, body: {} };
  }

  const line: Line = openLine(world, ledger, {
    kind: 'consumer',
    account,
    wire,
    who: null,
    faults: takeNext(world, account),
    serve(request, link) {
      if (request.type === 'InitConnection') return greet(link, request);
      if (gate !== 'open') return refuse(400, 'InitConnection must be answered first');
      const handler = Object.hasOwn(CONSUMER_REQUESTS, request.type) ? CONSUMER_REQUESTS[request.type] : undefined;
      return handler ? handler(world, link, request) : refuse(400, `Unknown request ${request.type.slice(0, 80)}`);
    },
    answered(request, answer) {
      if (request.type === 'InitConnection' && answer.code === 200 && gate === 'greeting') gate = 'open';
    },
    heard() {
      heardAt = world.clock.now();
    },
    over(link) {
      for (const cancel of timers.values()) cancel();
      wentAway(world, link);
    },
  });

  watchSilence();
  if (options.jwt === null) {
    arm('greeting', GREETING_WITHIN, () => line.link.end(1008, 'InitConnection was not received'));
  } else if (identify(line.link, options.jwt)) {
    gate = 'open';
  }
  return line.connection;
}
