import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { useStore } from 'zustand';
import type { Actions } from '../flows/actions.ts';
import type { ChatStore } from '../store/store.ts';
import { createAnnouncer } from '../ui/Announcer/announcer.ts';
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
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(themeText(options.brandColor ?? DEFAULT_BRAND) + sheetText);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
  const container = document.createElement('div');
  root.append(container);
  const announcer = createAnnouncer(document);
  const react = createRoot(container);
  const locale = options.locale ?? (document.documentElement.lang || navigator.language);

  function Root() {
    const isOpen = useStore(store, (state) => state.panelOpen);
    if (!isOpen) return null;
    return (
      <Panel store={store} actions={actions} announcer={announcer} locale={locale} theme={options.theme ?? 'auto'} />
    );
  }

  react.render(
    <StrictMode>
      <Root />
    </StrictMode>,
  );
  return () => {
    react.unmount();
    container.remove();
    announcer.dispose();
    root.adoptedStyleSheets = root.adoptedStyleSheets.filter((other) => other !== sheet);
  };
}
