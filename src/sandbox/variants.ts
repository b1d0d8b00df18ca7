/**
 * Where the sources contradict each other (PROTOCOL §14), the spelling that the sandbox answers with. Requests are
 * understood in every spelling whatever is chosen here.
 */
export interface Variants {
  /** Row 1. */
  urlResponse: 'ms.GenerateURLResponse' | 'ms.BaseGenerateURLResponse';
  /** Row 2: `number` answers a numeric id by a number. */
  reqId: 'string' | 'number';
  /** Row 7: how a file's contentType arrives. */
  fileContentType: 'hosted/file' | 'HostedFile';
  /** Row 8. */
  richContent: 'content' | 'message';
  /** Row 9: the second form has no body. */
  subscribeResponse: 'GenericSubscribeResponse' | '.ams.GenericSubscribeResponse';
  /** Row 10. */
  stringResponse: 'StringResponse' | '.ReqBody$StringResp';
  /** Row 11. */
  conversationNotification:
    | 'cqm.ExConversationChangeNotification'
    | 'aam.ExConversationChangeNotification'
    | '.ams.aam.ExConversationChangeNotification';
  /** Row 12: `[{id, role}]` or `{ROLE: [ids]}`. */
  participants: 'participants' | 'participantsPId';
  /** Row 13. */
  originator: 'originatorId' | 'originatorPId';
  /** Row 21: old streams have no `stage`. */
  stage: 'present' | 'absent';
  /** Row 24: key of an identity answer; `by flow` is `token` for connectors and `jwt` for the rest. */
  token: 'by flow' | 'jwt' | 'token';
  /** Row 29. */
  clock: 'object' | 'text';
  /** Compatibility rule 3 (PROTOCOL §0): `bare` sends arrays of one element as that element. */
  singles: 'array' | 'bare';
  /** `conversationId` on message changes (PROTOCOL §6.2). */
  conversationId: 'present' | 'absent';
  /** A change's metadata when there is none (PROTOCOL §6.2). */
  noMetadata: 'null' | 'absent';
  /** Notes among agents: kept from consumers, or left to the window to hide (PROTOCOL §6.2). */
  privateNotes: 'withheld' | 'sent';
}

/** The spelling of the documentation and of real traffic. */
export const DOCUMENTED: Variants = {
  urlResponse: 'ms.BaseGenerateURLResponse',
  reqId: 'string',
  fileContentType: 'hosted/file',
  richContent: 'content',
  subscribeResponse: 'GenericSubscribeResponse',
  stringResponse: 'StringResponse',
  conversationNotification: 'cqm.ExConversationChangeNotification',
  participants: 'participants',
  originator: 'originatorId',
  stage: 'present',
  token: 'by flow',
  clock: 'object',
  singles: 'array',
  conversationId: 'present',
  noMetadata: 'absent',
  privateNotes: 'withheld',
};

/** Every other spelling at once: what a client must understand as well. */
export const CONTRARY: Variants = {
  urlResponse: 'ms.GenerateURLResponse',
  reqId: 'number',
  fileContentType: 'HostedFile',
  richContent: 'message',
  subscribeResponse: '.ams.GenericSubscribeResponse',
  stringResponse: '.ReqBody$StringResp',
  conversationNotification: 'aam.ExConversationChangeNotification',
  participants: 'participantsPId',
  originator: 'originatorPId',
  stage: 'absent',
  token: 'token',
  clock: 'text',
  singles: 'bare',
  conversationId: 'absent',
  noMetadata: 'null',
  privateNotes: 'sent',
};

/** Every array of one element becomes that element, at any depth. */
export function bareSingles(value: unknown): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    // An array in an array would lose its bounds: only elements that are no arrays go bare.
    return items.length === 1 && !Array.isArray(items[0]) ? bareSingles(items[0]) : items.map(bareSingles);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, bareSingles(inner)]));
}
