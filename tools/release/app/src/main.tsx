import { AttacheChat } from 'attache-chat/react';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

/** Where the services of this visit are. */
const domainApi = new URLSearchParams(location.search).get('services') ?? '';

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <h1>A shop in React</h1>
      <AttacheChat account="12345678" domainApi={domainApi} />
    </StrictMode>,
  );
}
