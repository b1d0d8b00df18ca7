import { StrictMode, startTransition, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { type StoreApi, useStore } from 'zustand';
import type { Actions } from '../flows/actions.ts';
import type { ChatStore } from '../store/store.ts';
import { createAnnouncer } from '../ui/Announcer/announcer.ts';
import { createLaterViews } from '../ui/arrival.ts';
import { importAgain } from '../ui/importAgain.ts';
import { Panel } from '../ui/Panel.tsx';
import { sheetText } from '../ui/styles.ts';
import { DEFAULT_BRAND, themeText } from '../ui/theme.ts';
import type { Look } from './look.ts';

interface Mounting {
  readonly store: ChatStore;
  readonly actions: Actions;
  readonly look: StoreApi<Look>;
  /** Whether the panel may take the focus when it opens. */
  mayFocus(): boolean;
}

export interface Mounted {
  /** Makes the panel before anybody has seen it, in pauses of the page, so that opening it is showing it. */
  prepare(): void;
  /** Takes it away again. */
  unmount(): void;
}

/** Renders the panel into the root, with its first opening. Styles are adopted sheets: no policy forbids them. */
export function mountPanel(root: ShadowRoot, { store, actions, look, mayFocus }: Mounting): Mounted {
  const sheets: CSSStyleSheet[] = [];
  let gone = false;
  function adopt(css: string) {
    if (gone) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.push(sheet);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
  adopt(sheetText);
  const colors = new CSSStyleSheet();
  sheets.push(colors);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, colors];
  const paint = ({ brandColor = DEFAULT_BRAND }: Look) => colors.replaceSync(themeText(brandColor));
  const stopPainting = look.subscribe((now, before) => now.brandColor !== before.brandColor && paint(now));
  paint(look.getState());
  const later = createLaterViews(
    importAgain(() => import('../ui/views.tsx')),
    adopt,
  );
  const container = document.createElement('div');
  // No box of its own: an inline panel fills the host.
  container.style.display = 'contents';
  root.append(container);
  const announcer = createAnnouncer(document);
  const react = createRoot(container);

  function Root({ early }: { readonly early: boolean }) {
    const isOpen = useStore(store, (state) => state.panelOpen);
    const { theme, scheme, inline, locale } = useStore(look);
    // Once it has been open it only hides: where the consumer was reading, and what is to be announced, survive closing.
    const [hasOpened, setHasOpened] = useState(isOpen);
    if (isOpen && !hasOpened) setHasOpened(true);
    if (!hasOpened && !early) return null;
    return (
      <Panel
        store={store}
        actions={actions}
        later={later}
        announcer={announcer}
        locale={locale}
        theme={theme === 'host' ? scheme : theme}
        inline={inline}
        early={!hasOpened}
        mayFocus={mayFocus}
      />
    );
  }

  const render = (early: boolean) =>
    react.render(
      <StrictMode>
        <Root early={early} />
      </StrictMode>,
    );
  render(false);
  return {
    prepare: () => startTransition(() => render(true)),
    unmount() {
      gone = true;
      stopPainting();
      // Not at once: an effect of the page's own React may be destroying us, and React does not unmount while it renders.
      queueMicrotask(() => react.unmount());
      container.remove();
      announcer.dispose();
      root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
    },
  };
}
