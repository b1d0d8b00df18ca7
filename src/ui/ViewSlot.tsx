import { type ReactNode, useEffect } from 'react';
import { useStore } from 'zustand';
import { isOnline } from '../store/selectors.ts';
import type { Views } from './arrival.ts';
import { useChat, useChatState } from './context.ts';
import { NotLoaded } from './File/NotLoaded.tsx';

interface ViewSlotProps {
  /** Of the box that keeps the place until the views are here; without it nothing stands there. */
  readonly waiting?: string;
  readonly children: (views: Views) => ReactNode;
}

/** A place for one of the views. It asks for them when it appears, and again when the connection comes back. */
export function ViewSlot({ waiting, children }: ViewSlotProps) {
  const { later } = useChat();
  const arrival = useStore(later.arrival);
  const online = useChatState(isOnline);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was lost with the network comes with it.
  useEffect(() => later.want(), [later, online]);
  if (arrival.at === 'here') {
    const { Speaking } = arrival.views;
    return <Speaking>{children(arrival.views)}</Speaking>;
  }
  if (waiting === undefined) return null;
  return <div className={waiting}>{arrival.at === 'failed' && <NotLoaded onAgain={later.want} />}</div>;
}
