/** Tells a component's props apart: what the chat is to know, without what does not concern it. */
export interface PropsReader<P> {
  /** Takes the props of a render; returns all options if one of them is not what it was. */
  read(props: P): Partial<P> | null;
  options(): Partial<P>;
  latest(): P;
}

/**
 * Functions are told as one that stays the same and calls the latest: `getToken={() => …}` is a new one at every render and
 * must not begin a new connection each time. A prop that has gone is told as undefined.
 */
export function createPropsReader<P extends object>(except: readonly string[]): PropsReader<P> {
  let latest = {} as P;
  let told: Record<string, unknown> = {};
  const stable = new Map<string, unknown>();

  const propOf = (name: string): unknown => (latest as Record<string, unknown>)[name];

  function optionOf(name: string): unknown {
    if (typeof propOf(name) !== 'function') return propOf(name);
    if (!stable.has(name))
      stable.set(name, (...args: unknown[]) => (propOf(name) as (...a: unknown[]) => unknown)(...args));
    return stable.get(name);
  }

  return {
    read(props) {
      latest = props;
      const names = new Set([...Object.keys(told), ...Object.keys(props)]);
      const next: Record<string, unknown> = {};
      for (const name of names) if (!except.includes(name)) next[name] = optionOf(name);
      const same = Object.keys(next).every((name) => name in told && Object.is(next[name], told[name]));
      told = next;
      return same ? null : (next as Partial<P>);
    },
    options: () => told as Partial<P>,
    latest: () => latest,
  };
}
