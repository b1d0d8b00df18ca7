import type { Plugin } from 'vite';

/** Rooms that never ship (ARCHITECTURE §2). */
const STAY_HOME = /\/src\/(?:sandbox|demo|admin|testing)\/|\.testing\.tsx?$/;

/** Fails the build of the named environments when one of their chunks holds a module from a room that does not ship. */
export function shippedOnly(environments: readonly string[]): Plugin {
  return {
    name: 'attache:shipped-only',
    apply: 'build',
    applyToEnvironment: (environment) => environments.includes(environment.name),
    generateBundle(_, bundle) {
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const stray = Object.keys(chunk.modules).find((id) => STAY_HOME.test(id));
        if (stray) this.error(`${chunk.fileName} would ship ${stray}`);
      }
    },
  };
}
