import { type Metric, median, RUNS } from '../metric.ts';
import type { Place } from '../place.ts';
import { heapOf } from './consumer.ts';
import { type Profile, type Visited, visitPage } from './guest.ts';
import type { Guest, Hosts } from './hosts.ts';

interface Opened {
  readonly ms: number;
  readonly heapMB: number;
  readonly elements: number;
}

/** A hand on its way to the button, and at the button at once. */
const CLICKS = {
  async hovered({ launcher, rest }: Visited) {
    await launcher.hover();
    await rest();
    return () => launcher.click();
  },
  async cold({ launcher }: Visited) {
    return () => launcher.evaluate((button: HTMLElement) => button.click());
  },
} as const;

async function openOnce(place: Place, address: string, profile: Profile, how: keyof typeof CLICKS): Promise<Opened> {
  const visited = await visitPage(place, address, profile);
  await visited.launcherShownAt();
  await visited.rest();
  const ms = await visited.panelMs(await CLICKS[how](visited));
  await visited.rest();
  const heapMB = (await heapOf(visited)) / 1_000_000;
  const elements = await visited.probe.evaluate((it) => it.elements());
  await visited.leave();
  return { ms, heapMB, elements };
}

async function runsOf(place: Place, hosts: Hosts, profile: Profile, how: keyof typeof CLICKS) {
  const runs: Record<'widget' | 'hello', Opened[]> = { widget: [], hello: [] };
  const open = (guest: Guest) => openOnce(place, hosts.address('bare', guest), profile, how);
  for (let run = 0; run < RUNS; run += 1) {
    runs.hello.push(await open('hello'));
    runs.widget.push(await open('widget'));
  }
  return runs;
}

/** From the click until the composer can be written in, beside a panel of React alone, and what is there then. */
export async function measureOpening(place: Place, hosts: Hosts): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const profile of ['fast', 'slow'] as const) {
    const hovered = await runsOf(place, hosts, profile, 'hovered');
    const cold = await runsOf(place, hosts, profile, 'cold');
    const hello = hovered.hello.map(({ ms }) => ms);
    const widget = hovered.widget.map(({ ms }) => ms);
    metrics.push(
      { name: `${profile}HoveredOpenMs`, unit: 'ms', runs: widget },
      { name: `${profile}HelloOpenMs`, unit: 'ms', runs: hello },
      { name: `${profile}HoveredOpenRatio`, unit: '×', runs: widget.map((ms) => ms / median(hello)), bound: 2 },
      { name: `${profile}ColdOpenMs`, unit: 'ms', runs: cold.widget.map(({ ms }) => ms) },
    );
    if (profile === 'slow') continue;
    metrics.push(
      { name: 'openHeapMB', unit: 'MB', runs: hovered.widget.map(({ heapMB }) => heapMB) },
      { name: 'helloHeapMB', unit: 'MB', runs: hovered.hello.map(({ heapMB }) => heapMB) },
      { name: 'openElements', unit: 'elements', runs: hovered.widget.map(({ elements }) => elements) },
      { name: 'helloElements', unit: 'elements', runs: hovered.hello.map(({ elements }) => elements) },
    );
  }
  return metrics;
}
