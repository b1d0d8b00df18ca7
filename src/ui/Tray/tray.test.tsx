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
  [
    { why: 'unreadable' },
    'This file could not be read: moved, changed or still in a cloud. Save it here, then choose it again.',
  ],
  [{ why: 'pixels' }, 'This picture has too many pixels. Try a smaller version.'],
  [{ why: 'count', limit: 10 }, 'Only 10 files fit in a message. Send the rest after it.'],
  [{ why: 'sharing-off' }, 'Files are switched off for this chat. Describe it in words instead.'],
];

const PREVIEW = 'data:image/gif;base64,R0lGODlhAQABAAAAACw=';

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
    const { screen, asked } = paint({
      tray: ['a'],
      attachments: attachmentsOf(anAttachment('a', { at: 'ready' }, { preview: PREVIEW, size: 1_130_000 })),
    });
    expect(screen.getByRole('img', { name: 'slope.jpg' })).toBeTruthy();
    expect(screen.getByText('1.1 MB')).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: 'Caption for slope.jpg' }), { target: { value: 'Bare' } });
    expect(asked('setCaption')).toEqual([['a', 'Bare']]);
    await userEvent.click(screen.getByRole('button', { name: 'Remove slope.jpg' }));
    expect(asked('removeFromTray')).toEqual([['a']]);
  });

  test('shows what the camera embedded while the file is still being looked at', () => {
    const { screen } = paint({
      tray: ['a'],
      attachments: attachmentsOf(anAttachment('a', { at: 'picked' }, { preview: PREVIEW })),
    });
    expect(screen.getByRole('img', { name: 'slope.jpg' })).toBeTruthy();
    expect(screen.getByText('Checking slope.jpg')).toBeTruthy();
  });

  test('names a picture that has no preview', () => {
    const { screen } = paint({ tray: ['a'], attachments: attachmentsOf(anAttachment('a', { at: 'ready' })) });
    expect(screen.getByTitle('slope.jpg')).toBeTruthy();
    expect(screen.queryByRole('img')).toBeNull();
  });

  test('shows a file that is still being looked at', () => {
    const { screen } = paint({ tray: ['a'], attachments: attachmentsOf(anAttachment('a', { at: 'picked' })) });
    expect(screen.getByText('Checking slope.jpg')).toBeTruthy();
  });
});

describe('what was done to the files', () => {
  const ready = (id: string, facts: object) => anAttachment(id, { at: 'ready' }, facts);
  const paintFiles = (...files: ReturnType<typeof anAttachment>[]) =>
    paint({ tray: files.map(({ id }) => id), attachments: attachmentsOf(...files) });

  test.each<readonly [object[], string]>([
    [[{ size: 12_000_000, uploadSize: 2_400_000 }], 'Made smaller: 12 MB → 2.4 MB'],
    [[{ locationRemoved: true }, {}], 'Location removed'],
    [
      [
        { size: 8_000_000, uploadSize: 2_000_000, locationRemoved: true },
        { size: 4_000_000, uploadSize: 1_000_000, locationRemoved: true },
      ],
      '2 made smaller: 12 MB → 3 MB · Location removed from 2',
    ],
  ])('%j is said as %j', (facts, sentence) => {
    const { screen } = paintFiles(...facts.map((fact, index) => ready(`f${index}`, fact)));
    expect(screen.getByText(sentence)).toBeTruthy();
  });

  test('metadata left out is no word worth', () => {
    paintFiles(ready('a', { size: 2_800_000, uploadSize: 2_780_000 }));
    expect(document.querySelector('.tray-facts')).toBeNull();
  });
});

describe('the order of the tray', () => {
  const names = ['a.jpg', 'b.jpg', 'c.jpg'];
  function paintThree() {
    const said: string[] = [];
    const announcer = { say: (text: string) => void said.push(text), dispose: () => {} };
    const files = names.map((name) => anAttachment(name, { at: 'ready' }, { name }));
    const refused = anAttachment('x', { at: 'rejected', why: { why: 'empty' } }, { name: 'x.txt' });
    const tray = ['x', ...names];
    const painted = paint({ tray, attachments: attachmentsOf(refused, ...files) }, { announcer });
    return { ...painted, said };
  }

  test('changes by buttons, which say so and rest at the ends', async () => {
    const { screen, asked, said } = paintThree();
    said.length = 0;
    await userEvent.click(screen.getByRole('button', { name: 'Move b.jpg later' }));
    expect(asked('moveInTray')).toEqual([['b.jpg', 2]]);
    expect(said).toEqual(['b.jpg is now number 3 of 3']);
    const first = screen.getByRole('button', { name: 'Move a.jpg earlier' });
    expect(first.getAttribute('aria-disabled')).toBe('true');
    await userEvent.click(first);
    expect(asked('moveInTray')).toHaveLength(1);
  });

  test('changes by Alt and an arrow, but not in a caption, where they go from word to word', async () => {
    const { screen, asked } = paintThree();
    screen.getByRole('button', { name: 'Remove b.jpg' }).focus();
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(asked('moveInTray')).toEqual([['b.jpg', 0]]);
    screen.getByRole('textbox', { name: 'Caption for b.jpg' }).focus();
    await userEvent.keyboard('{Alt>}{ArrowLeft}{/Alt}');
    expect(asked('moveInTray')).toHaveLength(1);
  });

  test('leaves the focus on the button that was pressed', async () => {
    const { screen, set } = paintThree();
    const later = screen.getByRole('button', { name: 'Move a.jpg later' });
    await userEvent.click(later);
    set({ tray: ['x', 'b.jpg', 'a.jpg', 'c.jpg'] });
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Move a.jpg later' }));
  });

  test('is no question with one file', () => {
    const { screen } = paint({ tray: ['a'], attachments: attachmentsOf(anAttachment('a', { at: 'ready' })) });
    expect(screen.queryByRole('button', { name: /Move/ })).toBeNull();
  });
});

describe('the focus', () => {
  const files = ['a.jpg', 'b.jpg'].map((name) => anAttachment(name, { at: 'ready' }, { name }));
  const refused = anAttachment('x', { at: 'rejected', why: { why: 'empty' } }, { name: 'x.txt' });
  const paintTray = () =>
    paint({ tray: ['x', 'a.jpg', 'b.jpg'], attachments: attachmentsOf(refused, ...files), draft: 'Hello' });

  test('goes to the next file when one is removed by keyboard, then to the one before, then to the message', async () => {
    const { screen, set } = paintTray();
    const remove = (name: string) => screen.getByRole('button', { name: `Remove ${name}` });
    remove('x.txt').focus();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(remove('a.jpg'));
    set({ tray: ['a.jpg', 'b.jpg'] });
    remove('b.jpg').focus();
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(remove('a.jpg'));
    set({ tray: ['a.jpg'] });
    await userEvent.keyboard('{Enter}');
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
  });

  test('does not go to the message by mouse or finger, which would bring up the keyboard of a phone', async () => {
    const { screen, set } = paintTray();
    set({ tray: ['a.jpg'] });
    await userEvent.click(screen.getByRole('button', { name: 'Remove a.jpg' }));
    expect(document.activeElement).not.toBe(screen.getByRole('textbox', { name: 'Message' }));
  });
});
