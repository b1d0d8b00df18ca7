/**
 * What a close code asks for. `renew`: a fresh identity, then another try. Everything that is not listed, and every near
 * miss that is, means: wait, then try again as before.
 */
export const MEANING: Readonly<Record<number, 'renew' | 'wait'>> = {
  4401: 'renew', // authenticated identity missing or expired: only a new token of the brand helps (PROTOCOL §3)
  4407: 'renew', // unauthenticated identity expired: the identity service extends it (PROTOCOL §3)
  1011: 'renew', // "internal error", yet LivePerson's own SDK treats it as an authentication failure (PROTOCOL §3)
  1008: 'renew', // "policy violation" may be a token the gateway did not like; a fresh one costs one request
  1000: 'wait', // the service closed in good order, e.g. an idle socket; we still want it
  1001: 'wait', // "going away": a server that restarts, or a navigation that did not happen
  1006: 'wait', // no close frame: network, server or proxy; nothing says that the identity is at fault
  1012: 'wait', // service restart
  1013: 'wait', // try again later: the backoff does
};
