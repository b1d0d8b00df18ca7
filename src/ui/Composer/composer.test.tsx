import { cleanup, fireEvent } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
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
    expect(input.accept).toContain('.webp');
    // Asked for, an iPhone would hand it over instead of a JPEG.
    expect(input.accept).not.toContain('heic');
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

describe('what may be sent is said before anything is picked', () => {
  const LIMITS = 'Photos: JPG, PNG, GIF; above 3 MB they are made smaller';

  test('while the mouse is at the button', async () => {
    const { screen } = paint();
    const button = screen.getByRole('button', { name: 'Attach files' });
    await userEvent.hover(button);
    const note = document.getElementById(button.getAttribute('aria-describedby') ?? '');
    expect(note?.textContent).toContain(LIMITS);
    await userEvent.unhover(button);
    expect(screen.queryByText(LIMITS)).toBeNull();
  });

  test('Esc takes the note away and leaves the panel', async () => {
    const { screen, asked } = paint();
    const button = screen.getByRole('button', { name: 'Attach files' });
    await userEvent.hover(button);
    fireEvent.keyDown(button, { key: 'Escape' });
    expect(screen.queryByText(LIMITS)).toBeNull();
    expect(asked('close')).toEqual([]);
    fireEvent.keyDown(button, { key: 'Escape' });
    expect(asked('close')).toHaveLength(1);
  });
});

describe('with fingers', () => {
  afterEach(() => vi.unstubAllGlobals());
  function paintForFingers() {
    const real = window.matchMedia.bind(window);
    vi.stubGlobal('matchMedia', (query: string) =>
      query === '(pointer: coarse)'
        ? { ...real(query), matches: true, addEventListener() {}, removeEventListener() {} }
        : real(query),
    );
    const painted = paint();
    const attach = painted.screen.getByRole('button', { name: 'Attach files' });
    return { ...painted, attach };
  }

  test('the camera and the picker are offered, and what may be sent', async () => {
    const { screen, attach, asked } = paintForFingers();
    expect(attach.getAttribute('aria-expanded')).toBe('false');
    await userEvent.click(attach);
    expect(attach.getAttribute('aria-expanded')).toBe('true');
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Take a photo' }));
    expect(screen.getByText('Photos: JPG, PNG, GIF; above 3 MB they are made smaller')).toBeTruthy();
    const camera = document.querySelector<HTMLInputElement>('input[capture]');
    expect([camera?.getAttribute('capture'), camera?.accept]).toEqual([
      'environment',
      'image/jpeg,image/png,image/gif',
    ]);
    const photo = new File(['x'], 'image.jpg', { type: 'image/jpeg' });
    if (camera) fireEvent.change(camera, { target: { files: [photo] } });
    expect(asked('attach')).toEqual([[[photo]]]);
    expect(screen.queryByRole('button', { name: 'Take a photo' })).toBeNull();
  });

  test('the picker opens, and the choice goes', async () => {
    const { screen, attach } = paintForFingers();
    let opened = 0;
    document.querySelector('.picker')?.addEventListener('click', () => {
      opened += 1;
    });
    await userEvent.click(attach);
    expect(opened).toBe(0);
    await userEvent.click(screen.getByRole('button', { name: 'Choose photos or files' }));
    expect(opened).toBe(1);
    expect(screen.queryByRole('group', { name: 'Ways to attach' })).toBeNull();
  });

  test('Esc goes back to the button', async () => {
    const { screen, attach, asked } = paintForFingers();
    await userEvent.click(attach);
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('group', { name: 'Ways to attach' })).toBeNull();
    expect(document.activeElement).toBe(attach);
    expect(asked('close')).toEqual([]);
  });
});
