/** Code points of a name. */
const MAX_NAME = 120;
/** Code points of an extension, its dot included, that is kept when a name is cut. */
const MAX_EXTENSION = 16;

/** After the last dot, lower case; empty when there is none. `.htaccess` is all extension. */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

/** The name with an extension of this type: as it is when it has one, in place of the extension it has, or behind the name. */
export function withExtensionOf(name: string, { extensions }: { readonly extensions: readonly string[] }): string {
  const [usual] = extensions;
  const extension = extensionOf(name);
  if (usual === undefined || extensions.includes(extension)) return name;
  return `${extension === '' ? name : name.slice(0, -extension.length - 1)}.${usual}`;
}

/**
 * A name fit to show and to decide by: the base name of whatever path, composed (NFC), without control, bidi-control and
 * invisible format characters (`gpj.exe` must not read as `exe.jpg`) but with every letter of every script and the joiners
 * that emoji and Persian need, without the trailing dots and spaces that Windows drops, at most 120 code points with the
 * extension kept. `file` when nothing is left.
 */
export function cleanName(name: string): string {
  const base = name.split(/[/\\]/).at(-1) ?? '';
  const visible = base
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\p{Bidi_Control}\u00ad\u200b\u2060]/gu, '')
    .trim()
    .replace(/[. ]+$/, '');
  return visible === '' ? 'file' : shortened(visible);
}

function shortened(name: string): string {
  const points = Array.from(name);
  if (points.length <= MAX_NAME) return name;
  const dot = points.lastIndexOf('.');
  const extension = dot < 0 ? [] : points.slice(dot);
  if (extension.length > MAX_EXTENSION) return points.slice(0, MAX_NAME).join('');
  return [...points.slice(0, MAX_NAME - extension.length), ...extension].join('');
}
