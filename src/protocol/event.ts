import { arrayOf, field, numberOf, objectOf, stringOf, timeOf } from './read.ts';
import type { ChatState, EventContent, HostedFile, MessagingEvent, ReceiptStatus } from './types.ts';

const CHAT_STATES: readonly string[] = ['ACTIVE', 'INACTIVE', 'GONE', 'COMPOSING', 'PAUSE', 'BACKGROUND'];
const RECEIPTS: readonly string[] = ['ACCEPT', 'READ', 'ACCESS', 'NACK', 'ACTION'];

/** Raster data URLs only: an SVG or HTML preview could carry script (PROTOCOL §8.4). */
const PREVIEW = /^data:image\/(?:jpeg|png|gif);base64,[A-Za-z0-9+/]+={0,2}$/;
/** Characters. The protocol allows 30 KB; twice that is tolerated from others. */
const MAX_PREVIEW = 65_536;

/** A preview that may be shown, or null. */
export function decodePreview(value: unknown): string | null {
  return typeof value === 'string' && value.length <= MAX_PREVIEW && PREVIEW.test(value) ? value : null;
}

function decodeFile(message: unknown): HostedFile | null {
  const relativePath = stringOf(field(message, 'relativePath'));
  if (!relativePath) return null;
  return {
    relativePath,
    fileType: (stringOf(field(message, 'fileType')) ?? '').toUpperCase().slice(0, 16),
    caption: stringOf(field(message, 'caption')) ?? '',
    preview: decodePreview(field(message, 'preview')),
  };
}

function decodeContent(event: unknown): EventContent | null {
  const type = stringOf(field(event, 'type'));
  switch (type) {
    case 'ContentEvent':
      return decodeContentEvent(event);
    case 'ChatStateEvent': {
      const state = stringOf(field(event, 'chatState'));
      return state && CHAT_STATES.includes(state) ? { type: 'typing', state: state as ChatState } : null;
    }
    case 'AcceptStatusEvent': {
      const status = stringOf(field(event, 'status'));
      if (!status || !RECEIPTS.includes(status)) return null;
      const sequences = arrayOf(field(event, 'sequenceList'))
        .map(numberOf)
        .filter((sequence) => sequence !== null);
      return { type: 'receipt', status: status as ReceiptStatus, sequences };
    }
    case null:
      return null;
    default:
      return { type: 'unsupported', what: type.slice(0, 64) };
  }
}

function decodeContentEvent(event: unknown): EventContent {
  const message = field(event, 'message');
  const contentType = stringOf(field(event, 'contentType')) ?? 'text/plain';
  if (contentType === 'hosted/file' || contentType === 'HostedFile') {
    const file = decodeFile(message);
    return file ? { type: 'file', file } : { type: 'unsupported', what: 'hosted/file' };
  }
  const text = stringOf(message) ?? stringOf(field(message, 'msg'));
  return contentType.startsWith('text/') && text !== null
    ? { type: 'text', text }
    : { type: 'unsupported', what: contentType.slice(0, 64) };
}

/** The sender's own id, from `ExternalId` metadata. */
function clientIdOf(change: unknown): string | null {
  for (const entry of arrayOf(field(change, 'metadata'))) {
    if (stringOf(field(entry, 'type')) === 'ExternalId') return stringOf(field(entry, 'id'));
  }
  return null;
}

/**
 * One element of a messaging notification, or null where it cannot be read or is not for the consumer's eyes
 * (`messageAudience` other than ALL is a note among agents, PROTOCOL §6.2).
 */
export function decodeMessagingEvent(change: unknown, fallbackDialogId: string | null): MessagingEvent | null {
  if (!objectOf(change)) return null;
  if ((field(change, 'messageAudience') ?? 'ALL') !== 'ALL') return null;
  const dialogId = stringOf(field(change, 'dialogId')) ?? fallbackDialogId ?? stringOf(field(change, 'conversationId'));
  const content = decodeContent(field(change, 'event'));
  if (!dialogId || !content) return null;
  const sequence = numberOf(field(change, 'sequence'));
  const storable = content.type !== 'typing';
  if (storable && (sequence === null || !Number.isSafeInteger(sequence) || sequence < 0)) return null;
  const origin = field(change, 'originatorMetadata');
  const id =
    stringOf(field(change, 'originatorId')) ??
    stringOf(field(change, 'originatorPId')) ??
    stringOf(field(origin, 'id')) ??
    '';
  return {
    dialogId,
    conversationId: stringOf(field(change, 'conversationId')),
    sequence: storable ? sequence : null,
    at: timeOf(field(change, 'serverTimestamp')),
    from: { id, role: stringOf(field(origin, 'role')) },
    clientId: clientIdOf(change),
    content,
  };
}
