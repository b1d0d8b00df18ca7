const fetchModule = (address: string): Promise<unknown> => import(/* @vite-ignore */ /* webpackIgnore: true */ address);

/**
 * An `import()` that can be repeated. Browsers remember that a module could not be fetched and fail at once the next time
 * (whatwg/html#6768, changed in 2026), so the address that the error names is asked for under another query. Where the error
 * names none, as in Safari and in the loaders of bundlers, the import is simply repeated.
 */
export function importAgain<T>(load: () => Promise<T>, fetch = fetchModule): () => Promise<T> {
  let lost = '';
  let again = 0;
  return async () => {
    if (lost !== '') {
      again += 1;
      return fetch(`${lost}?again=${again}`) as Promise<T>;
    }
    try {
      return await load();
    } catch (error) {
      if (error instanceof TypeError) lost = /https?:\S+\.js/.exec(error.message)?.[0] ?? '';
      throw error;
    }
  };
}
