import { type KeyboardEvent, useEffect, useMemo, useRef } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import type { Actions } from '../flows/actions.ts';
import { draftOf, isEmpty, isOpen, lightboxOf, trayOf } from '../store/selectors.ts';
import type { ChatState } from '../store/state.ts';
import { Announcing } from './Announcer/Announcing.tsx';
import type { Announcer } from './Announcer/announcer.ts';
import type { LaterViews } from './arrival.ts';
import { ConnectionBanner } from './Banner/ConnectionBanner.tsx';
import { Composer } from './Composer/Composer.tsx';
import { Picker } from './Composer/Picker.tsx';
import { usePaste } from './Composer/usePaste.ts';
import { type Chat, ChatContext, useActions, useChat, useChatState } from './context.ts';
import { useDrop } from './Drop/useDrop.ts';
import { Header } from './Header/Header.tsx';
import { Lightbox } from './Lightbox/Lightbox.tsx';
import { keepTabInside } from './tabLoop.ts';
import { PHONE, useMedia } from './useMedia.ts';
import { useViewport } from './useViewport.ts';
import { ViewSlot } from './ViewSlot.tsx';
import { Welcome } from './Welcome/Welcome.tsx';
import { english } from './words/en.ts';
import type { ViewWords } from './words/viewWords.ts';
import type { Words } from './words/words.ts';

export interface PanelProps {
  readonly store: StoreApi<ChatState>;
  readonly actions: Actions;
  /** Transcript and everything about files, fetched when there is something to see. */
  readonly later: LaterViews;
  /** All text; English when it is left out. */
  readonly words?: Words;
  /** English when it is left out. */
  readonly viewWords?: ViewWords;
  /** BCP 47 for numbers and times of the default words. */
  readonly locale?: string;
  readonly theme?: 'light' | 'dark' | 'auto';
  readonly announcer?: Announcer;
  /** Part of the page instead of floating above it: it cannot be closed, and is no sheet on a phone. */
  readonly inline?: boolean;
  /** Not opened yet, and laid out already: then the first opening has only to show it. */
  readonly early?: boolean;
  /** Whether it may take the focus when it opens: only by an act of the consumer. */
  readonly mayFocus?: () => boolean;
  /** Epoch ms. */
  readonly now?: () => number;
}

/**
 * The whole panel, for a container inside a shadow root that has adopted `sheetText` and `themeText(brand)`. It shows what
 * the store says, and asks for changes by `actions` only.
 */
export function Panel({
  store,
  actions,
  later,
  words,
  viewWords,
  locale,
  theme = 'auto',
  announcer,
  inline = false,
  early = false,
  mayFocus = always,
  now = Date.now,
}: PanelProps) {
  const picker = useRef<HTMLInputElement>(null);
  const composer = useRef<HTMLTextAreaElement>(null);
  const chat = useMemo<Chat>(
    () => ({
      store,
      actions,
      later,
      words: words ?? english(locale),
      viewWords: viewWords ?? null,
      announcer: announcer ?? null,
      now,
      picker,
      composer,
    }),
    [store, actions, later, words, viewWords, locale, announcer, now],
  );
  return (
    <ChatContext value={chat}>
      <Frame theme={theme} inline={inline} early={early} mayFocus={mayFocus} />
    </ChatContext>
  );
}

const always = () => true;

interface FrameProps {
  readonly theme: string;
  readonly inline: boolean;
  readonly early: boolean;
  readonly mayFocus: () => boolean;
}

function Frame({ theme, inline, early, mayFocus }: FrameProps) {
  const { words, composer, store, later } = useChat();
  const actions = useActions();
  const open = useChatState(isOpen);
  const empty = useChatState(isEmpty);
  const talking = useChatState((s) => s.conversation !== null || draftOf(s) !== '');
  const phone = useMedia(PHONE) && !inline;
  const root = useRef<HTMLDivElement>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  const panel = useRef<HTMLElement>(null);
  const { over, handlers } = useDrop();
  const { offered, decided, onPaste } = usePaste();
  useViewport(root, open && phone);

  // A moment before they are needed.
  useEffect(() => {
    if (talking) later.want();
  }, [talking, later]);

  // On a phone the heading: a focused text field would bring up the keyboard.
  useEffect(() => {
    if (open && mayFocus()) (matchMedia(PHONE).matches ? heading : composer).current?.focus({ preventScroll: true });
  }, [open, composer, mayFocus]);

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
      data-inline={inline}
      dir={words.direction}
      lang={words.locale}
      ref={root}
      onKeyDown={onKeyDown}
      onKeyUp={(event) => event.stopPropagation()}
      onKeyPress={(event) => event.stopPropagation()}
    >
      <section
        className={early ? 'panel early' : 'panel'}
        part="panel"
        {...(inline ? {} : { role: 'dialog', 'aria-modal': phone || undefined })}
        aria-label={words.chat}
        hidden={!open && !early}
        ref={panel}
        onPaste={onPaste}
        {...handlers}
      >
        <Header heading={heading} closable={!inline} />
        <div className="body">
          {empty ? <Welcome /> : <ViewSlot waiting="view-waiting">{({ Transcript }) => <Transcript />}</ViewSlot>}
          <ConnectionBanner />
        </div>
        <TrayPlace />
        {offered.length > 0 && <ViewSlot>{({ PictureOffer }) => <PictureOffer decided={decided} />}</ViewSlot>}
        <Composer />
        <Picker />
        {over && <ViewSlot>{({ DropOverlay }) => <DropOverlay carried={over} />}</ViewSlot>}
      </section>
      <Lightbox />
      <Announcing />
    </div>
  );
}

/** What is picked and not sent yet, if anything is. */
function TrayPlace() {
  const filled = useChatState((s) => trayOf(s).length > 0);
  return filled && <ViewSlot waiting="tray-waiting">{({ Tray }) => <Tray />}</ViewSlot>;
}
