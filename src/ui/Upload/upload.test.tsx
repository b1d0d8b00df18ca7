import { cleanup } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { Failure } from '../../protocol/failure.ts';
import { anAttachment, anOwn, attachmentsOf, paint, transcriptOf } from '../panel.testing.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

describe('upload', () => {
  const paintUpload = (state: object, facts = {}) =>
    paint({
      transcript: transcriptOf([anOwn('m', { type: 'upload', attachmentId: 'a' })]),
      attachments: attachmentsOf(anAttachment('a', state, facts)),
    });

  test('shows progress in facts and as a progress bar, and can be cancelled', async () => {
    const { screen, asked } = paintUpload(
      { at: 'uploading', sent: 700_600 },
      { size: 4_800_000, uploadSize: 1_130_000 },
    );
    expect(screen.getByText('4.8 MB → 1.1 MB · 62%')).toBeTruthy();
    const bar = screen.getByRole('progressbar', { name: 'Sending slope.jpg' });
    expect(bar.getAttribute('aria-valuenow')).toBe('62');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel slope.jpg' }));
    expect(asked('cancel')).toEqual([['m']]);
  });

  test.each([
    ['queued', 'Waiting to send'],
    ['verifying', 'Checking whether it arrived'],
  ])('while %s says so, and keeps the progress that was made', (at, sentence) => {
    const { screen } = paintUpload({ at, sent: 700_600 }, { size: 1_130_000, uploadSize: 1_130_000 });
    expect(screen.getByText(new RegExp(sentence))).toBeTruthy();
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('62');
  });

  test('never says 100 % before the service has accepted it', () => {
    const { screen } = paintUpload({ at: 'publishing', path: '/p' });
    expect(screen.getByText('2.8 MB · 99%')).toBeTruthy();
  });

  test.each<readonly [Failure, string]>([
    [{ kind: 'dropped', delivery: 'unknown' }, 'The upload was cut off. Retry to go on.'],
    [{ kind: 'timeout', delivery: 'unknown' }, 'The upload stood still. Retry to go on.'],
    [
      { kind: 'refused', delivery: 'refused', code: 401, message: '' },
      'The file was not accepted. Retry, or remove it.',
    ],
    [
      { kind: 'refused', delivery: 'refused', code: 413, message: '' },
      'The service found it too large. Try a smaller version.',
    ],
    [
      { kind: 'refused', delivery: 'refused', code: 503, message: '' },
      'The file store is busy just now. Retry in a moment.',
    ],
  ])('says why it failed, and what to do: %j', async (why, sentence) => {
    const { screen, asked } = paintUpload({ at: 'failed', why, resume: 'signing', path: null });
    expect(screen.getByText(sentence)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(asked('retry')).toEqual([['m']]);
    expect(asked('cancel')).toEqual([['m']]);
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  test('one that has changed on the disk is picked again, and goes', async () => {
    const why: Failure = { kind: 'changed', delivery: 'not-sent' };
    const { screen, asked } = paintUpload({ at: 'failed', why, resume: 'signing', path: null });
    expect(screen.getByText('The file was changed or moved after it was picked. Pick it again.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    const opened = vi.spyOn(HTMLInputElement.prototype, 'click');
    screen.getByRole('button', { name: 'Pick again' }).focus();
    await userEvent.keyboard('{Enter}');
    expect(asked('cancel')).toEqual([['m']]);
    expect(opened).toHaveBeenCalledTimes(1);
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Message' }));
  });

  test.each<readonly [Failure, string, readonly string[]]>([
    [
      { kind: 'unreachable', delivery: 'unknown' },
      'The file store cannot be reached from here. Try another network, then retry.',
      ['Retry', 'Remove'],
    ],
    [
      { kind: 'blocked', delivery: 'not-sent', by: 'store' },
      'The file store does not let this page in. Describe it in words, or retry later.',
      ['Retry', 'Remove'],
    ],
    [
      { kind: 'blocked', delivery: 'not-sent', by: 'page' },
      'This page does not let files out. Describe it in words instead.',
      ['Remove'],
    ],
  ])('says what is in the way, and offers what may help: %j', (why, sentence, buttons) => {
    const { screen } = paintUpload({ at: 'failed', why, resume: 'signing', path: null });
    const line = screen.getByText(sentence).parentElement as HTMLElement;
    expect([...line.querySelectorAll('button')].map((button) => button.textContent)).toEqual(buttons);
  });

  test('where file sharing is off, a refusal offers no retry', async () => {
    const why: Failure = { kind: 'refused', delivery: 'refused', code: 400, message: '' };
    const { screen, set, asked } = paintUpload({ at: 'failed', why, resume: 'signing', path: null });
    set({ fileSharing: 'off' });
    expect(screen.getByText('Files are switched off for this chat. Describe it in words instead.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Remove' }));
    expect(asked('cancel')).toEqual([['m']]);
  });

  test('becomes a plain file once it is published', () => {
    const { screen } = paintUpload({ at: 'published', path: '/p' });
    expect(screen.queryByRole('progressbar')).toBeNull();
    expect(screen.getByRole('button', { name: 'Open your photo: slope.jpg' })).toBeTruthy();
  });
});
