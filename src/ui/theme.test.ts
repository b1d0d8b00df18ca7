import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contrast, DEFAULT_BRAND, paletteOf, type Scheme, themeText } from './theme.ts';

const channel = fc.integer({ min: 0, max: 255 });
const anyBrand = fc
  .tuple(channel, channel, channel)
  .map((rgb) => `#${rgb.map((c) => c.toString(16).padStart(2, '0')).join('')}`);

describe('paletteOf', () => {
  test.each<Scheme>(['light', 'dark'])('keeps text and controls legible whatever the brand is (%s)', (scheme) => {
    fc.assert(
      fc.property(anyBrand, (brand) => {
        const p = paletteOf(brand, scheme);
        const pairs = [
          [p['on-brand'], p.brand],
          [p.ink, p.surface],
          [p.ink, p.bubble],
          [p.ink, p.tint],
          [p.muted, p.surface],
          [p.muted, p.bubble],
          [p.muted, p.tint],
          [p.accent, p.surface],
          [p.accent, p.bubble],
          [p.accent, p.tint],
          [p.danger, p.surface],
          [p.danger, p['danger-tint']],
        ] as const;
        for (const [ink, ground] of pairs) expect(contrast(ink, ground)).toBeGreaterThanOrEqual(4.5);
        expect(contrast(p.control, p.surface)).toBeGreaterThanOrEqual(3);
      }),
      // Black and white lie on the ends of the search for lightness.
      { numRuns: 300, examples: [['#ffffff'], ['#000000']] },
    );
  });

  test('uses the brand colour itself for own bubbles in light', () => {
    expect(paletteOf('#126c42', 'light').brand).toBe('#126c42');
    expect(paletteOf('rgb(18, 108, 66)', 'light').brand).toBe('#126c42');
    expect(paletteOf('#f80', 'light').brand).toBe('#ff8800');
  });

  test.each(['#ffffff', '#fdfdfd', '#f7f7f2', '#fffde0', '#ffe600'])(
    'lets bubbles of %s stand out from the paper',
    (brand) => {
      const { brand: fill, surface } = paletteOf(brand, 'light');
      expect(contrast(fill, surface)).toBeGreaterThan(1.2);
    },
  );

  test('leaves a light brand that is a colour as it is', () => {
    expect(paletteOf('#ffe600', 'light').brand).toBe('#ffe600');
  });

  test('brightens a dark brand for the dark scheme', () => {
    expect(contrast(paletteOf('#102030', 'dark').brand, paletteOf('#102030', 'dark').surface)).toBeGreaterThan(4.5);
  });

  test('takes anything that is no colour for the default', () => {
    for (const odd of ['', 'url(x)', '#12', 'red;}*{', 'var(--x)'])
      expect(paletteOf(odd, 'light')).toEqual(paletteOf(DEFAULT_BRAND, 'light'));
  });

  test('puts nothing of a hostile brand into the sheet', () => {
    expect(themeText('red;}*{display:none')).toBe(themeText(DEFAULT_BRAND));
  });
});
