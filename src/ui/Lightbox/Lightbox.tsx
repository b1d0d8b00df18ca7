import { lightboxOf } from '../../store/selectors.ts';
import { useChatState } from '../context.ts';
import { ViewSlot } from '../ViewSlot.tsx';

/** The photo shown large, if one is. */
export function Lightbox() {
  const shown = useChatState(lightboxOf);
  return shown === null ? null : <ViewSlot>{({ Viewer }) => <Viewer shown={shown} />}</ViewSlot>;
}
