import type { StoreApi } from 'zustand/vanilla';
import { hostScheme, type Look } from './look.ts';

/** Where a page says which scheme it wears: `color-scheme` follows from these attributes in every theme switch we have met. */
const WATCHED = { attributes: true, attributeFilter: ['class', 'style', 'data-theme', 'data-bs-theme', 'data-mode'] };

/** Keeps a panel of the theme `host` in step with the page's own `color-scheme`. */
export function followHostTheme(look: StoreApi<Look>): () => void {
  const follow = () => {
    const scheme = hostScheme();
    if (look.getState().scheme !== scheme) look.setState({ scheme });
  };
  const watch = new MutationObserver(follow);
  for (const node of [document.documentElement, document.body]) watch.observe(node, WATCHED);
  follow();
  return () => watch.disconnect();
}
