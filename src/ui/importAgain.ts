const fetchModule = (address: string): Promise<unknown> => import(/* @vite-ignore */ /* webpackIgnore: true */ address);
const hasImportMap = () => document.querySelector('script[type=importmap]') !== null;

/**
 * An `import()` that can be repeated. Browsers remember that a module could not be fetched and fail at once the next time
 * (whatwg/html#6768, changed in 2026), so the address that the error names is asked for under another query. Where the error
 * names none, as in Safari and in the loaders of bundlers, the import is simply repeated; likewise where the page has an import
 * map, which may pin what runs by its digest and knows no other query.
 *
 * What has come once is kept: a browser answers an `import()` of what it has in a task of its own, and other tasks go first.
 */
export function importAgain<T>(load: () => Promise<T>, fetch = fetchModule, pinned = hasImportMap): () => Promise<T> {
  let lost = '';
  let again = 0;
  let held: Promise<T> | null = null;
  async function attempt(): Promise<T> {
    if (lost !== '' && !pinned()) {
      again += 1;
      return fetch(`${lost}?again=${again}`) as Promise<T>;
    }
    try {
      return await load();
    } catch (error) {
      if (error instanceof TypeError) lost = /https?:\S+\.js/.exec(error.message)?.[0] ?? '';
      throw error;
    }
  }
  return () => {
    held ??= attempt().catch((error: unknown) => {
      held = null;
      throw error;
    });
    return held;
  };
}
