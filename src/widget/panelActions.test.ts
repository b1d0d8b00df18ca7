import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actions } from '../flows/actions.ts';
import { DEFAULT_LIMITS } from '../protocol/fileTypes.ts';
import type { ChatState } from '../store/state.ts';
import { createChatStore } from '../store/store.ts';
import type { Place } from './api.ts';
import { maskCardNumbers } from './maskCardNumbers.ts';
import type { ChatOptions } from './options.ts';
import { panelActions } from './panelActions.ts';

function panel(options: Partial<ChatOptions>, state: Partial<ChatState> = {}) {
  const store = createChatStore({
    brandName: 'x',
    welcome: null,
    welcomeHint: null,
    suggestions: [],
    promise: null,
    limits: DEFAULT_LIMITS,
  });
  store.setState(state);
  const did: unknown[] = [];
  const actions = {
    send: (text: string) => did.push(['send', text]),
    setCaption: (id: string, caption: string) => did.push(['caption', id, caption]),
    close: () => did.push(['close']),
  } as unknown as Actions;
  let prevented = false;
  const tell: Place['tell'] = (event, detail) => {
    did.push([event, detail]);
    return !prevented;
  };
  const place = { options: () => ({ account: '1', ...options }), tell } as unknown as Place;
  return {
    did,
    actions: panelActions(actions, store, place),
    prevent: () => {
      prevented = true;
    },
  };
}

const reported = vi.fn();
beforeEach(() => {
  reported.mockReset();
  vi.stubGlobal('reportError', reported);
});

const withFile = {
  tray: ['f'],
  attachments: new Map([['f', { caption: 'card 4111111111111111' }]]),
} as unknown as Partial<ChatState>;

describe('sending', () => {
  test('is told before, without a word of the text', () => {
    const { did, actions } = panel({}, withFile);
    actions.send('secret');
    expect(did).toEqual([
      ['beforesend', { files: 1 }],
      ['send', 'secret'],
    ]);
  });

  test('counts no file that was refused, and of nothing else is nothing', () => {
    const refused = {
      tray: ['f', 'r'],
      attachments: new Map([
        ['f', { at: 'ready', caption: '' }],
        ['r', { at: 'rejected', caption: '' }],
      ]),
    } as unknown as Partial<ChatState>;
    const both = panel({}, refused);
    both.actions.send('');
    expect(both.did[0]).toEqual(['beforesend', { files: 1 }]);
    const none = panel({}, { ...refused, tray: ['r'] });
    none.actions.send('');
    expect(none.did).toEqual([]);
  });

  test('is not done where the page prevents it', () => {
    const { did, actions, prevent } = panel({});
    prevent();
    actions.send('hello');
    expect(did).toEqual([['beforesend', { files: 0 }]]);
  });

  test('of nothing is nothing', () => {
    const { did, actions } = panel({});
    actions.send('  ');
    expect(did).toEqual([]);
  });

  test('goes through the brand’s hook, captions too', () => {
    const { did, actions } = panel({ hooks: { outgoing: maskCardNumbers } }, withFile);
    actions.send('4111 1111 1111 1111');
    expect(did.slice(1)).toEqual([
      ['caption', 'f', 'card ************1111'],
      ['send', '**** **** **** 1111'],
    ]);
  });

  test.each([
    ['gives null', () => null],
    ['gives no text', () => 7 as unknown as string],
  ])('is not done where the hook %s', (_, outgoing) => {
    const { did, actions } = panel({ hooks: { outgoing } });
    actions.send('hello');
    expect(did).toEqual([['beforesend', { files: 0 }]]);
  });

  test('is not done where the hook throws, which is the page’s to see', () => {
    const mistake = new Error('oops');
    const { did, actions } = panel({
      hooks: {
        outgoing() {
          throw mistake;
        },
      },
    });
    actions.send('4111 1111 1111 1111');
    expect(did).toEqual([['beforesend', { files: 0 }]]);
    expect(reported).toHaveBeenCalledWith(mistake);
  });
});

test('an inline panel cannot be closed', () => {
  const inline = panel({ mode: 'inline' });
  inline.actions.close();
  expect(inline.did).toEqual([]);
  const floating = panel({});
  floating.actions.close();
  expect(floating.did).toEqual([['close']]);
});
