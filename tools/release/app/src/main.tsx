import { type Chat, createChat } from 'attache-chat';
import { StrictMode, useEffect, useRef } from 'react';
import { createRoot } from 'react-dom/client';

/** Where the services of this visit are. */
const domainApi = new URLSearchParams(location.search).get('services') ?? '';

function Shop() {
  const chat = useRef<Chat>(null);
  useEffect(() => {
    const host = document.body.appendChild(document.createElement('div'));
    const made = createChat({ account: '12345678', domainApi });
    made.mount(host.attachShadow({ mode: 'open' }));
    chat.current = made;
    return () => {
      made.destroy();
      host.remove();
    };
  }, []);
  return (
    <main>
      <h1>A shop in React</h1>
      <button type="button" onClick={() => chat.current?.open()}>
        Open chat
      </button>
    </main>
  );
}

const root = document.getElementById('root');
if (root) {
  createRoot(root).render(
    <StrictMode>
      <Shop />
    </StrictMode>,
  );
}
