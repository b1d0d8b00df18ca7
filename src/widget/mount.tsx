import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { useStore } from 'zustand';
import type { Actions } from '../flows/actions.ts';
import type { ChatStore } from '../store/store.ts';
import { createAnnouncer } from '../ui/Announcer/announcer.ts';
import { createLaterViews } from '../ui/arrival.ts';
import { importAgain } from '../ui/importAgain.ts';
import { Panel } from '../ui/Panel.tsx';
import { sheetText } from '../ui/styles.ts';
import { DEFAULT_BRAND, themeText } from '../ui/theme.ts';
import type { ChatOptions } from './options.ts';

interface Mounting {
  readonly store: ChatStore;
  readonly actions: Actions;
  readonly options: ChatOptions;
}

/** Renders the panel into the root and returns what takes it away again. Styles are adopted sheets: no policy forbids them. */
export function mountPanel(root: ShadowRoot, { store, actions, options }: Mounting): () => void {
  const sheets: CSSStyleSheet[] = [];
  let gone = false;
  function adopt(css: string) {
    if (gone) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.push(sheet);
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  }
  adopt(themeText(options.brandColor ?? DEFAULT_BRAND) + sheetText);
  const later = createLaterViews(
    importAgain(() => import('../ui/views.tsx')),
    adopt,
  );
  const container = document.createElement('div');
  root.append(container);
  const announcer = createAnnouncer(document);
  const react = createRoot(container);
  const locale = options.locale ?? (document.documentElement.lang || navigator.language);

  function Root() {
    const isOpen = useStore(store, (state) => state.panelOpen);
    // Once it has been open it only hides: where the consumer was reading, and what is to be announced, survive closing.
    const [hasOpened, setHasOpened] = useState(isOpen);
    if (isOpen && !hasOpened) setHasOpened(true);
    if (!hasOpened) return null;
    return (
      <Panel
        store={store}
        actions={actions}
        later={later}
        announcer={announcer}
        locale={locale}
        theme={options.theme ?? 'auto'}
      />
    );
  }

  react.render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
  return () => {
    gone = true;
    react.unmount();
    container.remove();
    announcer.dispose();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((sheet) => !sheets.includes(sheet));
  };
}
