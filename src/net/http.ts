import { DROPPED, FailureError, failureOf, refused } from '../protocol/failure.ts';
import { jsonOf } from '../protocol/json.ts';
import type { Http } from './ports.ts';

/** JSON over fetch. Never sends cookies or a referrer: the services know the consumer by token alone. */
export function fetchHttp(fetcher: typeof fetch = (...args) => fetch(...args)): Http {
  return {
    async json(url, { method = 'GET', body, headers = {}, signal } = {}) {
      let response: Response;
      try {
        response = await fetcher(url, {
          method,
          headers: {
            Accept: 'application/json',
            ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body: jsonOf(body) }),
          ...(signal ? { signal } : {}),
          credentials: 'omit',
          referrerPolicy: 'no-referrer',
        });
      } catch (error) {
        const failure = failureOf(error);
        throw new FailureError(failure.kind === 'aborted' ? failure : DROPPED);
      }
      if (!response.ok) throw new FailureError(refused(response.status, response.statusText));
      try {
        return await response.json();
      } catch {
        throw new FailureError({
          kind: 'garbled',
          delivery: 'unknown',
          message: `no JSON from ${new URL(url).pathname}`,
        });
      }
    },
  };
}
