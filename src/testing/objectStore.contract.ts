import { afterAll, beforeAll, describe } from 'vitest';
import { createObjectStoreClient, type OpenObjectStore } from './objectStoreClient.ts';
import { describeOrigins } from './objectStoreOrigins.contract.ts';
import { describeSignatures } from './objectStoreSignatures.contract.ts';
import { describeTransfers } from './objectStoreTransfers.contract.ts';

/**
 * What OpenStack Swift 2.30 does with temporary URLs, by raw HTTP. `open` starts a store that holds the container
 * `CONTAINER` and no other and allows pages of `ORIGIN` alone.
 */
export function describeObjectStore(name: string, open: () => Promise<OpenObjectStore>): void {
  describe(name, () => {
    let store: OpenObjectStore;
    let stop = async () => {};
    beforeAll(async () => {
      store = await open();
      stop = store.stop;
    }, 120_000);
    afterAll(() => stop());

    const client = createObjectStoreClient(() => store);
    describeSignatures(client);
    describeTransfers(client);
    describeOrigins(client);
  });
}
