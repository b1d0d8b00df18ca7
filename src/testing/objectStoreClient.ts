import { createHash, randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { signedUrl } from '../protocol/http.ts';
import { type Digest, sign } from '../sandbox/sign.ts';

/** A running store. It holds the container `CONTAINER` and no other, and allows pages of `ORIGIN` alone. */
export interface OpenObjectStore {
  /** Origin, such as `http://127.0.0.1:8080`. */
  readonly url: string;
  readonly key: string;
  stop(): Promise<void>;
}

export const CONTAINER = '12345678';
export const ORIGIN = 'http://brand.example';

export interface Signing {
  readonly digest?: Digest;
  /** Seconds from now. */
  readonly life?: number;
  readonly key?: string;
}

/** Raw HTTP to a store by signed URLs. */
export interface ObjectStoreClient {
  /** Origin of the store. */
  url(): string;
  /** A signed address; `as` is the method in the signature. */
  address(as: string, path: string, signing?: Signing): string;
  put(path: string, body: Buffer, headers?: Record<string, string>): Promise<Response>;
  /** `query` is added to the address, such as `&inline`. */
  get(path: string, headers?: Record<string, string>, query?: string): Promise<Response>;
}

/** `store` is asked at each call, because a suite opens it after its tests are described. */
export function createObjectStoreClient(store: () => OpenObjectStore): ObjectStoreClient {
  function address(as: string, path: string, { digest = 'sha1', life = 60, key = store().key }: Signing = {}): string {
    const expires = Math.floor(Date.now() / 1000) + life;
    const signature = sign(key, as, expires, path, digest);
    return signedUrl(store().url, { relativePath: path, signature, rawExpires: String(expires) });
  }
  return {
    url: () => store().url,
    address,
    put: (path, body, headers = {}) =>
      fetch(address('PUT', path), { method: 'PUT', body: new Uint8Array(body), headers }),
    get: (path, headers = {}, query = '') => fetch(address('GET', path) + query, { headers }),
  };
}

/** Deterministic bytes that no text decoding would survive. */
export function bytesOf(length: number): Buffer {
  return Buffer.from(Uint8Array.from({ length }, (_, index) => (index * 31 + (index >> 8)) % 256));
}

/** Hex. */
export function digestOf(algorithm: 'md5' | 'sha256', bytes: Uint8Array): string {
  return createHash(algorithm).update(bytes).digest('hex');
}

/** The path of an object in `CONTAINER`, by default one that nobody else names. */
export function newPath(name = `${randomUUID()}.PNG`): string {
  return `/v1/AUTH_async-images/${CONTAINER}/${name}`;
}

function requestHead(url: string, headers: readonly string[]): string {
  const { pathname, search, host } = new URL(url);
  return [`PUT ${pathname}${search} HTTP/1.1`, `Host: ${host}`, ...headers, '', ''].join('\r\n');
}

/** The status of a PUT with exactly these header lines; fetch would add a length of its own. */
export function rawStatus(url: string, headers: readonly string[]): Promise<number> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => socket.write(requestHead(url, headers)));
    socket.once('error', reject);
    socket.once('data', (chunk: Buffer) => {
      resolve(Number(chunk.toString('latin1').split(' ')[1]));
      socket.destroy();
    });
  });
}

/** Promises 1000 bytes, sends ten and goes. Resolves when the connection is gone. */
export function cutOff(url: string): Promise<void> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`${requestHead(url, ['Content-Length: 1000'])}0123456789`, () => socket.destroy());
    });
    socket.once('error', reject);
    socket.once('close', () => resolve());
  });
}
