import { randomBytes } from 'node:crypto';
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';

export interface Answer {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | string;
}

export const HTML: OutgoingHttpHeaders = { 'content-type': 'text/html; charset=UTF-8' };

const TITLES: Readonly<Record<number, readonly [title: string, text: string]>> = {
  400: [
    'Bad Request',
    'The server could not comply with the request since it is either malformed or otherwise incorrect.',
  ],
  401: ['Unauthorized', 'This server could not verify that you are authorized to access the document you requested.'],
  404: ['Not Found', 'The resource could not be found.'],
  405: ['Method Not Allowed', 'The method is not allowed for this resource.'],
  411: ['Length Required', 'Content-Length header required.'],
  412: ['Precondition Failed', 'A precondition for this request was not met.'],
  413: ['Request Entity Too Large', 'The body of your request was too large for this server.'],
  416: ['Requested Range Not Satisfiable', 'The Range requested is not available.'],
  422: ['Unprocessable Entity', 'Unable to process the contained instructions'],
  503: ['Service Unavailable', 'The server is currently unavailable. Please try again at a later time.'],
};

/** An error answer with Swift's page for it, or with `text` in the page's place. */
export function refusal(status: number, headers: OutgoingHttpHeaders = {}, text?: string): Answer {
  const [title, sentence] = TITLES[status] ?? [String(status), ''];
  return { status, headers: { ...HTML, ...headers }, body: text ?? `<html><h1>${title}</h1><p>${sentence}</p></html>` };
}

/** Writes an answer, with the ids that Swift puts on each. A HEAD gets no body: of an object the length, of an error none. */
export function send(response: ServerResponse, method: string, answer: Answer): void {
  const seconds = Math.floor(Date.now() / 1000);
  const id = `tx${randomBytes(11).toString('hex').slice(1)}-${seconds.toString(16).padStart(10, '0')}`;
  const withoutBody = method === 'HEAD' && answer.status >= 300;
  response.writeHead(answer.status, {
    'x-trans-id': id,
    'x-openstack-request-id': id,
    ...(answer.status === 204 ? {} : { 'content-length': withoutBody ? 0 : Buffer.byteLength(answer.body) }),
    ...answer.headers,
  });
  response.end(method === 'HEAD' ? undefined : answer.body);
}
