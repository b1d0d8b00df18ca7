import { decodeToken, paths } from '../../protocol/http.ts';

/** The `?n=` switch: how many messages to start with, null for none; a value that is no whole number is an error. */
export function messagesWanted(query: URLSearchParams): number | null {
  const asked = query.get('n');
  if (asked === null) return null;
  const count = Number(asked);
  if (!/^\d+$/.test(asked) || !Number.isSafeInteger(count)) {
    throw new Error(`?n= takes a whole number of messages, not “${asked.slice(0, 20)}”.`);
  }
  return count;
}

async function post(url: string, init: { jwt?: string; body?: unknown }): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      ...(init.jwt === undefined ? {} : { Authorization: `Bearer ${init.jwt}` }),
    },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  });
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${new URL(url).pathname}.`);
  return response.json();
}

/**
 * A consumer token whose conversation already has `messages` messages ("message #0 …", "message #1 …").
 * Only the sandbox can do this; any other service rejects. `domainApi` is its origin.
 */
export async function preload(domainApi: string, account: string, messages: number): Promise<string> {
  const jwt = decodeToken(await post(domainApi + paths.signup(account), {}));
  if (jwt === null) throw new Error('The sandbox gave no token.');
  const conversations = `${domainApi}/api/account/${encodeURIComponent(account)}/sandbox/conversations`;
  await post(conversations, { jwt, body: { messages } });
  return jwt;
}
