import type { PageFace } from '../net/ports.ts';

/** A page with a title; counts the sounds. */
export function fakePage(title = 'A brand'): PageFace & { chimes: number } {
  let current = title;
  return {
    chimes: 0,
    title: () => current,
    setTitle(next) {
      current = next;
    },
    chime() {
      this.chimes += 1;
    },
  };
}
