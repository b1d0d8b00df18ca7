import { type Metric, RUNS } from '../metric.ts';
import type { Place } from '../place.ts';
import { compressed, SCRIPT } from './assets.ts';
import { type Visited, visitPage } from './guest.ts';
import type { Hosts } from './hosts.ts';

interface Weight {
  readonly gz: number;
  readonly br: number;
}

/** kB on the wire of the guests' scripts among these. */
async function weigh(addresses: readonly string[], hosts: Hosts): Promise<Weight> {
  const assets = await Promise.all(addresses.map((address) => hosts.asset(address)));
  const bodies = assets.filter((asset) => asset?.type === SCRIPT).map((asset) => asset && compressed(asset));
  const sum = (size: 'br' | 'gzip') => bodies.reduce((total, body) => total + (body?.[size].length ?? 0), 0) / 1_000;
  return { gz: sum('gzip'), br: sum('br') };
}

/** Everything that a page can keep: both storages, cookies, databases, caches. */
async function stored({ page }: Visited): Promise<number> {
  const kept = await page.evaluate(async () => {
    const databases = await indexedDB.databases();
    return localStorage.length + sessionStorage.length + databases.length;
  });
  return kept + (await page.context().cookies()).length;
}

interface Quiet {
  readonly requests: number;
  readonly stored: number;
  readonly longTasks: number;
  /** Of the same page without a guest. */
  readonly blankLongTasks: number;
  readonly before: Weight;
  readonly open: Weight;
}

async function longTasksOfBlank(place: Place, hosts: Hosts): Promise<number> {
  const visited = await visitPage(place, hosts.address('bare', 'none'), 'slow');
  await visited.rest();
  const { longTasks } = await visited.probe.evaluate((it) => it.vitals());
  await visited.leave();
  return longTasks;
}

async function visitOnce(place: Place, hosts: Hosts): Promise<Quiet> {
  const blankLongTasks = await longTasksOfBlank(place, hosts);
  const visited = await visitPage(place, hosts.address('bare', 'widget'), 'slow');
  await visited.launcherShownAt();
  await visited.rest();
  const loaded = [...visited.requests];
  const { longTasks } = await visited.probe.evaluate((it) => it.vitals());
  // The page itself and the loader that it names are not the loader's doing.
  const requests = loaded.filter((address) => !/\/loader\.js$|\?kind=|^data:/.test(address)).length;
  const keys = await stored(visited);
  await visited.panelMs(() => visited.launcher.click());
  await visited.rest();
  const opened = visited.requests.slice(loaded.length);
  await visited.leave();
  return {
    requests,
    stored: keys,
    longTasks,
    blankLongTasks,
    before: await weigh(loaded, hosts),
    open: await weigh(opened, hosts),
  };
}

async function helloWeight(place: Place, hosts: Hosts): Promise<Weight> {
  const visited = await visitPage(place, hosts.address('bare', 'hello'), 'fast');
  await visited.launcherShownAt();
  await visited.leave();
  return weigh(visited.requests, hosts);
}

/** What the widget costs a page on which nobody chats, at a slow phone's speed, and what is loaded at the first open. */
export async function measureQuiet(place: Place, hosts: Hosts): Promise<Metric[]> {
  const runs: Quiet[] = [];
  for (let run = 0; run < RUNS; run += 1) runs.push(await visitOnce(place, hosts));
  const hello = await helloWeight(place, hosts);
  const each = (figure: (run: Quiet) => number) => runs.map(figure);
  return [
    { name: 'beforeIntentGzKB', unit: 'kB', runs: each(({ before }) => before.gz), bound: 2.5 },
    { name: 'beforeIntentBrKB', unit: 'kB', runs: each(({ before }) => before.br) },
    { name: 'openGzKB', unit: 'kB', runs: each(({ open }) => open.gz), bound: 92 },
    { name: 'openBrKB', unit: 'kB', runs: each(({ open }) => open.br), bound: 80 },
    { name: 'helloGzKB', unit: 'kB', runs: [hello.gz] },
    { name: 'helloBrKB', unit: 'kB', runs: [hello.br] },
    { name: 'openToHelloRatio', unit: '×', runs: each(({ open }) => open.br / hello.br) },
    { name: 'requestsBeforeIntent', unit: 'requests', runs: each(({ requests }) => requests), bound: 0 },
    { name: 'keysBeforeIntent', unit: 'keys', runs: each((run) => run.stored), bound: 0 },
    { name: 'longTasksBeforeIntent', unit: 'tasks', runs: each(({ longTasks }) => longTasks), bound: 0 },
    { name: 'blankPageLongTasks', unit: 'tasks', runs: each((run) => run.blankLongTasks) },
  ];
}
