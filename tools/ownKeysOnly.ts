import type { Plugin } from 'vite';

/** The helper by which Rolldown makes a namespace object of a lazy chunk, before it is minified. */
const HELPER = /for \(var (\w+) in (\w+)\)(?=\s*\{?\s*__defProp)/;

/**
 * Has that helper read own keys only: on a page with junk on `Object.prototype` it would take the junk for an export, and the
 * import would fail (e2e/hosts, `prototype-js`).
 */
export function ownKeysOnly(environments: readonly string[]): Plugin {
  return {
    name: 'attache:own-keys-only',
    applyToEnvironment: ({ name }) => environments.includes(name),
    renderChunk(code) {
      const own = code.replace(HELPER, 'for (var $1 of Object.keys($2))');
      // The lines stay where they are, and with them the source map.
      return own === code ? null : { code: own, map: null };
    },
  };
}
