// The least that a script tag can do: a button.
const button = document.createElement('button');
button.id = 'launcher';
button.textContent = 'Chat';
document.body.append(button);
