import { cleanup } from '@testing-library/react';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { aMessage, anAttachment, anOwn, attachmentsOf, paint, transcriptOf } from '../panel.testing.tsx';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe('announcements', () => {
  function listening() {
    vi.useFakeTimers();
    const said: string[] = [];
    const announcer = {
      say: (text: string, urgent = false) => said.push(urgent ? `! ${text}` : text),
      dispose() {},
    };
    return { said, announcer };
  }

  test('a new message is said once, as a sentence; history is silent', () => {
    const { said, announcer } = listening();
    const old = aMessage('1', 'old');
    const fresh = aMessage('2', 'Hello there');
    const { set } = paint({ transcript: transcriptOf([old]), unread: ['1'] }, { announcer });
    set({ transcript: transcriptOf([old, fresh]), unread: ['1', '2'] });
    set({ unread: ['1', '2'].slice(1) });
    set({ unread: ['2'] });
    vi.runAllTimers();
    expect(said).toEqual(['Ana said: Hello there']);
  });

  test('many at once are counted', () => {
    const { said, announcer } = listening();
    const messages = ['1', '2', '3'].map((id) => aMessage(id, `m${id}`));
    const { set } = paint({}, { announcer });
    for (const [index] of messages.entries()) {
      const part = messages.slice(0, index + 1);
      set({ transcript: transcriptOf(part), unread: part.map((message) => message.id) });
    }
    vi.runAllTimers();
    expect(said).toEqual(['3 new messages, the latest from Ana']);
  });

  test('failures and refusals are urgent', () => {
    const { said, announcer } = listening();
    const text = { type: 'text', text: 'Hi' } as const;
    const { set } = paint({ transcript: transcriptOf([anOwn('m', text)]) }, { announcer });
    set({
      transcript: transcriptOf([anOwn('m', text, { at: 'failed', why: { kind: 'timeout', delivery: 'unknown' } })]),
    });
    const refused = { at: 'rejected', why: { why: 'empty' } };
    set({ tray: ['a'], attachments: attachmentsOf(anAttachment('a', refused)) });
    set({
      draft: 'x',
      tray: ['a', 'b'],
      attachments: attachmentsOf(anAttachment('a', refused), anAttachment('b', { at: 'picked' })),
    });
    expect(said).toEqual([
      '! Not sent. No answer came. Retry to send it.',
      '! slope.jpg: This file is empty. Try another one.',
    ]);
  });

  test('typing is told once in a while', () => {
    const { said, announcer } = listening();
    const { set } = paint({}, { announcer });
    set({ typing: ['ana'] });
    set({ typing: [] });
    set({ typing: ['ana'] });
    expect(said).toEqual(['Ana is typing']);
  });
});
