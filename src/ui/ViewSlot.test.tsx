import { cleanup, fireEvent } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { createLaterViews } from './arrival.ts';
import { aMessage, anAttachment, attachmentsOf, NOW, paint, transcriptOf } from './panel.testing.tsx';
import * as views from './views.tsx';

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

describe('views on their way', () => {
  function arriving() {
    const load = vi.fn(async () => views);
    return { load, later: createLaterViews(load, () => {}) };
  }
  const transcript = transcriptOf([aMessage('1', 'Hello there')]);

  test('an untouched panel does without them', () => {
    const { load, later } = arriving();
    paint({}, { later });
    expect(load).not.toHaveBeenCalled();
  });

  test('a letter typed asks for them', () => {
    const { load, later } = arriving();
    const { set } = paint({}, { later });
    set({ draft: 'H' });
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('files over the panel ask for them', () => {
    const { load, later } = arriving();
    const { screen } = paint({}, { later });
    fireEvent.dragEnter(screen.getByRole('dialog'), { dataTransfer: { types: ['Files'] } });
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('opening the picker asks for them', async () => {
    const { load, later } = arriving();
    const { screen } = paint({}, { later });
    await userEvent.click(screen.getByRole('button', { name: 'Attach files' }));
    expect(load).toHaveBeenCalledTimes(1);
  });

  test('the transcript, the tray and the menu appear once they are here', async () => {
    const { later } = arriving();
    const { screen } = paint(
      { conversation, transcript, tray: ['a'], attachments: attachmentsOf(anAttachment('a', { at: 'ready' })) },
      { later },
    );
    expect(screen.queryByRole('article')).toBeNull();
    expect(await screen.findByRole('article')).toBeTruthy();
    expect(screen.getByRole('region', { name: 'Files to send' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'More options' })).toBeTruthy();
  });

  test('what could not be fetched can be asked for again, and the rest of the panel works on', async () => {
    const { load, later } = arriving();
    load.mockRejectedValueOnce(new TypeError('no network'));
    const { screen, asked } = paint({ transcript }, { later });
    expect(await screen.findByText('Could not be loaded')).toBeTruthy();
    await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'H');
    expect(asked('setDraft')).toEqual([['H']]);
  });

  test('pressing "Try again" fetches them', async () => {
    const { load, later } = arriving();
    load.mockRejectedValueOnce(new TypeError('no network'));
    const { screen } = paint({ transcript }, { later });
    await userEvent.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText('Hello there')).toBeTruthy();
  });

  test('the connection coming back fetches them', async () => {
    const { load, later } = arriving();
    load.mockRejectedValueOnce(new TypeError('no network'));
    const { screen, set } = paint({ transcript, connection: { at: 'waiting', tries: 1, until: 0 } }, { later });
    await screen.findByText('Could not be loaded');
    set({ connection: { at: 'online' } });
    expect(await screen.findByText('Hello there')).toBeTruthy();
  });
});
