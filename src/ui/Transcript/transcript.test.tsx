import { cleanup } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test } from 'vitest';
import type { Failure } from '../../protocol/failure.ts';
import { aMessage, anOwn, NOW, paint, transcriptOf } from '../panel.testing.tsx';

afterEach(cleanup);

const MINUTE = 60_000;
const placesOf = () => Array.from(document.querySelectorAll('article'), (row) => row.dataset.place);

describe('transcript', () => {
  test('groups messages of one sender within two minutes', () => {
    paint({
      transcript: transcriptOf([
        aMessage('1', 'a'),
        aMessage('2', 'b', { at: NOW + MINUTE }),
        aMessage('3', 'c', { at: NOW + 2 * MINUTE }),
        aMessage('4', 'd', { at: NOW + 5 * MINUTE }),
        aMessage('5', 'e', { at: NOW + 5 * MINUTE, mine: true }),
        aMessage('6', 'f', { at: NOW + 5 * MINUTE, from: { id: 'bob', role: 'ASSIGNED_AGENT' } }),
      ]),
    });
    expect(placesOf()).toEqual(['first', 'middle', 'last', 'alone', 'alone', 'alone']);
  });

  test('says who, when and how far of each message', () => {
    const { screen } = paint({
      transcript: transcriptOf([aMessage('1', 'Hi'), aMessage('2', 'Yo', { mine: true, delivery: { at: 'read' } })]),
    });
    expect(screen.getByRole('article', { name: 'Ana, 14:00' }).textContent).toContain('Hi');
    expect(screen.getByRole('article', { name: 'You, 14:00, Read' }).textContent).toContain('14:00  Read');
  });

  test('separates days, and says once who joined', () => {
    const { screen } = paint({
      transcript: transcriptOf([
        aMessage('1', 'a', { at: new Date(2026, 1, 14, 9).getTime() }),
        aMessage('2', 'b', { at: NOW - 24 * 60 * MINUTE }),
        aMessage('3', 'c'),
        aMessage('4', 'd', { from: { id: 'bot', role: 'CONTROLLER' } }),
      ]),
    });
    for (const day of ['Saturday 14 February', 'Yesterday', 'Today']) expect(screen.getByText(day)).toBeTruthy();
    expect(screen.getAllByText(/joined the conversation/)).toHaveLength(1);
  });

  test('parts two conversations, and groups nothing over the line', () => {
    const { screen } = paint({
      transcript: transcriptOf([
        aMessage('1', 'a'),
        aMessage('2', 'b', { dialogId: 'e' }),
        aMessage('3', 'c', { dialogId: 'e' }),
      ]),
    });
    const line = screen.getByText('Conversation ended');
    expect(line.nextElementSibling?.getAttribute('data-message')).toBe('2');
    expect(placesOf()).toEqual(['alone', 'first', 'last']);
  });

  test('does not say of a survey that it has joined', () => {
    const asked = { dialogId: 'e', from: { id: 'bot', role: 'AGENT' } } as const;
    const { screen } = paint({ transcript: transcriptOf([aMessage('1', 'Bye'), aMessage('2', 'How was it?', asked)]) });
    expect(screen.getAllByText(/joined the conversation/)).toHaveLength(1);
  });

  test('says what is on its way to the conversation that goes on without a line', () => {
    const dialog = { id: 'd', type: 'MAIN', channel: 'MESSAGING', open: true, closedBy: null } as const;
    const conversation = {
      id: 'd',
      open: true,
      closeReason: null,
      dialogs: [dialog],
      participants: [],
      startedAt: NOW,
      updatedAt: NOW,
    };
    const own = { ...anOwn('2', { type: 'text', text: 'b' }), dialogId: null };
    const { screen } = paint({ conversation, transcript: transcriptOf([aMessage('1', 'a'), own]) });
    expect(screen.queryByText('Conversation ended')).toBeNull();
  });

  test.each([
    ['🌼', 'true'],
    ['🌼🌻 👍🏽', 'true'],
    ['👨‍👩‍👧 🇩🇪', 'true'],
    ['🌼 lovely', 'false'],
    ['1', 'false'],
    ['🌼'.repeat(40), 'false'],
  ])('shows a few emoji alone large: %s', (text, large) => {
    paint({ transcript: transcriptOf([aMessage('1', text)]) });
    expect(document.querySelector<HTMLElement>('.bubble')?.dataset.emoji).toBe(large);
  });

  test.each([0, -1, 9e15, Number.NaN, Number.POSITIVE_INFINITY])('survives the time %d', (at) => {
    const { screen } = paint({ transcript: transcriptOf([aMessage('1', 'odd', { at }), aMessage('2', 'fine')]) });
    expect(screen.getByText('odd')).toBeTruthy();
    expect(document.body.textContent).not.toContain('Invalid');
  });

  test('stands the "New" line before the first unread message', () => {
    const { screen } = paint({ transcript: transcriptOf([aMessage('1', 'a'), aMessage('2', 'b')]), newFrom: '2' });
    expect(screen.getByText('New').closest('p')?.nextElementSibling?.getAttribute('data-message')).toBe('2');
  });

  test('paints the latest rows of many, and says where they stand among all', () => {
    const messages = Array.from({ length: 10_000 }, (_, i) => aMessage(`${i}`, `message #${i} `));
    const { screen, set } = paint({ transcript: transcriptOf(messages) });
    const rows = screen.getAllByRole('article');
    expect(rows.length).toBeLessThan(40);
    expect(rows.at(-1)?.textContent).toContain('message #9999');
    expect(rows.at(-1)?.getAttribute('aria-posinset')).toBe('10000');
    const before = rows.at(-1);
    set({ transcript: transcriptOf([...messages, aMessage('new', 'new')]) });
    expect(screen.getAllByRole('article').length).toBeLessThan(40);
    expect(screen.getAllByRole('article').at(-2)).toBe(before);
  });

  test('conversations before the first one shown are asked for once its rows are all there', async () => {
    const { screen, set, asked } = paint({ transcript: transcriptOf([aMessage('1', 'now')]), earlier: 'some' });
    await userEvent.click(screen.getByRole('button', { name: 'Show earlier messages' }));
    expect(asked('showEarlier')).toHaveLength(1);
    set({ earlier: 'loading' });
    expect(screen.getByRole('button', { name: /Looking further back/ }).getAttribute('aria-disabled')).toBe('true');
    set({ earlier: 'none' });
    expect(screen.queryByRole('button', { name: /earlier|further/i })).toBeNull();
  });

  test('is a silent log that can be reached by keyboard', () => {
    const { screen } = paint({ transcript: transcriptOf([aMessage('1', 'a')]) });
    const log = screen.getByRole('log', { name: 'Conversation' });
    expect(log.getAttribute('aria-live')).toBe('off');
    expect(log.tabIndex).toBe(0);
  });

  test('makes text nodes of hostile text', () => {
    const text = '<img src=x onerror=alert(1)> <b>"bold"</b> javascript:alert(1)';
    const { screen } = paint({ transcript: transcriptOf([aMessage('1', text)]) });
    expect(screen.getByText(text).querySelector('*')).toBeNull();
  });

  test('links are opened safely', () => {
    const { screen } = paint({ transcript: transcriptOf([aMessage('1', 'See https://meadow.example/mix.')]) });
    const link = screen.getByRole('link', { name: 'https://meadow.example/mix' });
    expect(link.getAttribute('rel')).toBe('noopener noreferrer nofollow ugc');
    expect(link.getAttribute('target')).toBe('_blank');
  });
});

