import type { ReleasedFile } from './manifest.ts';

/** Stands for the address of the content network; a brand puts its own. */
export const PLACE = 'https://cdn.example';

/**
 * The two tags of a page that runs these bytes and no others: `integrity` for the loader, an import map for what the
 * loader, the widget and the page import. The map must come before every module of the page. `files` are those of one version, below `address`.
 */
export function pinnedSnippet(address: string, files: readonly ReleasedFile[]): string {
  const loader = files.find(({ role }) => role === 'loader');
  if (!loader) throw new Error('there is no loader among the files');
  const imported = files.filter(({ role }) => role !== 'loader' && role !== 'source map');
  const integrity = Object.fromEntries(imported.map((file) => [`${address}/${file.path}`, file.integrity]));
  return `<script type="importmap">
${JSON.stringify({ integrity }, null, 2)}
</script>
<script async src="${address}/${loader.path}" integrity="${loader.integrity}" crossorigin="anonymous"></script>
`;
}
