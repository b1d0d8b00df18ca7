import { numberOf, objectOf, stringOf } from '../protocol/read.ts';
import type { Fault, FaultName, Stream } from './faults.ts';
import { refuse } from './world.ts';

const STREAMS: readonly Stream[] = ['conversations', 'messages'];

/** Close codes that a server may send, and 1006. */
function closeCode(code: number): boolean {
  return (code >= 1000 && code <= 1014 && code !== 1004 && code !== 1005) || (code >= 3000 && code <= 4999);
}

/** A fault from JSON; refuses (400) what is none, in words. */
export function readFault(body: unknown): Fault {
  const given = objectOf(body) ?? refuse(400, 'A fault is an object such as {"fault":"silence"}');
  const whole = (name: string, least: number, most: number, otherwise?: number): number => {
    const value = given[name] === undefined ? otherwise : numberOf(given[name]);
    if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value;
    return refuse(400, `${name} must be a whole number from ${least} to ${most}`);
  };
  const among = <T extends string>(name: string, values: readonly T[]): T =>
    values.find((value) => value === given[name]) ?? refuse(400, `${name} must be one of ${values.join(', ')}`);
  const type = stringOf(given.type);
  const losing = { ...(type ? { type } : {}), times: whole('times', 1, 10_000, 1) };
  const fault = stringOf(given.fault) as FaultName | null;
  switch (fault) {
    case 'drop-after-frames':
      return { fault, frames: whole('frames', 0, 1e6), direction: among('direction', ['received', 'sent']) };
    case 'echo':
      return { fault, order: among('order', ['before', 'after']) };
    case 'lose-answer':
    case 'lose-request':
      return { fault, ...losing };
    case 'duplicate':
      return { fault, copies: whole('copies', 1, 100, 2) };
    case 'reorder':
      return { fault, stream: among('stream', STREAMS), times: losing.times };
    case 'delay':
      return { fault, ms: whole('ms', 0, 600_000) };
    case 'throttle':
      return { fault, requests: whole('requests', 1, 10_000) };
    case 'busy':
      return { fault, requests: whole('requests', 1, 10_000), code: whole('code', 500, 599, 503) };
    case 'close': {
      const code = whole('code', 1000, 4999);
      if (!closeCode(code)) refuse(400, `A socket cannot be closed with ${code}`);
      return { fault, code, reason: (stringOf(given.reason) ?? '').slice(0, 60) };
    }
    case 'restart':
      return { fault, ms: whole('ms', 0, 600_000) };
    case 'forget':
      return { fault, ...(given.events === undefined ? {} : { events: whole('events', 1, 1e6) }) };
    case 'silence':
    case 'expire':
    case 'none':
      return { fault };
    default:
      return refuse(400, `Unknown fault ${String(fault).slice(0, 40)}`);
  }
}
