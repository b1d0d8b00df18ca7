/** The widget's colours, all derived from one brand colour in oklch, with contrast guaranteed by search (WCAG 1.4.3, 1.4.11). */

export const DEFAULT_BRAND = '#126c42';

export type Scheme = 'light' | 'dark';

export type Token =
  | 'surface'
  | 'bubble'
  | 'tint'
  | 'ink'
  | 'muted'
  | 'line'
  | 'control'
  | 'hover'
  | 'brand'
  | 'on-brand'
  | 'accent'
  | 'ring'
  | 'danger'
  | 'danger-tint'
  | 'online'
  /** Border and fill of what can be pressed but does not call for it. */
  | 'soft'
  | 'idle'
  /** With alpha: hairline round the panel, its shadow, the scrim behind a question, the drop overlay, the shimmer. */
  | 'edge'
  | 'shadow'
  | 'scrim'
  | 'veil'
  | 'glint';

export type Palette = Readonly<Record<Token, string>>;

type Triple = readonly [number, number, number];

/** Lightness 0–1, chroma, hue in degrees. */
interface Oklch {
  readonly l: number;
  readonly c: number;
  readonly h: number;
}

const RED_HUE = 27;

/** Channels 0–1 of `#rgb`, `#rrggbb` or `rgb(…)`; null for anything else. */
function parse(color: string): Triple | null {
  const text = color.trim().toLowerCase();
  const hex = /^#([0-9a-f]{3}|[0-9a-f]{6})$/.exec(text)?.[1];
  if (hex) {
    const pairs = hex.length === 3 ? [...hex].map((c) => c + c) : (hex.match(/../g) ?? []);
    const [r = 0, g = 0, b = 0] = pairs.map((pair) => Number.parseInt(pair, 16) / 255);
    return [r, g, b];
  }
  const list = /^rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:\s*[,/]\s*[\d.]+%?)?\s*\)$/.exec(text);
  if (!list) return null;
  const [r = 0, g = 0, b = 0] = list.slice(1, 4).map((part) => Math.min(255, Number(part)) / 255);
  return [r, g, b];
}

function linear(channel: number): number {
  return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
}

function gamma(channel: number): number {
  return channel <= 0.00313 ? channel * 12.92 : 1.055 * channel ** (1 / 2.4) - 0.055;
}

function toOklch(rgb: Triple): Oklch {
  const [r, g, b] = [linear(rgb[0]), linear(rgb[1]), linear(rgb[2])];
  const l = Math.cbrt(0.41222 * r + 0.53633 * g + 0.05145 * b);
  const m = Math.cbrt(0.2119 * r + 0.6807 * g + 0.1074 * b);
  const s = Math.cbrt(0.0883 * r + 0.28172 * g + 0.62998 * b);
  const a = 1.978 * l - 2.42859 * m + 0.45059 * s;
  const bb = 0.0259 * l + 0.78277 * m - 0.80868 * s;
  const lightness = 0.21045 * l + 0.79362 * m - 0.00407 * s;
  return { l: lightness, c: Math.hypot(a, bb), h: ((Math.atan2(bb, a) * 180) / Math.PI + 360) % 360 };
}

function toRgb({ l, c, h }: Oklch): Triple {
  const a = c * Math.cos((h * Math.PI) / 180);
  const b = c * Math.sin((h * Math.PI) / 180);
  const x = (l + 0.39634 * a + 0.2158 * b) ** 3;
  const y = (l - 0.10556 * a - 0.06385 * b) ** 3;
  const z = (l - 0.08948 * a - 1.29149 * b) ** 3;
  return [
    4.07674 * x - 3.30771 * y + 0.23097 * z,
    -1.26844 * x + 2.60976 * y - 0.34132 * z,
    -0.0042 * x - 0.70342 * y + 1.70761 * z,
  ];
}

function inGamut(rgb: Triple): boolean {
  return rgb.every((channel) => channel >= -0.0005 && channel <= 1.0005);
}

/** Hex of an oklch colour; chroma gives way until a screen can show it. */
function hexOf(color: Oklch): string {
  let { c } = color;
  while (c > 0.002 && !inGamut(toRgb({ ...color, c }))) c *= 0.94;
  const channels = toRgb({ ...color, c }).map((channel) => {
    const byte = Math.round(gamma(Math.min(1, Math.max(0, channel))) * 255);
    return byte.toString(16).padStart(2, '0');
  });
  return `#${channels.join('')}`;
}

function luminance(hex: string): number {
  const [r, g, b] = parse(hex) ?? [0, 0, 0];
  return 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
}

/** WCAG contrast of two opaque hex colours, 1 to 21. */
export function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

/** The colour nearest to `start` that keeps `ratio` against every ground, going darker or lighter. */
function legible(start: Oklch, grounds: readonly string[], ratio: number, step: number): string {
  let color = start;
  let hex = hexOf(color);
  while ((step > 0 ? color.l < 1 : color.l > 0) && grounds.some((ground) => contrast(hex, ground) < ratio)) {
    color = { ...color, l: color.l + step };
    hex = hexOf(color);
  }
  return hex;
}

/** White where it can be read, else a near-black of the brand's hue, else black: one of them always reaches 4.5:1. */
function inkOn(fill: string, hue: number): string {
  const dark = hexOf({ l: 0.2, c: 0.02, h: hue });
  return ['#ffffff', dark].find((ink) => contrast(ink, fill) >= 4.5) ?? '#000000';
}

