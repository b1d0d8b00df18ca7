import { type Metric, median } from '../metric.ts';
import type { Place } from '../place.ts';
import { type Profile, visitPage } from './guest.ts';
import type { Guest, Hosts } from './hosts.ts';
import type { Vitals } from './probe/loading.ts';

/** Cheap to repeat, and what else the machine does is as long as what is measured: more than the other runs. */
const ARRIVALS = { fast: 15, slow: 9 } as const;
const SHOPS = 9;

async function shownAt(place: Place, hosts: Hosts, guest: Guest, profile: Profile): Promise<number> {
  const visited = await visitPage(place, hosts.address('bare', guest), profile);
  const at = await visited.launcherShownAt();
  await visited.leave();
  return at;
}

/** One after the other and not all of one kind first: what else the machine does falls on both alike. */
async function launcherRuns(
  place: Place,
  hosts: Hosts,
  profile: Profile,
): Promise<{ widget: number[]; plain: number[] }> {
  const widget: number[] = [];
  const plain: number[] = [];
  for (let run = 0; run < ARRIVALS[profile]; run += 1) {
    plain.push(await shownAt(place, hosts, 'plain', profile));
    widget.push(await shownAt(place, hosts, 'widget', profile));
  }
  return { widget, plain };
}

/** Until the launcher can be seen, beside a page on which a script of one line makes a plain button. */
export async function measureLauncher(place: Place, hosts: Hosts): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const profile of ['fast', 'slow'] as const) {
    const { widget, plain } = await launcherRuns(place, hosts, profile);
    const ratios = widget.map((ms) => ms / median(plain));
    metrics.push(
      { name: `${profile}LauncherMs`, unit: 'ms', runs: widget },
      { name: `${profile}PlainButtonMs`, unit: 'ms', runs: plain },
      { name: `${profile}LauncherRatio`, unit: '×', runs: ratios, bound: 1.1 },
    );
  }
  return metrics;
}

async function vitalsOf(place: Place, hosts: Hosts, guest: Guest): Promise<Vitals> {
  const visited = await visitPage(place, hosts.address('shop', guest), 'slow');
  await visited.rest();
  const vitals = await visited.probe.evaluate((it) => it.vitals());
  await visited.leave();
  return vitals;
}

/** What the widget, and a script that only makes a button, change about a shop's page on a slow phone. */
export async function measureShop(place: Place, hosts: Hosts): Promise<Metric[]> {
  const visits: Record<'without' | 'plain' | 'widget', Vitals>[] = [];
  for (let run = 0; run < SHOPS; run += 1) {
    const without = await vitalsOf(place, hosts, 'none');
    const plain = await vitalsOf(place, hosts, 'plain');
    visits.push({ without, plain, widget: await vitalsOf(place, hosts, 'widget') });
  }
  const more = (guest: 'plain' | 'widget', figure: (vitals: Vitals) => number) =>
    visits.map((visit) => figure(visit[guest]) - figure(visit.without));
  const lcp = ({ lcpMs }: Vitals) => lcpMs;
  return [
    { name: 'shopLcpMs', unit: 'ms', runs: visits.map(({ without }) => without.lcpMs) },
    { name: 'shopMoreLcpMs', unit: 'ms', runs: more('widget', lcp), bound: 20 },
    { name: 'shopPlainMoreLcpMs', unit: 'ms', runs: more('plain', lcp) },
    { name: 'shopTbtMs', unit: 'ms', runs: visits.map(({ without }) => without.tbtMs) },
    { name: 'shopMoreTbtMs', unit: 'ms', runs: more('widget', ({ tbtMs }) => tbtMs) },
    { name: 'shopLoaderBlockingMs', unit: 'ms', runs: visits.map(({ widget }) => widget.loaderMs), bound: 0 },
    { name: 'shopMoreCls', unit: 'shift', runs: more('widget', ({ cls }) => cls), bound: 0 },
  ];
}
