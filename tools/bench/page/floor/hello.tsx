import { type KeyboardEvent, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** The least that a chat on React is: a button, and a panel with a list and a field. Beside it every figure is a ratio. */
function Hello() {
  const [open, setOpen] = useState(false);
  const [lines, setLines] = useState(Array.from({ length: 20 }, (_, index) => `Message ${index}`));

  function say(event: KeyboardEvent<HTMLTextAreaElement>) {
    if (event.key !== 'Enter') return;
    const { value } = event.currentTarget;
    setLines((before) => [...before, value]);
  }

  return (
    <>
      <button type="button" id="launcher" onClick={() => setOpen(!open)}>
        Chat
      </button>
      {open && (
        <section id="panel">
          <ul>
            {lines.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          <textarea aria-label="Message" onKeyDown={say} />
        </section>
      )}
    </>
  );
}

const place = document.createElement('div');
document.body.append(place);
createRoot(place).render(<Hello />);
