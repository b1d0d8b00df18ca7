import { cleanup, fireEvent } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { HostedFile } from '../protocol/types.ts';
import { aMessage, anOwn, NOW, paint, transcriptOf } from './panel.testing.tsx';

afterEach(cleanup);

const conversation = {
  id: 'c',
  open: true,
  closeReason: null,
  dialogs: [],
  participants: [],
  startedAt: NOW,
  updatedAt: NOW,
};

const aFile = (more: Partial<HostedFile>): HostedFile => ({
  relativePath: '/p',
  fileType: 'JPG',
  caption: 'slope.jpg',
  preview: null,
  ...more,
});

describe('panel', () => {
  test('has the parts that docs/theming.md promises', () => {
    paint({ transcript: transcriptOf([aMessage('1', 'Hello')]) });
    const parts = Array.from(document.querySelectorAll('[part]'), (element) => element.getAttribute('part'));
    expect(new Set(parts)).toEqual(new Set(['panel', 'header', 'bubble', 'composer', 'send']));
  });

  test('is a named dialog with its fixed names, and hidden while closed', () => {
    const { screen, set } = paint();
    expect(screen.getByRole('dialog', { name: 'Chat' })).toBeTruthy();
    for (const name of ['Send', 'Attach files', 'Close chat'])
      expect(screen.getByRole('button', { name })).toBeTruthy();
    set({ panelOpen: false });
    expect(screen.getByRole('dialog', { hidden: true }).hidden).toBe(true);
  });

  test('opening puts the focus in the composer', () => {
    const { screen, set } = paint({ panelOpen: false });
    set({ panelOpen: true });
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
  });

  test('Esc closes it, and an open lightbox first', async () => {
    const file = aFile({});
    const { screen, asked, set } = paint({
      transcript: transcriptOf([aMessage('1', '', { body: { type: 'file', file } })]),
      lightbox: '1',
    });
    const photo = screen.getByRole('dialog', { name: 'Photo' });
    fireEvent(photo, new Event('cancel', { cancelable: true }));
    expect(asked('showLightbox')).toEqual([[null]]);
    expect(asked('close')).toEqual([]);
    set({ lightbox: null });
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), '{Escape}');
    expect(asked('close')).toHaveLength(1);
  });

  test('keeps its keys from the page', async () => {
    const heard: string[] = [];
    const listen = (event: Event) => heard.push(event.type);
    for (const type of ['keydown', 'keypress', 'keyup']) document.addEventListener(type, listen);
    const { screen } = paint();
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), '/s?');
    for (const type of ['keydown', 'keypress', 'keyup']) document.removeEventListener(type, listen);
    expect(heard).toEqual([]);
  });

  test('welcomes, and sends a suggestion by one press', async () => {
    const { screen, asked } = paint();
    await userEvent.click(screen.getByRole('button', { name: 'Where is my order?' }));
    expect(asked('send')).toEqual([['Where is my order?']]);
  });

  test('welcomes in its own words where the brand has none, and names files only where they can be sent', () => {
    const { screen, store, set } = paint();
    set({ settings: { ...store.getState().settings, welcome: null, welcomeHint: null } });
    expect(screen.getByRole('heading', { name: 'Hello. How can we help?' })).toBeTruthy();
    expect(screen.getByText(/drop photos and files/)).toBeTruthy();
    set({ fileSharing: 'off' });
    expect(screen.queryByText(/drop photos and files/)).toBeNull();
  });

  test('ends a conversation only after asking', async () => {
    const { screen, asked } = paint({ conversation });
    await userEvent.click(screen.getByRole('button', { name: 'More options' }));
    await userEvent.click(screen.getByRole('menuitem', { name: 'End conversation' }));
    expect(screen.getByRole('alertdialog', { name: 'End this conversation?' })).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(asked('close')).toEqual([]);
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'More options' }));
    await userEvent.click(screen.getByRole('button', { name: 'More options' }));
    await userEvent.click(screen.getByRole('menuitem'));
    expect(asked('endConversation')).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'End conversation' }));
    expect(asked('endConversation')).toHaveLength(1);
  });

  test('says so no longer once something is written that will begin the next one', () => {
    const ended = { ...conversation, open: false };
    const next = anOwn('2', { type: 'text', text: 'And another thing' });
    const { screen } = paint({
      conversation: ended,
      transcript: transcriptOf([aMessage('1', 'Bye'), { ...next, dialogId: null }]),
    });
    expect(screen.queryByText('Write a message to start a new one.', { exact: false })).toBeNull();
    const line = screen.getByText('Conversation ended', { selector: '.line' });
    expect(line.nextElementSibling?.getAttribute('data-message')).toBe('2');
  });

  test('says that the conversation has ended and how to go on', () => {
    const { screen } = paint({
      conversation: { ...conversation, open: false },
      transcript: transcriptOf([aMessage('1', 'Bye')]),
    });
    expect(screen.getByText('Write a message to start a new one.', { exact: false })).toBeTruthy();
  });
});

