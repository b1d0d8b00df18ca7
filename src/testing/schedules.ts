import fc from 'fast-check';
import type { Fault } from '../sandbox/faults.ts';
import type { Schedule, Step } from './schedule.ts';

/** Random schedules: what a consumer, an agent, a network, a service and a browser may do, in any order. */

const tab = fc.nat(1);
const times = fc.integer({ min: 1, max: 2 });
const request = fc.constantFrom(
  undefined,
  'ms.PublishEvent',
  'ms.SubscribeMessagingEvents',
  'cqm.SubscribeExConversations',
  'cm.ConsumerRequestConversation',
  'ms.GenerateURLForUploadFile',
  'InitConnection',
  'GetClock',
);

const losses: fc.Arbitrary<Fault> = fc
  .record({ fault: fc.constantFrom('lose-answer' as const, 'lose-request' as const), type: request, times })
  .map(({ fault, type, times }) => ({ fault, times, ...(type ? { type } : {}) }));

const lasting: fc.Arbitrary<Fault> = fc.oneof(
  losses,
  losses,
  fc.record({
    fault: fc.constant('drop-after-frames' as const),
    frames: fc.integer({ min: 0, max: 12 }),
    direction: fc.constantFrom('received' as const, 'sent' as const),
  }),
  fc.record({ fault: fc.constant('echo' as const), order: fc.constantFrom('before' as const, 'after' as const) }),
  fc.record({ fault: fc.constant('duplicate' as const), copies: fc.constantFrom(2, 3) }),
  fc.record({
    fault: fc.constant('reorder' as const),
    stream: fc.constantFrom('messages' as const, 'conversations' as const),
    times,
  }),
  fc.record({ fault: fc.constant('delay' as const), ms: fc.constantFrom(40, 300, 2_500, 12_000, 25_000) }),
  fc.constant({ fault: 'silence' as const }),
);

const fault: fc.Arbitrary<Step> = fc.oneof(
  fc
    .record({ fault: lasting, on: fc.constantFrom('open' as const, 'next' as const) })
    .map(({ fault, on }): Step => ({ do: 'fault', fault, on })),
  fc
    .constantFrom<Fault>(
      { fault: 'close', code: 1006 },
      { fault: 'close', code: 1001 },
      { fault: 'close', code: 1011 },
      { fault: 'expire' },
      { fault: 'none' },
    )
    .map((deed): Step => ({ do: 'fault', fault: deed, on: 'open' })),
  fc.constantFrom(500, 4_000, 30_000).map((ms): Step => ({ do: 'fault', fault: { fault: 'restart', ms }, on: 'open' })),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: tab.map((at): Step => ({ do: 'text', tab: at })) },
  { weight: 2, arbitrary: tab.map((at): Step => ({ do: 'photo', tab: at })) },
  { weight: 2, arbitrary: fc.constant<Step>({ do: 'agent' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'agent closes' }) },
  { weight: 7, arbitrary: fault },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 2 }).map((requests): Step => ({ do: 'throttle', requests })) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('lost' as const, 'landed' as const, 401, 503)
      .map((put): Step => ({ do: 'put', fault: put })),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constantFrom('reload' as const, 'crash' as const), tab }) },
  { weight: 2, arbitrary: fc.constantFrom<Step>({ do: 'second tab' }, { do: 'close second tab' }, { do: 'thaw' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom(1, 5, 30, 200, 1_000, 3_000, 11_000, 45_000).map((ms): Step => ({ do: 'wait', ms })),
  },
);

/** A list of conversations that comes seconds after it was granted cannot be told from none: see FIRST_WORD_WITHIN. */
function listsInTime({ steps }: Schedule): boolean {
  const faults = steps.flatMap((one) => (one.do === 'fault' ? [one.fault] : []));
  const overtaken = faults.some((one) => one.fault === 'reorder' && one.stream === 'conversations');
  return !overtaken || !faults.some((one) => one.fault === 'delay' && one.ms > 500);
}

const anySchedule: fc.Arbitrary<Schedule> = fc.record({
  steps: fc.array(step, { minLength: 5, maxLength: 12, size: 'max' }),
  persistence: fc.constantFrom('session' as const, 'local' as const),
  seed: fc.nat(),
});

export const schedules = anySchedule.filter(listsInTime);
