import { jsonOf } from './json.ts';
import type { ChatState, Metadata, ReceiptStatus, SignedPath } from './types.ts';

/** ContentEvent, AcceptStatusEvent or ChatStateEvent as a consumer publishes them (PROTOCOL §6.3). */
export type PublishedEvent =
  | { type: 'ContentEvent'; contentType: 'text/plain'; message: string }
  | {
      type: 'ContentEvent';
      contentType: 'hosted/file';
      message: { caption: string; relativePath: string; fileType: string; preview?: string };
    }
  | { type: 'ChatStateEvent'; chatState: ChatState }
  | { type: 'AcceptStatusEvent'; status: ReceiptStatus; sequenceList: number[] };

export type ConversationField =
  | {
      field: 'DialogChange';
      type: 'UPDATE';
      dialog: { dialogId: string; state: 'CLOSE'; closedCause: string };
    }
  | { field: 'Stage'; conversationState: 'CLOSE' };

export interface ClientProperties {
  type: '.ams.headers.ClientProperties';
  appId: string;
  deviceFamily: 'DESKTOP' | 'TABLET' | 'MOBILE' | 'OTHER';
  os: 'WINDOWS' | 'LINUX' | 'OSX' | 'ANDROID' | 'IOS' | 'OTHER';
  integration: 'WEB_SDK';
  integrationVersion: string;
  timeZone: string;
  features: string[];
}

export type Header = ClientProperties | { type: '.ams.headers.ConsumerAuthentication'; jwt: string };

/** Every request a consumer may send and what comes back, decoded. The only signature a caller needs. */
export interface Methods {
  InitConnection: { in: undefined; out: null };
  /** `out.at`: server time in epoch ms, null where it cannot be read. */
  GetClock: { in: undefined; out: { at: number | null } };
  'cqm.SubscribeExConversations': {
    in: { convState: ('OPEN' | 'CLOSE')[]; stage: ('OPEN' | 'CLOSE')[]; minLastUpdatedTime: number };
    out: { subscriptionId: string | null };
  };
  'cm.ConsumerRequestConversation': {
    in: {
      channelType: 'MESSAGING';
      brandId: string;
      ttrDefName: 'NORMAL';
      skillId?: string;
      campaignInfo?: { campaignId: number | string; engagementId: number | string };
      conversationContext: { type: 'SharkContext'; lang: string };
    };
    out: { conversationId: string };
  };
  'userprofile.SetUserProfile': { in: Readonly<Record<string, unknown>>; out: null };
  'cm.UpdateConversationField': {
    in: { conversationId: string; conversationField: ConversationField };
    out: null;
  };
  'ms.SubscribeMessagingEvents': { in: { fromSeq: number; dialogId: string; conversationId: string }; out: null };
  /** `out.sequence`: the stored event's number. Typing is answered with 0, which then means nothing (PROTOCOL §6.3). */
  'ms.PublishEvent': {
    in: { dialogId: string; conversationId: string; event: PublishedEvent };
    out: { sequence: number | null };
  };
  'ms.GenerateURLForUploadFile': { in: { fileSize: number; fileType: string }; out: SignedPath };
  'ms.GenerateURLForDownloadFile': { in: { relativePath: string }; out: SignedPath };
}

export type Method = keyof Methods;

/** One request frame; `headers` and `metadata` are siblings of `body` (PROTOCOL §3). */
export function encodeRequest<M extends Method>(
  id: string,
  type: M,
  body: Methods[M]['in'],
  extra: { headers?: Header[]; metadata?: Metadata[] } = {},
): string {
  return jsonOf({ kind: 'req', id, type, ...(body === undefined ? {} : { body }), ...extra });
}
