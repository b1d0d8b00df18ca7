import {
  type AgentEvent,
  type AgentMethod,
  type AgentMethods,
  decodeAgent,
  decodeAgentReply,
  encodeAgentRequest,
} from '../protocol/agent.ts';
import { DROPPED, FailureError } from '../protocol/failure.ts';
import type { ConversationChange } from '../protocol/types.ts';
import type { Connection, Wire } from './line.ts';

/** A client of the agent's dialect on a connection of any kind. */
export interface AgentClient {
  /** Rejects with FailureError: refused, garbled, or dropped when the connection ends. */
  request<M extends AgentMethod>(method: M, body: AgentMethods[M]['in']): Promise<AgentMethods[M]['out']>;
  close(): void;
}

export interface AgentListener {
  messages(events: readonly AgentEvent[]): void;
  conversations(changes: readonly ConversationChange[]): void;
}

interface Waiting {
  answered(code: number, body: unknown): void;
  failed(error: FailureError): void;
}

/** Connects; throws where `open` has no connection to give. */
export function connectAgentClient(open: (wire: Wire) => Connection | null, listener: AgentListener): AgentClient {
  const waiting = new Map<string, Waiting>();
  let next = 0;
  let over = false;

  function end(): void {
    over = true;
    for (const { failed } of waiting.values()) failed(new FailureError(DROPPED));
    waiting.clear();
  }

  function received(text: string): void {
    const frame = decodeAgent(text);
    switch (frame.kind) {
      case 'response':
        waiting.get(frame.reqId)?.answered(frame.code, frame.body);
        waiting.delete(frame.reqId);
        return;
      case 'messages':
        listener.messages(frame.events);
        return;
      case 'conversations':
        listener.conversations(frame.changes);
        return;
      case 'unknown':
    }
  }

  // Frames of a socket never arrive inside the call that caused them; an in-memory one must not either.
  const connection = open({ send: (text) => queueMicrotask(() => received(text)), close: end });
  if (!connection) throw new Error('there is no such account');

  return {
    request: (method, body) =>
      new Promise((resolve, reject) => {
        if (over) {
          reject(new FailureError(DROPPED));
          return;
        }
        const id = String(++next);
        waiting.set(id, {
          answered(code, given) {
            try {
              resolve(decodeAgentReply(method, code, given));
            } catch (error) {
              reject(error);
            }
          },
          failed: reject,
        });
        connection.receive(encodeAgentRequest(id, method, body));
      }),
    close() {
      if (over) return;
      connection.closed();
      end();
    },
  };
}
