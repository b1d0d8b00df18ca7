import type { ChatOptions, Theme } from './options.ts';

/** What of the panel may change while it stands. */
export interface Look {
  readonly theme: Theme;
  /** The page's own scheme, for the theme `host`. */
  readonly scheme: 'light' | 'dark' | 'auto';
  readonly inline: boolean;
  readonly brandColor: string | undefined;
  /** BCP 47. */
  readonly locale: string;
}

/** What the page says of its own scheme: both, as an undecided page has it, is `auto`. */
export function hostScheme(): Look['scheme'] {
  const [first, second] = getComputedStyle(document.documentElement)
    .colorScheme.split(' ')
    .filter((word) => word !== 'only');
  if (second !== undefined) return 'auto';
  return first === 'dark' ? 'dark' : 'light';
}

/** How the panel looks with these options. */
export function lookOf({ theme = 'auto', mode, brandColor, locale }: ChatOptions): Look {
  return {
    theme,
    scheme: theme === 'host' ? hostScheme() : 'auto',
    inline: mode === 'inline',
    brandColor,
    locale: locale ?? (document.documentElement.lang || navigator.language),
  };
}
