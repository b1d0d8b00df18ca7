import { cleanup, fireEvent } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import { anAttachment, attachmentsOf, paint } from '../panel.testing.tsx';

afterEach(cleanup);

describe('composer', () => {
  test('Enter sends, Shift+Enter breaks the line', async () => {
    const { screen, asked } = paint();
    const box = screen.getByRole('textbox', { name: 'Message' });
    await userEvent.type(box, 'one{Shift>}{Enter}{/Shift}two');
    expect(asked('send')).toEqual([]);
    await userEvent.type(box, '{Enter}');
    expect(asked('send')).toEqual([['one\ntwo']]);
  });

  test('Enter that belongs to an input method sends nothing', () => {
    const { screen, asked } = paint({ draft: 'にほん' });
    const box = screen.getByRole('textbox', { name: 'Message' });
    fireEvent.keyDown(box, { key: 'Enter', isComposing: true });
    fireEvent.keyDown(box, { key: 'Enter', keyCode: 229 });
    expect(asked('send')).toEqual([]);
  });

  test('Send says that there is nothing to send, and then sends nothing', async () => {
    const { screen, asked, set } = paint({ draft: '  ' });
    const send = screen.getByRole('button', { name: 'Send' });
    expect(send.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(send);
    expect(asked('send')).toEqual([]);
    set({ draft: 'Hello' });
    expect(send.getAttribute('aria-disabled')).toBe('false');
    await userEvent.click(send);
    expect(asked('send')).toEqual([['Hello']]);
  });

  test('a picked file alone can be sent, a refused one cannot', () => {
    const { screen, set } = paint({
      tray: ['a'],
      attachments: attachmentsOf(anAttachment('a', { at: 'rejected', why: { why: 'empty' } })),
    });
    const send = screen.getByRole('button', { name: 'Send' });
    expect(send.getAttribute('aria-disabled')).toBe('true');
    set({ attachments: attachmentsOf(anAttachment('a', { at: 'ready' })) });
    expect(send.getAttribute('aria-disabled')).toBe('false');
  });

  test('picks several files at once, of the accepted types only', () => {
    const { asked } = paint();
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    if (!input) throw new Error('no file input');
    expect(input.multiple).toBe(true);
    expect(input.accept.split(',')).toEqual(expect.arrayContaining(['image/jpeg', '.jpg', 'application/pdf', '.docx']));
    expect(input.accept).not.toContain('*');
    const files = ['a.png', 'b.png'].map((name) => new File(['x'], name, { type: 'image/png' }));
    fireEvent.change(input, { target: { files } });
    expect(asked('attach')).toEqual([[files]]);
  });

  test('with files switched off the attach button explains itself and opens no picker', async () => {
    const { screen } = paint({ fileSharing: 'off' });
    const input = document.querySelector<HTMLInputElement>('input[type=file]');
    let opened = 0;
    input?.addEventListener('click', () => {
      opened += 1;
    });
    await userEvent.click(screen.getByRole('button', { name: 'Attach files' }));
    expect(opened).toBe(0);
    expect(screen.getByText('Files are switched off for this chat. Words work as always.').className).toBe(
      'composer-note',
    );
  });
});
