import { describe, expect, test } from 'vitest';
import { type Choices, choicesFrom, DEFAULTS, optionsOf, propertiesOf, queryOf, snippetOf } from './choices.ts';

const CHOSEN: Choices = {
  brand: '#8a2be2',
  scheme: 'dark',
  radius: 4,
  font: 'Georgia, serif',
  title: 'Ask </script> us',
  offsetBlock: 80,
  offsetInline: 24,
};

test('the defaults say nothing that the widget does by itself', () => {
  expect(optionsOf(DEFAULTS)).toEqual({});
  expect(propertiesOf(DEFAULTS)).toEqual({});
  expect(queryOf(DEFAULTS)).toBe('');
  expect(snippetOf(DEFAULTS)).not.toContain('<style>');
});

describe('the snippet', () => {
  test('holds what was chosen', () => {
    const snippet = snippetOf(CHOSEN);
    expect(snippet).toContain('--attache-radius: 4px;');
    expect(snippet).toContain('--attache-corner: 4px;');
    expect(snippet).toContain('--attache-font: Georgia, serif;');
    expect(snippet).toContain('brandColor: "#8a2be2"');
    expect(snippet).toContain('theme: "dark"');
  });

  test('is a script that a page can run, whatever the title is', () => {
    // As an HTML parser reads it: the first end tag ends the script.
    const script = /<script>([\s\S]*?)<\/script>/.exec(snippetOf(CHOSEN))?.[1] ?? '';
    // A page's global scope is its window.
    const queue = new Function('window', `with (window) { ${script}; return attache.q }`)({});
    expect(queue[0][1]).toEqual({ account: 'YOUR-ACCOUNT', ...optionsOf(CHOSEN) });
    expect(script).toContain('Ask \\u003c/script> us');
  });
});

describe('a link', () => {
  test('brings the choices back', () => {
    expect(choicesFrom(new URLSearchParams(queryOf(CHOSEN)))).toEqual(CHOSEN);
  });

  test('that was tampered with brings defaults', () => {
    const query = 'brand=red;}&scheme=pink&radius=-4&block=9999&inline=1.5&font=x;}body{display:none}';
    expect(choicesFrom(new URLSearchParams(query))).toEqual({ ...DEFAULTS, font: 'xbodydisplaynone' });
  });
});
