import { lightboxOf } from '../../store/selectors.ts';
import { useChatState } from '../context.ts';
import { Viewer } from './Viewer.tsx';

/** The photo shown large, if one is. */
export function Lightbox() {
  const shown = useChatState(lightboxOf);
  return shown === null ? null : <Viewer shown={shown} />;
}