const FAILURES: readonly (readonly [Failure, string])[] = [
  [{ kind: 'offline', delivery: 'not-sent' }, 'Not sent. Not connected just now. Retry when you are back online.'],
  [{ kind: 'aborted', delivery: 'not-sent' }, 'Not sent. Sending was stopped. Retry to send it.'],
  [{ kind: 'dropped', delivery: 'unknown' }, 'Not sent. The connection was cut off. Retry to send it.'],
  [{ kind: 'timeout', delivery: 'unknown' }, 'Not sent. No answer came. Retry to send it.'],
  [
    { kind: 'garbled', delivery: 'unknown', message: 'x' },
    'Not sent. Something went wrong on our side. Retry to send it.',
  ],
  [
    { kind: 'refused', delivery: 'refused', code: 400, message: 'x' },
    'Not sent. Not accepted by the chat. Retry, or write it anew.',
  ],
  [
    { kind: 'refused', delivery: 'refused', code: 413, message: 'x' },
    'Not sent. Too long to send at once. Try it in two messages.',
  ],
  [
    { kind: 'refused', delivery: 'refused', code: 429, message: 'x' },
    'Not sent. Too many messages at once. Wait a moment, then retry.',
  ],
  [
    { kind: 'refused', delivery: 'refused', code: 503, message: 'x' },
    'Not sent. The chat is busy just now. Retry in a moment.',
  ],
];

describe('own state', () => {
  test.each(FAILURES)('says why a message was not sent, and offers to retry: %j', async (why, sentence) => {
    const { screen, asked } = paint({
      transcript: transcriptOf([anOwn('m', { type: 'text', text: 'Hi' }, { at: 'failed', why })]),
    });
    expect(screen.getByText(sentence)).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    expect(asked('retry')).toEqual([['m']]);
  });

  test('is honest about a message that may have arrived', async () => {
    const { screen, asked } = paint({
      transcript: transcriptOf([anOwn('m', { type: 'text', text: 'Hi' }, { at: 'unsure' })]),
    });
    expect(screen.getByText('Not sure this arrived')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Send again' }));
    expect(asked('retry')).toEqual([['m']]);
  });

  test('waits visibly while there is no connection', () => {
    const { screen, set } = paint({ transcript: transcriptOf([anOwn('m', { type: 'text', text: 'Hi' })]) });
    expect(screen.getByText('14:00 · Sending')).toBeTruthy();
    set({ connection: { at: 'waiting', tries: 1, until: 0 } });
    expect(screen.getByText('14:00 · Waiting to send')).toBeTruthy();
  });

  test('each message of a group says that it is on its way; of those that arrived only the last', () => {
    const own = (id: string, at: 'sending' | 'sent') => anOwn(id, { type: 'text', text: id }, { at });
    const { screen } = paint({
      transcript: transcriptOf([own('1', 'sent'), own('2', 'sent'), own('3', 'sending'), own('4', 'sending')]),
    });
    expect(screen.getAllByText('14:00 · Sending')).toHaveLength(2);
    expect(document.querySelectorAll('.state')).toHaveLength(2);
  });

  test('a failure in the middle of a group keeps its line', () => {
    const failed = { at: 'failed', why: { kind: 'timeout', delivery: 'unknown' } } as const;
    const { screen } = paint({
      transcript: transcriptOf([
        anOwn('1', { type: 'text', text: 'a' }, failed),
        anOwn('2', { type: 'text', text: 'b' }, { at: 'sent' }),
      ]),
    });
    expect(screen.getByRole('button', { name: 'Retry' })).toBeTruthy();
  });
});
