import { cleanup, fireEvent } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { Rejection } from '../../model/attachment.ts';
import { anAttachment, attachmentsOf, paint } from '../panel.testing.tsx';

afterEach(cleanup);

const REFUSALS: readonly (readonly [Rejection, string])[] = [
  [{ why: 'type', extension: 'heic' }, 'HEIC files cannot be sent here. Try a photo, a PDF or an Office file.'],
  [{ why: 'type', extension: '' }, 'This kind of file cannot be sent here. Try a photo, a PDF or an Office file.'],
  [{ why: 'size', limit: 5_000_000 }, 'Larger than 5 MB. Try a smaller version.'],
  [{ why: 'empty' }, 'This file is empty. Try another one.'],
  [{ why: 'mismatch', extension: 'jpg' }, 'Its content is not what “.jpg” says. Save it anew, or try another one.'],
  [{ why: 'folder' }, 'Folders cannot be sent. Choose the files inside it.'],
  [{ why: 'unreadable' }, 'This file could not be read. If it lies in a cloud, download it first.'],
  [{ why: 'pixels' }, 'This picture has too many pixels. Try a smaller version.'],
  [{ why: 'count', limit: 10 }, 'Only 10 files fit in a message. Send the rest after it.'],
  [{ why: 'sharing-off' }, 'Files are switched off for this chat. Describe it in words instead.'],
];

describe('tray', () => {
  test.each(REFUSALS)('says why a file was refused: %j', (why, sentence) => {
    const { screen } = paint({ tray: ['a'], attachments: attachmentsOf(anAttachment('a', { at: 'rejected', why })) });
    expect(screen.getByText(sentence)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Remove slope.jpg' })).toBeTruthy();
  });

  test('offers another choice beside a refusal, and clears the refused file', async () => {
    const { screen, asked } = paint({
      tray: ['a'],
      attachments: attachmentsOf(anAttachment('a', { at: 'rejected', why: { why: 'empty' } })),
    });
    await userEvent.click(screen.getByRole('button', { name: 'Choose another' }));
    expect(asked('removeFromTray')).toEqual([['a']]);
  });

  test('tells many refusals of one reason together', async () => {
    const files = Array.from({ length: 20 }, (_, i) =>
      anAttachment(`f${i}`, { at: 'rejected', why: { why: 'count', limit: 10 } }, { name: `IMG_${i}.jpg` }),
    );
    const { screen, asked } = paint({ tray: files.map((file) => file.id), attachments: attachmentsOf(...files) });
    expect(screen.getAllByText('Only 10 files fit in a message. Send the rest after it.')).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: 'Remove IMG_0.jpg, IMG_1.jpg and 18 others' }));
    expect(asked('removeFromTray')).toHaveLength(20);
  });

  test('shows size, caption and removal of a file that is ready', async () => {
    const preview = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';
    const { screen, asked } = paint({
      tray: ['a'],
      attachments: attachmentsOf(anAttachment('a', { at: 'ready' }, { preview, size: 1_130_000 })),
    });
    expect(screen.getByRole('img', { name: 'slope.jpg' })).toBeTruthy();
    expect(screen.getByText('1.1 MB')).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: 'Caption for slope.jpg' }), { target: { value: 'Bare' } });
    expect(asked('setCaption')).toEqual([['a', 'Bare']]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove slope.jpg' }));
    expect(asked('removeFromTray')).toEqual([['a']]);
  });

  test('shows a file that is still being looked at', () => {
    const { screen } = paint({ tray: ['a'], attachments: attachmentsOf(anAttachment('a', { at: 'picked' })) });
    expect(screen.getByText('Checking slope.jpg')).toBeTruthy();
  });
});
