import { createRoot } from 'react-dom/client';
import { Console } from './Console.tsx';
import { startDesk } from './desk.ts';

const query = new URLSearchParams(location.search);
const theme = query.get('theme');
if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;

// The demo account's agent. A real console would ask a person who they are.
const desk = startDesk({
  domainApi: location.origin,
  account: '12345678',
  username: 'agent@example.com',
  password: 'demo',
});

const root = document.getElementById('console');
if (root) createRoot(root).render(<Console desk={desk} />);
