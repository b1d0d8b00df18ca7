import { type RefObject, useEffect } from 'react';

/**
 * Tells the CSS where the visual viewport is: a phone's keyboard covers the layout viewport without changing it, so a sheet
 * of `100dvh` would have its composer below the keyboard (USERS §5).
 */
export function useViewport(root: RefObject<HTMLElement | null>, active: boolean): void {
  useEffect(() => {
    const viewport = window.visualViewport;
    const node = root.current;
    if (!viewport || !node || !active) return;
    let frame = 0;
    function apply() {
      node?.style.setProperty('--attache-viewport-height', `${viewport?.height}px`);
      node?.style.setProperty('--attache-viewport-offset', `${viewport?.offsetTop}px`);
    }
    function soon() {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(apply);
    }
    apply();
    viewport.addEventListener('resize', soon);
    viewport.addEventListener('scroll', soon);
    return () => {
      cancelAnimationFrame(frame);
      viewport.removeEventListener('resize', soon);
      viewport.removeEventListener('scroll', soon);
      node.style.removeProperty('--attache-viewport-height');
      node.style.removeProperty('--attache-viewport-offset');
    };
  }, [root, active]);
}
