import type { Attachment } from '../model/attachment.ts';
import type { Message } from '../model/message.ts';
import type { AgentProfile } from '../protocol/http.ts';
import type { HostedFile } from '../protocol/types.ts';
import type { ChatState, Connection, Download } from './state.ts';

/** Reads of the state for components. Lists read ids, rows read items, so that a receipt paints one row. */

export const idsOf = (s: ChatState): readonly string[] => s.transcript.ids;
export const isEmpty = (s: ChatState): boolean => s.transcript.ids.length === 0;
export const isOpen = (s: ChatState): boolean => s.panelOpen;
export const earlierOf = (s: ChatState): ChatState['earlier'] => s.earlier;
export const newFromOf = (s: ChatState): string | null => s.newFrom;
export const unreadOf = (s: ChatState): readonly string[] => s.unread;
export const typingOf = (s: ChatState): readonly string[] => s.typing;
export const trayOf = (s: ChatState): readonly string[] => s.tray;
export const draftOf = (s: ChatState): string => s.draft;
export const lightboxOf = (s: ChatState): string | null => s.lightbox;
export const connectionOf = (s: ChatState): Connection => s.connection;
export const isOnline = (s: ChatState): boolean => s.connection.at === 'online';
export const settingsOf = (s: ChatState): ChatState['settings'] => s.settings;
export const fileSharingOf = (s: ChatState): ChatState['fileSharing'] => s.fileSharing;
export const attachmentsOf = (s: ChatState): ReadonlyMap<string, Attachment> => s.attachments;

/** Whether there is one, and whether it goes on. */
export function conversationPhase(s: ChatState): 'none' | 'open' | 'ended' {
  return s.conversation === null ? 'none' : s.conversation.open ? 'open' : 'ended';
}

export const messageOf =
  (id: string) =>
  (s: ChatState): Message | undefined =>
    s.transcript.byId.get(id);

export const attachmentOf =
  (id: string) =>
  (s: ChatState): Attachment | undefined =>
    s.attachments.get(id);

export const downloadOf =
  (path: string) =>
  (s: ChatState): Download | undefined =>
    s.downloads.get(path);

export const agentOf =
  (id: string) =>
  (s: ChatState): AgentProfile | undefined =>
    s.agents.get(id);

/** Something to send: words, or a file that has not been refused. */
export function canSend(s: ChatState): boolean {
  return s.draft.trim() !== '' || s.tray.some((id) => ['picked', 'ready'].includes(s.attachments.get(id)?.at ?? ''));
}

/** The file of a message once it lies in the store: as received, or as an own upload became it. Null before and without. */
export function fileOf(message: Message, attachments: ReadonlyMap<string, Attachment>): HostedFile | null {
  if (message.body.type === 'file') return message.body.file;
  if (message.body.type !== 'upload') return null;
  const attachment = attachments.get(message.body.attachmentId);
  if (attachment?.at !== 'published') return null;
  const { path, fileType, caption, name, preview } = attachment;
  return { relativePath: path, fileType, caption: caption || name, preview };
}
