import { browserClock } from '../net/clock.ts';
import { type IdentityFlow, identify } from '../net/identity.ts';
import { failureOf } from '../protocol/failure.ts';
import { paths } from '../protocol/http.ts';
import type { SignedPath } from '../protocol/types.ts';
import { patientHttp } from './http.ts';
import { type Messaging, openMessaging } from './messaging.ts';
import type { DoctorOptions } from './options.ts';
import { inWords, Problem } from './problem.ts';
import { discover, type Services } from './services.ts';

const IDENTITY_ADVICE =
  'Check that the account has messaging for unauthenticated consumers; where it has a connector for them, name it by --connector.';
const MESSAGING_ADVICE =
  'Check that the account has messaging, and that this network lets WebSocket connections through.';

/** A consumer in a conversation of her own. */
export interface Visit {
  readonly services: Services;
  readonly messaging: Messaging;
  readonly conversationId: string;
}

/** Discovery, identity, socket, subscription, conversation. Rejects with Problem. */
export async function arrive(options: DoctorOptions): Promise<Visit> {
  const services = await discover(patientHttp(), options.domainApi, options.account);
  const idp = services.origin('idp');
  const jwt = await withAdvice(`The identity service at ${idp}`, IDENTITY_ADVICE, () => token(idp, options));
  const host = services.origin('asyncMessagingEnt');
  return withAdvice(`The messaging service at ${host}`, MESSAGING_ADVICE, async () => {
    const url = host.replace(/^http/, 'ws') + paths.socket(options.account);
    const messaging = await openMessaging(url, jwt, options.origin);
    try {
      return { services, messaging, conversationId: await converse(messaging, options.account) };
    } catch (error) {
      messaging.close();
      throw error;
    }
  });
}

async function withAdvice<T>(who: string, advice: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new Problem(`${who} ${inWords(failureOf(error))}.`, advice);
  }
}

async function token(idp: string, { account, connector }: DoctorOptions): Promise<string> {
  const flow: IdentityFlow = connector === null ? { by: 'signup' } : { by: 'anonymous', connectorId: connector };
  return (await identify(patientHttp(), { account, idp, flow, external: null, clock: browserClock() })).jwt;
}

async function converse(messaging: Messaging, account: string): Promise<string> {
  await messaging.request('cqm.SubscribeExConversations', {
    convState: ['OPEN'],
    stage: ['OPEN'],
    minLastUpdatedTime: Date.now(),
  });
  const { conversationId } = await messaging.request('cm.ConsumerRequestConversation', {
    channelType: 'MESSAGING',
    brandId: account,
    ttrDefName: 'NORMAL',
    conversationContext: { type: 'SharkContext', lang: 'en-US' },
  });
  return conversationId;
}

/** Publishes an image that lies in the object store. Rejects with FailureError. */
export async function publish(visit: Visit, { relativePath }: SignedPath, preview: string): Promise<void> {
  await visit.messaging.request('ms.PublishEvent', {
    // The main dialog has the conversation's own id (PROTOCOL §0).
    dialogId: visit.conversationId,
    conversationId: visit.conversationId,
    event: {
      type: 'ContentEvent',
      contentType: 'hosted/file',
      message: { caption: 'Test of file sharing', relativePath, fileType: 'PNG', preview },
    },
  });
}

/** Closes the conversation, so that no agent waits in it, and the socket. Returns what there is to say of it. */
export async function leave({ messaging, conversationId }: Visit): Promise<readonly string[]> {
  try {
    const conversationField = { field: 'Stage', conversationState: 'CLOSE' } as const;
    await messaging.request('cm.UpdateConversationField', { conversationId, conversationField });
    return [];
  } catch (error) {
    const how = inWords(failureOf(error));
    return [`The test conversation ${conversationId} could not be closed: the messaging service ${how}.`];
  } finally {
    messaging.close();
  }
}
