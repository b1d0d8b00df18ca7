import type { Group } from '../metric.ts';
import { openPlace } from '../place.ts';
import { measureIdle } from './idle.ts';
import { measureReconnect } from './reconnect.ts';
import { measureSending } from './sending.ts';

/** Sending, coming back and idling, on the built files in Chromium against the sandbox. */
export const messaging: Group = {
  name: 'messaging',
  async measure(say) {
    const place = await openPlace();
    try {
      say('sending');
      const sending = await measureSending(place);
      say('coming back');
      const reconnect = await measureReconnect(place);
      say('idling');
      return [...sending, ...reconnect, ...(await measureIdle(place))];
    } finally {
      await place.close();
    }
  },
};
