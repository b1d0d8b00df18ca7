import { afterEach, describe, expect, it, vi } from 'vitest';
import { messagesWanted, preload } from './preload.ts';

afterEach(() => vi.unstubAllGlobals());

describe('the ?n= switch', () => {
  it.each([
    ['', null],
    ['?n=0', 0],
    ['?n=1000', 1000],
  ])('%s asks for %s messages', (query, wanted) => {
    expect(messagesWanted(new URLSearchParams(query))).toBe(wanted);
  });

  it.each(['?n=', '?n=-1', '?n=many', '?n=1.5', '?n=99999999999999999999'])('%s is no number of messages', (query) => {
    expect(() => messagesWanted(new URLSearchParams(query))).toThrow(/whole number/);
  });
});

describe('a prepared conversation', () => {
  it('is made for a new consumer, whose token is given back', async () => {
    const fetched = vi.fn(async (url: string) => Response.json(url.endsWith('/signup') ? { jwt: 'J' } : {}));
    vi.stubGlobal('fetch', fetched);
    await expect(preload('http://brand.example', '1', 7)).resolves.toBe('J');
    expect(fetched.mock.calls[1]).toMatchObject([
      'http://brand.example/api/account/1/sandbox/conversations',
      { method: 'POST', headers: { Authorization: 'Bearer J' }, body: '{"messages":7}' },
    ]);
  });

  it('fails with a sentence where the service is no sandbox', async () => {
    vi.stubGlobal('fetch', async (url: string) =>
      url.endsWith('/signup') ? Response.json({ jwt: 'J' }) : new Response('', { status: 404 }),
    );
    await expect(preload('http://brand.example', '1', 7)).rejects.toThrow(
      'The sandbox answered 404 to /api/account/1/sandbox/conversations.',
    );
    vi.stubGlobal('fetch', async () => Response.json({}));
    await expect(preload('http://brand.example', '1', 7)).rejects.toThrow('The sandbox gave no token.');
  });
});
