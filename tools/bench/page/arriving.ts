import { type Metric, median, RUNS } from '../metric.ts';
import type { Place } from '../place.ts';
import { type Profile, visitPage } from './guest.ts';
import type { Guest, Hosts } from './hosts.ts';
import type { Vitals } from './probe/loading.ts';

/** Ms after which a shop's page has done what it does on arrival. */
const SETTLED = 1_500;

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
  for (let run = 0; run < RUNS; run += 1) {
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
  await visited.page.waitForTimeout(SETTLED);
  const vitals = await visited.probe.evaluate((it) => it.vitals());
  await visited.leave();
  return vitals;
}

/** What the widget changes about a shop's page on a slow phone. */
export async function measureShop(place: Place, hosts: Hosts): Promise<Metric[]> {
  const pairs: { readonly without: Vitals; readonly widget: Vitals }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const without = await vitalsOf(place, hosts, 'none');
    pairs.push({ without, widget: await vitalsOf(place, hosts, 'widget') });
  }
  const more = (figure: (vitals: Vitals) => number) =>
    pairs.map(({ without, widget }) => figure(widget) - figure(without));
  return [
    { name: 'shopLcpMs', unit: 'ms', runs: pairs.map(({ without }) => without.lcpMs) },
    { name: 'shopMoreLcpMs', unit: 'ms', runs: more(({ lcpMs }) => lcpMs), bound: 20 },
    { name: 'shopTbtMs', unit: 'ms', runs: pairs.map(({ without }) => without.tbtMs) },
    { name: 'shopMoreTbtMs', unit: 'ms', runs: more(({ tbtMs }) => tbtMs) },
    { name: 'shopLoaderBlockingMs', unit: 'ms', runs: pairs.map(({ widget }) => widget.loaderMs), bound: 0 },
    { name: 'shopMoreCls', unit: 'shift', runs: more(({ cls }) => cls), bound: 0 },
  ];
}
