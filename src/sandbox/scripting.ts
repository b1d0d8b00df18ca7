import { apply, type Deed, type Fault, type Faults, type LastingFault, noFaults } from './faults.ts';
import { closeCodeOf } from './identity.ts';
import type { Link } from './link.ts';
import { type Account, isOpen } from './records.ts';
import { refuse, type World } from './world.ts';

/** Faults put in force while the sandbox runs: on open connections, on the next one, or on all. */

/** One consumer's connection, as a test or a person at the controls sees it. */
export interface ConsumerLink {
  readonly account: string;
  /** Null before the greeting. */
  readonly consumer: string | null;
  /** Frames that have passed since the opening, as `drop-after-frames` counts them. */
  readonly frames: { readonly received: number; readonly sent: number };
  /** What goes wrong on this connection only. A field that is absent is as `brand.faults` says. */
  readonly faults: Partial<Faults>;
  inject(fault: LastingFault | Deed): void;
  /** Ends the socket, also a silent one; 1006 cuts it without a close frame. */
  end(code: number, reason?: string): void;
}

/** Where a fault is put in force. */
export interface FaultScope {
  /**
   * `open` (default): the connections that are open now. `next`: the next one that is opened, from its first frame on;
   * lasting faults only. `all`: every connection of every account, now and to come; `none` then mends everything.
   */
  readonly on?: 'open' | 'next' | 'all';
  readonly account?: string;
  /** With `open`: only this consumer's. */
  readonly consumer?: string;
}

function inject(world: World, link: Link, fault: LastingFault | Deed): void {
  if (fault.fault === 'close') {
    link.end(fault.code, fault.reason ?? '', true);
  } else if (fault.fault === 'expire') {
    const token = link.who?.token;
    if (token) world.scripted.expired.add(token.jwt);
    link.end(closeCodeOf({ authenticated: token?.authenticated ?? true }), 'identity token has expired', true);
  } else {
    apply(link.faults, fault);
    link.faultsChanged();
  }
}

function linkView(world: World, link: Link): ConsumerLink {
  return {
    account: link.account.id,
    consumer: link.who?.id ?? null,
    frames: link.frames,
    faults: link.faults,
    inject: (fault) => inject(world, link, fault),
    end: (code, reason = '') => link.end(code, reason, true),
  };
}

/** Consumers' open connections, oldest first. */
export function consumersOf(world: World): ConsumerLink[] {
  return [...world.links].filter(({ kind }) => kind === 'consumer').map((link) => linkView(world, link));
}

/** Puts a fault in force; how many open connections it reached. Throws FailureError (400) where the scope does not fit. */
export function injectFault(world: World, fault: Fault, scope: FaultScope = {}): number {
  if (fault.fault === 'restart') return restart(world, fault.ms);
  if (fault.fault === 'forget') return forget(world, fault.events ?? null);
  const { on = 'open', account, consumer } = scope;
  if (on !== 'open') {
    if (fault.fault === 'close' || fault.fault === 'expire') return refuse(400, `${fault.fault} needs on: open`);
    return on === 'next' ? onNext(world, fault, account) : onAll(world, fault);
  }
  const reached = consumersOf(world).filter(
    (link) => (account ?? link.account) === link.account && (consumer ?? link.consumer) === link.consumer,
  );
  for (const link of reached) link.inject(fault);
  return reached.length;
}

function onNext(world: World, fault: LastingFault, account: string | undefined): number {
  const accounts = account === undefined ? [...world.accounts.keys()] : [account];
  for (const one of accounts) {
    if (fault.fault === 'none') world.scripted.next = world.scripted.next.filter((other) => other.account !== one);
    else world.scripted.next.push({ account: one, fault });
  }
  return 0;
}

function onAll(world: World, fault: LastingFault): number {
  if (fault.fault === 'none') {
    Object.assign(world.faults, noFaults());
    world.scripted.next = [];
    world.scripted.refusingUntil = 0;
  } else {
    apply(world.faults, fault);
  }
  const links = [...world.links].filter(({ kind }) => kind === 'consumer');
  for (const link of links) {
    if (fault.fault === 'none') apply(link.faults, fault);
    link.faultsChanged();
  }
  return links.length;
}

function restart(world: World, ms: number): number {
  world.scripted.refusingUntil = world.clock.now() + ms;
  const links = [...world.links].filter(({ resident }) => !resident);
  for (const link of links) link.end(1012, 'service restart', true);
  return links.length;
}

function forget(world: World, events: number | null): number {
  for (const { conversations } of world.accounts.values())
    for (const conversation of [...conversations.values()].filter(isOpen)) {
      if (events === null) conversations.delete(conversation.id);
      else for (const dialog of conversation.dialogs) dialog.events.splice(Math.max(0, dialog.events.length - events));
    }
  world.changed();
  return restart(world, 0);
}

/** True while a restart lasts. */
export function refusing(world: World): boolean {
  return world.clock.now() < world.scripted.refusingUntil;
}

/** The faults that wait for the next connection of an account; they wait no longer. */
export function takeNext(world: World, account: Account): Partial<Faults> {
  const faults: Partial<Faults> = {};
  for (const { fault } of world.scripted.next.filter((one) => one.account === account.id)) apply(faults, fault);
  world.scripted.next = world.scripted.next.filter((one) => one.account !== account.id);
  return faults;
}
