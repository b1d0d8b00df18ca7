import { type MouseEvent, type PointerEvent, useRef } from 'react';
import type { Zoom } from './useZoom.ts';
import type { Point } from './zoom.ts';

/** Px that a finger may stray in a tap. */
const STRAY = 8;
/** Ms between the taps of a double tap, and px between their places. */
const TWICE_WITHIN = 300;
const TWICE_NEAR = 30;
/** Px of a stroke that turns to the next photo. */
const STROKE = 56;

interface Tap extends Point {
  readonly at: number;
}

export interface Gestures {
  /** A finger's stroke: -1 to the left, 1 to the right. */
  onStroke(way: -1 | 1): void;
  /** A click beside the photo. */
  onBeside(): void;
}

const far = (a: Point, b: Point) => Math.hypot(a.x - b.x, a.y - b.y);
const between = (a: Point, b: Point) => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });

/** Whether a press belongs to something that stands on the stage. */
function isOnControl({ target }: { target: EventTarget }): boolean {
  return target instanceof Element && target.closest('button, p') !== null;
}

/** Mouse, pen and fingers on the stage: pan, pinch, double tap, stroke, and a click beside the photo. */
export function useGestures(zoom: Zoom, { onStroke, onBeside }: Gestures) {
  const down = useRef(new Map<number, Point>());
  const start = useRef<Point>({ x: 0, y: 0 });
  const course = useRef<'tap' | 'stroke' | 'pinch'>('tap');
  const lastTap = useRef<Tap | null>(null);

  function onPointerDown(event: PointerEvent) {
    if (isOnControl(event) || (event.pointerType === 'mouse' && event.button !== 0)) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (down.current.size === 0) {
      start.current = { x: event.clientX, y: event.clientY };
      course.current = 'tap';
    }
    down.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
  }

  function onPointerMove(event: PointerEvent) {
    const before = down.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    down.current.set(event.pointerId, now);
    if (down.current.size > 1) course.current = 'pinch';
    else if (course.current === 'tap' && far(now, start.current) > STRAY) course.current = 'stroke';
    const other = [...down.current].find(([id]) => id !== event.pointerId)?.[1];
    if (!other) return zoom.follow(1, now, { x: now.x - before.x, y: now.y - before.y });
    const [from, to] = [between(before, other), between(now, other)];
    zoom.follow(far(now, other) / Math.max(1, far(before, other)), to, { x: to.x - from.x, y: to.y - from.y });
  }

  function tapped(event: PointerEvent): void {
    const tap = { x: event.clientX, y: event.clientY, at: event.timeStamp };
    const last = lastTap.current;
    const twice = last !== null && tap.at - last.at < TWICE_WITHIN && far(tap, last) < TWICE_NEAR;
    lastTap.current = twice ? null : tap;
    if (twice && zoom.isOnPhoto(tap)) zoom.toggle(tap);
  }

  function onPointerUp(event: PointerEvent) {
    if (!down.current.delete(event.pointerId) || down.current.size > 0) return;
    if (course.current === 'tap') return tapped(event);
    const [across, along] = [event.clientX - start.current.x, event.clientY - start.current.y];
    const isStroke = course.current === 'stroke' && event.pointerType === 'touch' && zoom.view.scale === 1;
    if (isStroke && Math.abs(across) > STROKE && Math.abs(across) > 2 * Math.abs(along)) onStroke(across < 0 ? -1 : 1);
  }

  return {
    onPointerDown,
    onPointerMove,
    onPointerUp,
    onPointerCancel(event: PointerEvent) {
      down.current.delete(event.pointerId);
    },
    onClick(event: MouseEvent) {
      if (isOnControl(event) || course.current !== 'tap') return;
      if (!zoom.isOnPhoto({ x: event.clientX, y: event.clientY })) onBeside();
    },
  };
}
