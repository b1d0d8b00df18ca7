/** What the panel may ask for. The UI sees the store and these verbs, and nothing else of the world. */
export interface Actions {
  open(): void;
  close(): void;
  /** Sends the tray's files in order, then the text. Empty text and an empty tray do nothing. */
  send(text: string): void;
  /** Keeps the composer's text and publishes "typing". */
  setDraft(text: string): void;
  /** Files as dropped, pasted or picked; a folder among `folders` is refused by name. */
  attach(files: readonly File[], folders?: readonly string[]): void;
  setCaption(attachmentId: string, caption: string): void;
  /** Puts a file at another place in the tray: 0 is the first of those that were not refused; beyond the ends is the end. */
  moveInTray(attachmentId: string, to: number): void;
  /** Takes a file out of the tray. */
  removeFromTray(attachmentId: string): void;
  /** Takes an own unsent message back; an upload under way is aborted. */
  cancel(messageId: string): void;
  /** Sends a failed own message again, from the step where it failed. */
  retry(messageId: string): void;
  /** The consumer has these messages before their eyes. */
  seen(messageIds: readonly string[]): void;
  /** A file's bubble is near the viewport: ask for its address. Harmless when it is known and alive. */
  wantFile(relativePath: string): void;
  /** An image did not load: one fresh address, then `failed`. */
  imageFailed(relativePath: string): void;
  /** Fetches a document (or image) and hands it over as a download. */
  saveFile(relativePath: string, name: string): void;
  showLightbox(messageId: string | null): void;
  /** Reads the conversation before the oldest one shown, where `earlier` says that there is one. */
  showEarlier(): void;
  endConversation(): void;
  /** Tries to connect at once instead of waiting for the next try. */
  reconnect(): void;
}
