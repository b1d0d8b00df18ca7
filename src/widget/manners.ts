import { PHONE } from '../ui/useMedia.ts';
import type { LaterWorld } from './later.ts';

/** Px that stay between the panel and what has been scrolled clear of it. */
const CLEARANCE = 8;

/** Whether a box is hidden behind another one; what shows by a few pixels cannot be used either. */
export function isCovered(box: DOMRect, by: DOMRect): boolean {
  const width = Math.min(box.right, by.right) - Math.max(box.left, by.left);
  const height = Math.min(box.bottom, by.bottom) - Math.max(box.top, by.top);
  return width > 0 && height > 0 && width * height > 0.5 * box.width * box.height;
}

/** The panel's conduct on somebody else's page while it is open and floats (USERS §9, §17). */
export function startManners({ store, place, root, look, close }: LaterWorld): () => void {
  const phone = matchMedia(PHONE);
  let unlock: (() => void) | null = null;

  const floats = () => store.getState().panelOpen && !look.getState().inline;

  /** The page behind a sheet that covers it must not scroll. */
  function settle(): void {
    const locked = floats() && phone.matches;
    if (locked) unlock ??= lockScrolling();
    else {
      unlock?.();
      unlock = null;
    }
  }

  /** What the page focuses is to be seen: it is scrolled clear of the panel, or the panel steps aside. */
  function focused({ target }: FocusEvent): void {
    if (!floats() || phone.matches || !(target instanceof Element) || target === place.host) return;
    const panel = root.querySelector('.panel')?.getBoundingClientRect();
    if (!panel || !isCovered(target.getBoundingClientRect(), panel)) return;
    const { bottom, height } = target.getBoundingClientRect();
    if (panel.top > height + CLEARANCE) scrollBy({ top: bottom - panel.top + CLEARANCE, behavior: 'instant' });
    if (isCovered(target.getBoundingClientRect(), panel)) close();
  }

  const stops = [store.subscribe(settle), look.subscribe(settle)];
  document.addEventListener('focusin', focused);
  phone.addEventListener('change', settle);
  settle();
  return () => {
    for (const stop of stops) stop();
    document.removeEventListener('focusin', focused);
    phone.removeEventListener('change', settle);
    unlock?.();
  };
}

/** Keeps the page from scrolling; what it returns puts everything back as it was, unless the page has changed it since. */
function lockScrolling(): () => void {
  const { documentElement: page } = document;
  const had = page.hasAttribute('style');
  const value = page.style.getPropertyValue('overflow');
  const priority = page.style.getPropertyPriority('overflow');
  page.style.setProperty('overflow', 'hidden', 'important');
  return () => {
    if (page.style.getPropertyValue('overflow') !== 'hidden') return;
    if (value === '') page.style.removeProperty('overflow');
    else page.style.setProperty('overflow', value, priority);
    // Chromium writes the attribute when somebody reads it, and removes none before.
    if (!had && page.getAttribute('style') === '') page.removeAttribute('style');
  };
}
