import type { Link } from './linkStates.ts';
import type { LinkStatus } from './ports.ts';

/** The link as the rest of the house sees it. */
export function statusOf(link: Link): LinkStatus {
  switch (link.at) {
    case 'closed':
      return { at: 'idle' };
    case 'resolving':
    case 'identifying':
    case 'opening':
    case 'greeting':
      return { at: 'connecting', tries: link.tries };
    case 'online':
      return { at: 'online' };
    case 'waiting':
      return { at: 'waiting', tries: link.tries, until: link.until };
    case 'refused':
      return { at: 'refused', why: link.why };
  }
}
