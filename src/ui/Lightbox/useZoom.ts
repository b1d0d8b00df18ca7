import { type RefObject, useEffect, useRef, useState } from 'react';
import { isOnPhoto, type Point, panned, type Room, roomFor, type Size, type View, WHOLE, zoomed } from './zoom.ts';

const MIDDLE: Point = { x: 0, y: 0 };
/** Factor of one press of a key or button. */
const STEP = 1.5;
/** Factor of a double tap. */
const CLOSER = 2.5;
/** Share of a wheel's pixels that becomes scale: a notch of 100 px is a third more. */
const WHEEL = 0.003;

/** One photo's view and what changes it. Points are of the page, as events have them. */
export interface Zoom {
  readonly stage: RefObject<HTMLDivElement | null>;
  /** What is enlarged; as large as the whole photo may become. */
  readonly frame: RefObject<HTMLDivElement | null>;
  readonly view: View;
  /** Whether the view changes by a step that may be shown as a movement. */
  readonly gliding: boolean;
  /** The photo's own pixels, once they are known. */
  measured(natural: Size): void;
  in(): void;
  out(): void;
  whole(): void;
  /** To a closer look at a point, or back to the whole. */
  toggle(at: Point): void;
  /** Under moving fingers: a factor around a point, and the way the point went. */
  follow(factor: number, at: Point, by: Point): void;
  pan(by: Point): void;
  isOnPhoto(at: Point): boolean;
}

/**
 * How the photo `of` is looked at; another one is seen whole again.
 * @param preview its pixels as far as they are known before it has loaded
 */
export function useZoom(of: string, preview: Size | null): Zoom {
  const stage = useRef<HTMLDivElement>(null);
  const frame = useRef<HTMLDivElement>(null);
  const loaded = useRef<{ readonly of: string; readonly size: Size } | null>(null);
  const [shown, setShown] = useState({ of, view: WHOLE, gliding: false });
  const view = shown.of === of ? shown.view : WHOLE;

  function room(): Room | null {
    const [outer, inner] = [stage.current, frame.current];
    const natural = loaded.current?.of === of ? loaded.current.size : preview;
    if (!outer || !inner || !natural) return null;
    const size = (node: HTMLElement) => ({ width: node.offsetWidth, height: node.offsetHeight });
    return roomFor(natural, size(outer), size(inner));
  }

  function fromMiddle({ x, y }: Point): Point {
    const box = stage.current?.getBoundingClientRect();
    return box ? { x: x - box.left - box.width / 2, y: y - box.top - box.height / 2 } : MIDDLE;
  }

  function become(next: (view: View, room: Room) => View, glides: boolean): void {
    const now = room();
    if (!now) return;
    setShown((before) => ({ of, view: next(before.of === of ? before.view : WHOLE, now), gliding: glides }));
  }

  function follow(factor: number, at: Point, by: Point): void {
    const middle = fromMiddle(at);
    become((before, now) => panned(zoomed(before, factor, middle, now), by, now), false);
  }

  // Not by React: its wheel listeners are passive, and the page would be zoomed as well.
  useEffect(() => {
    const node = stage.current;
    function onWheel(event: WheelEvent) {
      event.preventDefault();
      follow(Math.exp(-event.deltaY * WHEEL * (event.ctrlKey ? 4 : 1)), event, MIDDLE);
    }
    node?.addEventListener('wheel', onWheel, { passive: false });
    return () => node?.removeEventListener('wheel', onWheel);
  });

  return {
    stage,
    frame,
    view,
    gliding: shown.gliding,
    measured(size) {
      loaded.current = { of, size };
    },
    in: () => become((before, now) => zoomed(before, STEP, MIDDLE, now), true),
    out: () => become((before, now) => zoomed(before, 1 / STEP, MIDDLE, now), true),
    whole: () => setShown({ of, view: WHOLE, gliding: true }),
    toggle(at) {
      const middle = fromMiddle(at);
      become((before, now) => (before.scale > 1 ? WHOLE : zoomed(before, CLOSER, middle, now)), true);
    },
    follow,
    pan: (by) => become((before, now) => panned(before, by, now), true),
    isOnPhoto(at) {
      const now = room();
      return now !== null && isOnPhoto(view, fromMiddle(at), now);
    },
  };
}