function lightPalette({ l, c, h }: Oklch): Palette {
  const neutral = Math.min(c * 0.08, 0.008);
  const surface = '#ffffff';
  const bubble = hexOf({ l: 0.965, c: neutral, h });
  const tint = hexOf({ l: 0.952, c: Math.min(c * 0.3, 0.034), h });
  const dangerTint = hexOf({ l: 0.955, c: 0.022, h: RED_HUE });
  // A brand that is hardly a colour gives way until its bubbles stand out from the paper.
  const brand = hexOf({ l: Math.min(l, 0.87 + c * 0.4), c, h });
  return {
    surface,
    bubble,
    tint,
    ink: hexOf({ l: 0.235, c: neutral * 1.6, h }),
    muted: legible({ l: 0.52, c: neutral * 1.6, h }, [surface, bubble, tint], 4.6, -0.01),
    line: hexOf({ l: 0.905, c: neutral, h }),
    control: legible({ l: 0.7, c: neutral * 1.6, h }, [surface], 3.05, -0.005),
    hover: '#0b1f150d',
    brand,
    'on-brand': inkOn(brand, h),
    accent: legible({ l, c, h }, [surface, bubble, tint], 4.6, -0.01),
    ring: hexOf({ l: 0.9, c: Math.min(c * 0.5, 0.05), h }),
    danger: legible({ l: 0.54, c: 0.19, h: RED_HUE }, [surface, dangerTint], 4.6, -0.01),
    'danger-tint': dangerTint,
    online: '#2fb45e',
    soft: hexOf({ l: 0.68, c: c * 0.6, h }),
    idle: hexOf({ l: 0.94, c: Math.min(c * 0.14, 0.016), h }),
    edge: '#14241b12',
    shadow: '#14241b38',
    scrim: '#14241b66',
    veil: `${tint}f5`,
    glint: '#ffffffb3',
  };
}

function darkPalette({ l, c, h }: Oklch): Palette {
  const neutral = Math.min(c * 0.12, 0.012);
  const surface = hexOf({ l: 0.222, c: neutral, h });
  const bubble = hexOf({ l: 0.278, c: neutral, h });
  const tint = hexOf({ l: 0.304, c: Math.min(c * 0.35, 0.042), h });
  const dangerTint = hexOf({ l: 0.3, c: 0.06, h: RED_HUE });
  const brand = l >= 0.7 ? hexOf({ l, c, h }) : hexOf({ l: 0.76, c: Math.min(c * 1.15, 0.14), h });
  return {
    surface,
    bubble,
    tint,
    ink: hexOf({ l: 0.945, c: neutral * 0.5, h }),
    muted: legible({ l: 0.7, c: neutral, h }, [surface, bubble, tint], 4.6, 0.01),
    line: hexOf({ l: 0.34, c: neutral, h }),
    control: legible({ l: 0.46, c: neutral, h }, [surface], 3.05, 0.005),
    hover: '#e8fff20f',
    brand,
    'on-brand': inkOn(brand, h),
    accent: legible({ l: 0.76, c: Math.min(c * 1.15, 0.14), h }, [surface, bubble, tint], 4.6, 0.01),
    ring: hexOf({ l: 0.42, c: Math.min(c * 0.7, 0.07), h }),
    danger: legible({ l: 0.72, c: 0.15, h: RED_HUE }, [surface, dangerTint], 4.6, 0.01),
    'danger-tint': dangerTint,
    online: '#3fbf6b',
    soft: hexOf({ l: 0.5, c: Math.min(c * 0.8, 0.08), h }),
    idle: hexOf({ l: 0.34, c: neutral, h }),
    edge: hexOf({ l: 0.31, c: neutral, h }),
    shadow: '#0000008c',
    scrim: '#00000099',
    veil: `${tint}f5`,
    glint: '#ffffff14',
  };
}

/**
 * Every colour of the widget for one brand colour (`#rgb`, `#rrggbb` or `rgb(…)`; anything else counts as the default).
 * Text tokens keep 4.5:1 on the grounds they stand on, controls and focus 3:1, whatever the brand is.
 */
export function paletteOf(brand: string, scheme: Scheme): Palette {
  const rgb = parse(brand) ?? parse(DEFAULT_BRAND) ?? [0, 0, 0];
  return scheme === 'light' ? lightPalette(toOklch(rgb)) : darkPalette(toOklch(rgb));
}

function declarations(palette: Palette): string {
  return Object.entries(palette)
    .map(([token, value]) => `--a-${token}:var(--attache-${token},${value});`)
    .join('');
}

/**
 * CSS of both schemes for a brand colour, to stand beside `sheetText` in a constructable sheet. Every token gives way to the
 * `--attache-…` property of the same name on the host element.
 */
export function themeText(brand: string): string {
  const light = declarations(paletteOf(brand, 'light'));
  const dark = declarations(paletteOf(brand, 'dark'));
  return (
    `.attache{color-scheme:light;${light}}` +
    `.attache[data-theme=dark]{color-scheme:dark;${dark}}` +
    `@media (prefers-color-scheme:dark){.attache[data-theme=auto]{color-scheme:dark;${dark}}}`
  );
}
