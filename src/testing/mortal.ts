/**
 * A port as a tab holds it that may go at any moment: once it has gone, calls do nothing and what is under way never comes
 * back, as with a page that has been closed. What the call has set off elsewhere goes on.
 */
export function mortal<P extends object>(port: P, hasGone: () => boolean): P {
  const guarded = Object.entries(port).map(([name, value]: [string, unknown]) => [
    name,
    typeof value === 'function' ? guard(value as Call, port, hasGone) : value,
  ]);
  return Object.fromEntries(guarded) as P;
}

type Call = (...args: unknown[]) => unknown;

function guard(call: Call, port: object, hasGone: () => boolean): Call {
  return (...args) => {
    if (hasGone()) return new Promise(() => {});
    const given = call.apply(port, args);
    if (!(given instanceof Promise)) return given;
    return new Promise((resolve, reject) => {
      given.then(
        (value) => !hasGone() && resolve(value),
        (error: unknown) => !hasGone() && reject(error),
      );
    });
  };
}
