/** The least that any chat has to do: Enter shows a bubble and sends a frame, the echo labels it "Sent". */
export interface BareProbe {
  /** Puts a field and an empty transcript at the end of the page, and connects to an echoing address. */
  start(url: string): Promise<void>;
  /** What is sent at each Enter, whatever the field says. */
  load(frame: string): void;
}

/** Runs in the page before anything else does; sees nothing of this module but itself. */
export function installBare(): void {
  const Native = window.WebSocket;
  let frame = '';

  function say(socket: WebSocket, transcript: Element, text: string): void {
    const article = document.createElement('article');
    article.textContent = text;
    article.ariaLabel = 'You, Sending';
    transcript.append(article);
    socket.onmessage = () => {
      article.ariaLabel = 'You, Sent';
    };
    socket.send(frame);
  }

  const probe: BareProbe = {
    load(given) {
      frame = given;
    },
    async start(url) {
      const transcript = document.createElement('section');
      const field = document.createElement('input');
      transcript.id = 'bare';
      field.ariaLabel = 'Bare message';
      document.body.append(field, transcript);
      const socket = new Native(url);
      await new Promise((resolve, reject) => {
        socket.onopen = resolve;
        socket.onerror = () => reject(new Error(`no socket to ${url}`));
      });
      field.addEventListener('keydown', ({ key }) => {
        if (key !== 'Enter') return;
        say(socket, transcript, field.value);
        field.value = '';
      });
    },
  };
  Object.assign(window, { bareProbe: probe });
}
