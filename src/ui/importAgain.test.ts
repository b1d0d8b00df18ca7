import { expect, test } from 'vitest';
import { importAgain } from './importAgain.ts';

const ADDRESS = 'https://cdn.example/widget/chunks/views-1a2b.js';

function failing(error: Error, pinned = false) {
  const asked: string[] = [];
  const load = importAgain<unknown>(
    async () => {
      asked.push('import');
      throw error;
    },
    async (address) => {
      asked.push(address);
      if (asked.length < 3) throw error;
      return 'views';
    },
    () => pinned,
  );
  return { asked, load };
}

test.each([
  `Failed to fetch dynamically imported module: ${ADDRESS}`,
  `error loading dynamically imported module: ${ADDRESS}`,
])('asks again under another address: %s', async (message) => {
  const { asked, load } = failing(new TypeError(message));
  await expect(load()).rejects.toThrow();
  await expect(load()).rejects.toThrow();
  expect(await load()).toBe('views');
  expect(await load()).toBe('views');
  expect(asked).toEqual(['import', `${ADDRESS}?again=1`, `${ADDRESS}?again=2`]);
});

test.each([new TypeError('Importing a module script failed.'), new Error(`Loading chunk 5 failed. (${ADDRESS})`)])(
  'repeats the import where no address is to be had: %s',
  async (error) => {
    const { asked, load } = failing(error);
    await expect(load()).rejects.toThrow();
    await expect(load()).rejects.toThrow();
    expect(asked).toEqual(['import', 'import']);
  },
);

test('on a page with an import map nothing is asked for by an address that it cannot name', async () => {
  const { asked, load } = failing(new TypeError(`Failed to fetch dynamically imported module: ${ADDRESS}`), true);
  await expect(load()).rejects.toThrow();
  await expect(load()).rejects.toThrow();
  expect(asked).toEqual(['import', 'import']);
});

test('asks once for what has come, and for what is still on its way', async () => {
  let asked = 0;
  const load = importAgain(async () => {
    asked += 1;
    return 'views';
  });
  expect(await Promise.all([load(), load()])).toEqual(['views', 'views']);
  expect(await load()).toBe('views');
  expect(asked).toBe(1);
});
