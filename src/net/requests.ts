import { ABORTED, type Failure, FailureError, OFFLINE, TIMED_OUT } from '../protocol/failure.ts';
import { encodeRequest, type Header, type Method, type Methods } from '../protocol/methods.ts';
import { decodeReply } from '../protocol/reply.ts';
import type { Metadata } from '../protocol/types.ts';
import type { Clock, Socket } from './ports.ts';

/** Ms without an answer after which a request counts as unknown: it may have been done (PROTOCOL §13). */
export const ANSWER_WITHIN = 10_000;

/** Requests in flight on one socket, found again by `reqId` alone. */
export interface Requests {
  /** Rejects with FailureError: offline, timeout, dropped, aborted, refused or garbled. */
  send<M extends Method>(
    socket: Socket | null,
    method: M,
    body: Methods[M]['in'],
    extra?: { headers?: Header[]; metadata?: Metadata[] },
    signal?: AbortSignal,
  ): Promise<Methods[M]['out']>;
  answer(reqId: string, code: number, body: unknown): void;
  dropAll(why: Failure): void;
}

export function createRequests(clock: Clock): Requests {
  const pending = new Map<string, { settle(code: number, body: unknown): void; reject(why: Failure): void }>();
  let count = 0;
  return {
    send(socket, method, body, extra, signal) {
      return new Promise((resolve, reject) => {
        if (!socket) return reject(new FailureError(OFFLINE));
        if (signal?.aborted) return reject(new FailureError(ABORTED));
        const id = String(++count);
        const cancelTimer = clock.after(ANSWER_WITHIN, () => end(() => reject(new FailureError(TIMED_OUT))));
        // Aborting forgets the answer; what has been sent cannot be taken back.
        const aborted = () => end(() => reject(new FailureError(ABORTED)));
        const end = (act: () => void) => {
          pending.delete(id);
          cancelTimer();
          signal?.removeEventListener('abort', aborted);
          act();
        };
        signal?.addEventListener('abort', aborted);
        pending.set(id, {
          settle: (code, answer) =>
            end(() => {
              try {
                resolve(decodeReply(method, code, answer));
              } catch (error) {
                reject(error);
              }
            }),
          reject: (why) => end(() => reject(new FailureError(why))),
        });
        socket.send(encodeRequest(id, method, body, extra));
      });
    },
    answer(reqId, code, body) {
      pending.get(reqId)?.settle(code, body);
    },
    dropAll(why) {
      for (const request of [...pending.values()]) request.reject(why);
    },
  };
}
