import type { ChatOptions } from '../../widget/options.ts';
import { messagesWanted, preload } from './preload.ts';

/** What the embedding snippet defines: commands wait in its queue until the loader is there. */
type Attache = (command: 'boot', options: ChatOptions) => void;

const ACCOUNT = '12345678';
const query = new URLSearchParams(location.search);

function themeAsked(): 'light' | 'dark' | null {
  const theme = query.get('theme');
  return theme === 'light' || theme === 'dark' ? theme : null;
}

/** The token of a prepared conversation where `?n=` asks for one; a failure is said on the page and the chat starts empty. */
async function preparedIdentity(): Promise<string | null> {
  try {
    const messages = messagesWanted(query);
    return messages === null ? null : await preload(location.origin, ACCOUNT, messages);
  } catch (error) {
    const notice = document.getElementById('notice');
    if (notice) notice.textContent = error instanceof Error ? error.message : String(error);
    return null;
  }
}

async function start(): Promise<void> {
  const theme = themeAsked();
  if (theme) document.documentElement.dataset.theme = theme;
  const jwt = await preparedIdentity();
  const { attache } = window as unknown as { attache: Attache };
  attache('boot', {
    account: ACCOUNT,
    domainApi: location.origin,
    brandName: 'Meadow Support',
    promise: 'Usually replies in 2 minutes',
    welcome: 'Hello. How can we help your meadow grow?',
    welcomeHint: 'Ask anything, or show us: drop a photo anywhere in this window.',
    suggestions: ['Which mix for my soil?', 'Where is my order?', 'Talk to a gardener'],
    brandColor: '#156f43',
    ...(theme === null ? {} : { theme }),
    ...(jwt === null ? {} : { jwt }),
  });
}

void start();
