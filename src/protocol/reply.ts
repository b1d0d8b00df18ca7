import { FailureError, refused } from './failure.ts';
import type { Method, Methods } from './methods.ts';
import { field, numberOf, objectOf, stringOf, timeOf } from './read.ts';
import type { SignedPath } from './types.ts';

function missing(method: string, what: string): never {
  throw new FailureError({ kind: 'garbled', delivery: 'unknown', message: `${method}: no ${what} in the answer` });
}

function signedPath(method: string, body: unknown): SignedPath {
  const relativePath = stringOf(field(body, 'relativePath'));
  const query = field(body, 'queryParams');
  const signature = stringOf(field(query, 'temp_url_sig'));
  const rawExpires = stringOf(field(query, 'temp_url_expires'));
  // A path that did not begin with "/" would be resolved against another origin's folder (PROTOCOL §8.3).
  if (!relativePath?.startsWith('/') || relativePath.startsWith('//') || !signature || rawExpires === null) {
    return missing(method, 'signed path');
  }
  return { relativePath, signature, rawExpires, expires: numberOf(rawExpires) };
}

const REPLIES: { [M in Method]: (body: unknown) => Methods[M]['out'] } = {
  InitConnection: () => null,
  GetClock: (body) => ({ at: timeOf(field(body, 'currentTime')) ?? timeOf(body) }),
  'cqm.SubscribeExConversations': (body) => ({ subscriptionId: stringOf(field(body, 'subscriptionId')) }),
  'cm.ConsumerRequestConversation': (body) => ({
    conversationId:
      stringOf(field(body, 'conversationId')) ?? missing('cm.ConsumerRequestConversation', 'conversationId'),
  }),
  'userprofile.SetUserProfile': () => null,
  'cm.UpdateConversationField': () => null,
  'ms.SubscribeMessagingEvents': () => null,
  'ms.PublishEvent': (body) => {
    const sequence = numberOf(field(body, 'sequence'));
    return { sequence: sequence !== null && Number.isSafeInteger(sequence) && sequence >= 0 ? sequence : null };
  },
  'ms.GenerateURLForUploadFile': (body) => signedPath('ms.GenerateURLForUploadFile', body),
  'ms.GenerateURLForDownloadFile': (body) => signedPath('ms.GenerateURLForDownloadFile', body),
};

/**
 * The decoded body of a response. Throws `FailureError`: refused for codes of 400 and above, garbled for an answer
 * without what the method promises. Response `type` strings contradict each other and are never looked at (§14 row 1).
 */
export function decodeReply<M extends Method>(method: M, code: number, body: unknown): Methods[M]['out'] {
  if (code >= 400 || code < 200) throw new FailureError(refused(code, reasonOf(body)));
  return REPLIES[method](body);
}

function reasonOf(body: unknown): string {
  const text = stringOf(body) ?? stringOf(field(body, 'msg')) ?? stringOf(field(body, 'message'));
  return (text ?? (objectOf(body) ? 'refused' : '')).slice(0, 200);
}