describe('connection', () => {
  test.each([
    [{ at: 'online' }, 'Usually replies in 2 minutes', null],
    [{ at: 'connecting', tries: 0 }, 'Connecting…', null],
    [{ at: 'waiting', tries: 1, until: 0 }, 'Reconnecting…', 'Reconnecting. Your messages are kept and will be sent.'],
    [
      { at: 'waiting', tries: 3, until: 0 },
      'Reconnecting…',
      'The chat cannot be reached just now. Your messages are kept.',
    ],
    [
      { at: 'refused', why: { kind: 'refused', delivery: 'refused', code: 401, message: '' } },
      'Not connected',
      'Sign in again to continue. Your draft is kept.',
    ],
  ] as const)('%j', (connection, line, banner) => {
    const { screen } = paint({ connection });
    expect(screen.getByText(line)).toBeTruthy();
    if (banner) expect(screen.getByText(banner)).toBeTruthy();
    else expect(document.querySelector('.banner')).toBeNull();
  });

  test.each([
    { at: 'waiting', tries: 4, until: 0 },
    { at: 'refused', why: { kind: 'refused', delivery: 'refused', code: 401, message: '' } },
    { at: 'refused', why: { kind: 'refused', delivery: 'refused', code: 404, message: '' } },
  ] as const)('%j has one way out', async (connection) => {
    const { screen, asked } = paint({ connection });
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(asked('reconnect')).toHaveLength(1);
  });
});

test('a try that the consumer asked for is seen to be under way until it has failed', async () => {
  const { screen, set } = paint({ connection: { at: 'waiting', tries: 4, until: 0 } });
  const spinner = () => document.querySelector('.banner .spinner');
  expect(spinner()).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(spinner()).not.toBeNull();
  set({ connection: { at: 'connecting', tries: 4 } });
  expect(spinner()).not.toBeNull();
  set({ connection: { at: 'waiting', tries: 4, until: 0 } });
  expect(spinner()).toBeNull();
});

describe('stored files', () => {
  const paintFile = (more: Partial<HostedFile>, state = {}) =>
    paint({ transcript: transcriptOf([aMessage('1', '', { body: { type: 'file', file: aFile(more) } })]), ...state });

  test('does not write a name under a photo, but does write a caption', () => {
    paintFile({ caption: 'slope.jpg' });
    expect(document.querySelector('figcaption')).toBeNull();
    cleanup();
    paintFile({ caption: 'This corner stays bare' });
    expect(document.querySelector('figcaption')?.textContent).toBe('This corner stays bare');
  });

  test('shows the real photo without leaking where it is shown', () => {
    const { asked } = paintFile(
      {},
      { downloads: new Map([['/p', { at: 'ready', url: 'https://swift.example/p', expires: 9e12 }]]) },
    );
    const image = document.querySelector<HTMLImageElement>('.photo-real');
    expect(image?.getAttribute('crossorigin')).toBe('anonymous');
    expect(image?.getAttribute('referrerpolicy')).toBe('no-referrer');
    if (image) fireEvent.error(image);
    expect(asked('imageFailed')).toEqual([['/p']]);
  });

  test('a photo that cannot be loaded can be asked for again', async () => {
    const { screen, asked } = paintFile(
      {},
      { downloads: new Map([['/p', { at: 'failed', why: { kind: 'dropped', delivery: 'unknown' } }]]) },
    );
    expect(screen.getByText('slope.jpg could not be loaded')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(asked('wantFile')).toContainEqual(['/p']);
  });

  test('a document is a card with its download', async () => {
    const { screen, asked } = paintFile({ fileType: 'PDF', caption: 'Meadow planting guide 2026.pdf' });
    await userEvent.click(screen.getByRole('button', { name: 'Download Meadow planting guide 2026.pdf' }));
    expect(asked('saveFile')).toEqual([['/p', 'Meadow planting guide 2026.pdf']]);
  });

  test('a hostile name is shown and saved without its tricks', () => {
    const { screen } = paintFile({ fileType: 'PDF', caption: 'bill\u202Efdp.exe' });
    expect(screen.getByRole('button', { name: 'Download billfdp.exe.pdf' })).toBeTruthy();
  });

  test('a photo opens large, and arrows go from one to the next', async () => {
    const file = (name: string) =>
      ({ type: 'file', file: aFile({ caption: name, relativePath: `/${name}` }) }) as const;
    const { screen, store } = paint({
      transcript: transcriptOf([
        aMessage('1', '', { body: file('a.jpg') }),
        aMessage('2', 'between'),
        aMessage('3', '', { body: file('b.jpg') }),
      ]),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Open photo from Ana: a.jpg' }));
    const dialog = screen.getByRole('dialog', { name: 'Photo' });
    fireEvent.keyDown(dialog, { key: 'ArrowRight' });
    expect(store.getState().lightbox).toBe('3');
    fireEvent.keyDown(dialog, { key: 'ArrowRight' });
    expect(store.getState().lightbox).toBe('3');
    await userEvent.click(screen.getByRole('button', { name: 'Close photo' }));
    expect(store.getState().lightbox).toBeNull();
  });
});
