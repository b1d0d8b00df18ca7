import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Actions } from '../flows/actions.ts';
import { isEmpty, isOpen, lightboxOf } from '../store/selectors.ts';
import type { ChatState } from '../store/state.ts';
import type { Announcer } from './Announcer/announcer.ts';
import { useAnnouncements } from './Announcer/useAnnouncements.ts';
import { ConnectionBanner } from './Banner/ConnectionBanner.tsx';
import { Composer } from './Composer/Composer.tsx';
import { Picker } from './Composer/Picker.tsx';
import { type Chat, ChatContext, useActions, useChat, useChatState } from './context.ts';
import { DropOverlay } from './Drop/DropOverlay.tsx';
import { useDrop } from './Drop/useDrop.ts';
import { Header } from './Header/Header.tsx';
import { Lightbox } from './Lightbox/Lightbox.tsx';
import { Transcript } from './Transcript/Transcript.tsx';
import { Tray } from './Tray/Tray.tsx';
import { keepTabInside } from './tabLoop.ts';
import { PHONE, useMedia } from './useMedia.ts';
import { useViewport } from './useViewport.ts';
import { Welcome } from './Welcome/Welcome.tsx';
import { english } from './words/en.ts';
import type { Words } from './words/words.ts';

export interface PanelProps {
  readonly store: StoreApi<ChatState>;
  readonly actions: Actions;
  /** All text; English when it is left out. */
  readonly words?: Words;
  /** BCP 47 for numbers and times of the default words. */
  readonly locale?: string;
  readonly theme?: 'light' | 'dark' | 'auto';
  readonly announcer?: Announcer;
  /** Epoch ms. */
  readonly now?: () => number;
}

/**
 * The whole panel, for a container inside a shadow root that has adopted `sheetText` and `themeText(brand)`. It shows what
 * the store says, and asks for changes by `actions` only.
 */
export function Panel({ store, actions, words, locale, theme = 'auto', announcer, now = Date.now }: PanelProps) {
  const picker = useRef<HTMLInputElement>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  const chat = useMemo<Chat>(
    () => ({ store, actions, words: words ?? english(locale), announcer: announcer ?? null, now, picker, composer }),
    [store, actions, words, locale, announcer, now],
  );
  return (
    <ChatContext value={chat}>
      <Frame theme={theme} />
    </ChatContext>
  );
}

function Frame({ theme }: { theme: string }) {
  const { words, composer, store } = useChat();
  const actions = useActions();
  const open = useChatState(isOpen);
  const empty = useChatState(isEmpty);
  const phone = useMedia(PHONE);
  const root = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  const { over, handlers } = useDrop();
  useViewport(root, open && phone);
  useAnnouncements();

  // On a phone the heading: a focused text field would bring up the keyboard.
  useEffect(() => {
    if (open) (matchMedia(PHONE).matches ? heading : composer).current?.focus({ preventScroll: true });
  }, [open, composer]);

  function onKeyDown(event: KeyboardEvent) {
    // Keys typed here are not the page's shortcuts (USERS §13).
    event.stopPropagation();
    if (event.key === 'Tab' && phone && panel.current) keepTabInside(panel.current, event);
    if (event.key !== 'Escape' || event.nativeEvent.isComposing) return;
    if (lightboxOf(store.getState()) === null) actions.close();
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only keeps keys from the page.
    <div
      className="attache"
      data-theme={theme}
      dir={words.direction}
      lang={words.locale}
      ref={root}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.stopPropagation()}
      onKeyPress={(event) => event.stopPropagation()}
    >
      <section
        className="panel"
        role="dialog"
        aria-label={words.chat}
        aria-modal={phone || undefined}
        hidden={!open}
        ref={panel}
        {...handlers}
      >
        <Header heading={heading} />
        <div className="body">
          {empty ? <Welcome /> : <Transcript />}
          <ConnectionBanner />
        </div>
        <Tray />
        <Composer />
        <Picker />
        {over && <DropOverlay />}
      </section>
      <Lightbox />
    </div>
  );
}
