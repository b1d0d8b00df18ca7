import type { ChatOptions } from '../../widget/options.ts';

/** What somebody has chosen on the theme page. */
export interface Choices {
  /** `#rrggbb`; every other colour is derived from it. */
  readonly brand: string;
  readonly scheme: 'light' | 'dark' | 'auto';
  /** Px of the bubbles' and the panel's corners. */
  readonly radius: number;
  /** A CSS font family list; empty is the system's. */
  readonly font: string;
  readonly title: string;
  /** Px from the page's edges. */
  readonly offsetBlock: number;
  readonly offsetInline: number;
}

export const DEFAULTS: Choices = {
  brand: '#126c42',
  scheme: 'auto',
  radius: 18,
  font: '',
  title: 'Chat with us',
  offsetBlock: 24,
  offsetInline: 24,
};

/** Px; rounder than this a one-line bubble is a pill already. */
export const MAX_RADIUS = 24;

/** The options that differ from what the widget does by itself. */
export function optionsOf(choices: Choices): Partial<ChatOptions> {
  const { brand, scheme, title, offsetBlock, offsetInline } = choices;
  const moved = offsetBlock !== DEFAULTS.offsetBlock || offsetInline !== DEFAULTS.offsetInline;
  return {
    ...(title === DEFAULTS.title ? {} : { brandName: title }),
    ...(brand === DEFAULTS.brand ? {} : { brandColor: brand }),
    ...(scheme === DEFAULTS.scheme ? {} : { theme: scheme }),
    ...(moved ? { offset: { block: offsetBlock, inline: offsetInline } } : {}),
  };
}

/** Custom properties for the element, by name; only what differs from the default. */
export function propertiesOf({ radius, font }: Choices): Readonly<Record<string, string>> {
  return {
    ...(radius === DEFAULTS.radius ? {} : { '--attache-radius': `${radius}px` }),
    ...(radius >= DEFAULTS.radius ? {} : { '--attache-corner': `${Math.min(5, radius)}px` }),
    ...(font === DEFAULTS.font ? {} : { '--attache-font': font }),
  };
}

/** As a literal in a script of an HTML page: `</script>` in a title must not end it. */
function literal(options: object): string {
  return JSON.stringify(options, null, 2)
    .replaceAll('<', '\\u003c')
    .replace(/"(\w+)":/g, '$1:');
}

/** What to paste into the brand's page. */
export function snippetOf(choices: Choices): string {
  const properties = Object.entries(propertiesOf(choices));
  const rules = properties.map(([name, value]) => `  ${name}: ${value};`).join('\n');
  const style = properties.length === 0 ? '' : `<style>\nattache-chat {\n${rules}\n}\n</style>\n`;
  const options = literal({ account: 'YOUR-ACCOUNT', ...optionsOf(choices) });
  return `${style}<script>
if (typeof window.attache !== 'function') window.attache = function () { (attache.q = attache.q || []).push(arguments) };
attache('boot', ${options});
</script>
<script async src="https://YOUR-CDN/attache/loader.js"></script>`;
}

/** From a page's address, so that a theme can be handed on as a link; what is not usable is the default. */
export function choicesFrom(query: URLSearchParams): Choices {
  const scheme = query.get('scheme');
  const px = (name: string, most: number, otherwise: number) => {
    const value = Number(query.get(name) ?? Number.NaN);
    return Number.isInteger(value) && value >= 0 && value <= most ? value : otherwise;
  };
  const brand = query.get('brand') ?? '';
  return {
    brand: /^#[\da-f]{6}$/i.test(brand) ? brand.toLowerCase() : DEFAULTS.brand,
    scheme: scheme === 'light' || scheme === 'dark' ? scheme : DEFAULTS.scheme,
    radius: px('radius', MAX_RADIUS, DEFAULTS.radius),
    font: (query.get('font') ?? '').replace(/[^\w\s,"'-]/g, '').slice(0, 120),
    title: (query.get('title') ?? DEFAULTS.title).slice(0, 60),
    offsetBlock: px('block', 400, DEFAULTS.offsetBlock),
    offsetInline: px('inline', 400, DEFAULTS.offsetInline),
  };
}

/** The address's query for these choices; empty for the defaults. */
export function queryOf(choices: Choices): string {
  const names = { offsetBlock: 'block', offsetInline: 'inline' } as Record<string, string>;
  const chosen = Object.entries(choices).filter(([name, value]) => value !== DEFAULTS[name as keyof Choices]);
  return new URLSearchParams(chosen.map(([name, value]) => [names[name] ?? name, String(value)])).toString();
}
