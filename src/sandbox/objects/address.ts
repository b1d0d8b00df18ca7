/** What a request line names, read as Swift reads it. */
export interface Address {
  /** Decoded path as it is signed: `/v1/{account}/{container}/{object}`. Empty where it is not UTF-8 or holds a NUL. */
  readonly path: string;
  /** Null where the path names no object. */
  readonly object: { readonly account: string; readonly container: string; readonly name: string } | null;
  readonly query: URLSearchParams;
}

const OBJECT_PATH = /^\/v1\/([^/]+)\/([^/]+)\/(.+)$/s;

/** Percent-decoding that leaves what is no escape alone, as Python's `unquote`; null for a NUL or bytes that are not UTF-8. */
function unquote(raw: string): string | null {
  const latin = raw.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(latin, 'latin1'));
    return text.includes('\0') ? null : text;
  } catch {
    return null;
  }
}

/**
 * Splits a request target. Swift takes `.` and `..` in a path literally; here they name no object, so that nothing
 * that resolves paths can be led out of its container.
 */
export function addressOf(target: string): Address {
  const mark = target.indexOf('?');
  const path = unquote(mark < 0 ? target : target.slice(0, mark)) ?? '';
  const query = new URLSearchParams(mark < 0 ? '' : target.slice(mark + 1));
  const [, account, container, name] = OBJECT_PATH.exec(path) ?? [];
  const climbs = path.split('/').some((part) => part === '.' || part === '..');
  const named = account && container && name && /[^/]/.test(name) && !climbs;
  return { path, object: named ? { account, container, name } : null, query };
}
