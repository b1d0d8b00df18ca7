import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';

/** PUTs bytes to signed addresses. `ca` is a certificate to trust besides the usual ones (the sandbox's own). */
export function uploader(ca?: string): (url: string, bytes: Uint8Array, type: string) => Promise<void> {
  return (url, bytes, type) =>
    new Promise((resolve, reject) => {
      const options = { method: 'PUT', headers: { 'content-type': type, 'content-length': bytes.length } };
      const secure = url.startsWith('https:');
      const request = secure ? requestHttps(url, { ...options, ...(ca ? { ca } : {}) }) : requestHttp(url, options);
      request.on('response', (response) => {
        response.resume();
        if (response.statusCode === 201) resolve();
        else reject(new Error(`the object store answered ${response.statusCode}`));
      });
      request.on('error', reject);
      request.end(bytes);
    });
}
