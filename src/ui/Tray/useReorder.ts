import { type PointerEvent, type RefObject, useEffect, useLayoutEffect, useRef } from 'react';
import type { Attachment } from '../../model/attachment.ts';
import { useActions, useChat } from '../context.ts';
import { useViewWords } from '../viewWords.tsx';

/** Px that a pointer strays before it drags a tile instead of pressing on it. */
const STRAY = 6;

/** What the tiles need to change their order. */
export interface Reorder {
  readonly list: RefObject<HTMLUListElement | null>;
  /** By keyboard or button: to a place, which is said aloud; the focus stays where it was. */
  move(id: string, to: number): void;
  /** By mouse or pen, which then drags the tile. Fingers scroll the tray, and have the buttons. */
  grab(event: PointerEvent, id: string): void;
}

interface Drag {
  readonly id: string;
  readonly pointerId: number;
  /** Where the pointer and the tile were at first, in px. */
  readonly from: number;
  readonly left: number;
  at: number;
  moving: boolean;
  /** The place asked for, until the tray has it. */
  to: number | null;
}

function tileOf(list: HTMLElement | null, id: string): HTMLElement | null {
  return list?.querySelector<HTMLElement>(`[data-id="${CSS.escape(id)}"]`) ?? null;
}

/** The place whose tile lies under a dragged one's middle. Tiles stand where the layout has them, not where they are drawn. */
function placeUnder(list: HTMLElement, middle: number): number {
  return [...list.children].findIndex(
    (tile) => tile instanceof HTMLElement && middle >= tile.offsetLeft && middle <= tile.offsetLeft + tile.offsetWidth,
  );
}

/** Draws the dragged tile under the pointer, wherever in the row it stands by now. */
function follow(list: HTMLElement | null, drag: Drag): HTMLElement | null {
  const tile = tileOf(list, drag.id);
  if (!tile) return null;
  tile.style.transform = `translateX(${drag.at - drag.from - (tile.offsetLeft - drag.left)}px)`;
  tile.dataset.dragged = 'true';
  return tile;
}

export function useReorder(files: readonly Attachment[]): Reorder {
  const { announcer } = useChat();
  const words = useViewWords();
  const actions = useActions();
  const list = useRef<HTMLUListElement>(null);
  const drag = useRef<Drag | null>(null);
  /** What had the focus when its tile was moved: an element loses it when it is put elsewhere. */
  const focused = useRef<HTMLElement | null>(null);
  const stop = useRef(() => {});
  const order = files.map(({ id }) => id).join(' ');

  // biome-ignore lint/correctness/useExhaustiveDependencies: the order is what moves the tiles.
  useLayoutEffect(() => {
    focused.current?.focus({ preventScroll: true });
    focused.current?.closest('li')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    focused.current = null;
    if (drag.current?.moving) {
      drag.current.to = null;
      follow(list.current, drag.current);
    }
  }, [order]);

  useEffect(() => () => stop.current(), []);

  function move(id: string, to: number): void {
    const file = files.find((one) => one.id === id);
    if (!file || to < 0 || to >= files.length) return;
    const root = list.current?.getRootNode();
    const active = root instanceof ShadowRoot || root instanceof Document ? root.activeElement : null;
    if (active instanceof HTMLElement) focused.current = active;
    actions.moveInTray(id, to);
    announcer?.say(words.moved(file.name, to + 1, files.length));
  }

  function drawn(now: Drag): void {
    const tile = follow(list.current, now);
    if (!tile || !list.current) return;
    const place = placeUnder(list.current, now.left + now.at - now.from + tile.offsetWidth / 2);
    if (place < 0 || place === now.to || list.current.children[place] === tile) return;
    now.to = place;
    actions.moveInTray(now.id, place);
  }

  function grab(event: PointerEvent, id: string): void {
    const tile = tileOf(list.current, id);
    if (!tile || event.pointerType === 'touch' || event.button !== 0 || files.length < 2) return;
    stop.current();
    const from = event.clientX;
    const now: Drag = {
      id,
      pointerId: event.pointerId,
      from,
      left: tile.offsetLeft,
      at: from,
      moving: false,
      to: null,
    };
    drag.current = now;
    const life = new AbortController();
    stop.current = () => {
      life.abort();
      drag.current = null;
      const dragged = tileOf(list.current, id);
      dragged?.style.removeProperty('transform');
      delete dragged?.dataset.dragged;
    };
    const { signal } = life;
    // On the page: captured by the tile, the pointer would be lost when the tile is put elsewhere.
    document.addEventListener(
      'pointermove',
      (moved) => {
        if (moved.pointerId !== now.pointerId) return;
        now.at = moved.clientX;
        now.moving ||= Math.abs(now.at - from) > STRAY;
        if (now.moving) drawn(now);
      },
      { signal },
    );
    for (const type of ['pointerup', 'pointercancel']) document.addEventListener(type, stop.current, { signal });
  }

  return { list, move, grab };
}
