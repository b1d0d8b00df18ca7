import { createElement } from 'react';
import { renderToString } from 'react-dom/server';
import { expect, test } from 'vitest';
import { defineElement } from '../index.ts';
import { AttacheChat } from './AttacheChat.tsx';

test('on a server it is an empty element, and nothing needs a page', () => {
  expect(typeof document).toBe('undefined');
  defineElement();
  const html = renderToString(createElement(AttacheChat, { account: '1', brandName: 'Meadow', onOpen: () => {} }));
  expect(html).toBe('<attache-chat></attache-chat>');
});
