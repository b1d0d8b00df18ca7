/** Origins that a brand's page lets the chat reach. */
export interface Reach {
  /** Sources of `connect-src`: the services by HTTP and WebSocket, and the object store. */
  readonly connect: readonly string[];
  /** Sources of `img-src`, beside previews: the object store. */
  readonly images: readonly string[];
}

/**
 * The directives that the chat lives under, the strictest that a browser has: no inline style, no worker, no HTML sink, no
 * Trusted Types policy. docs/security.md prints them, and the release is opened under them.
 */
export function directivesOf(nonce: string, { connect, images }: Reach): readonly string[] {
  return [
    "default-src 'none'",
    "base-uri 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'`,
    "style-src 'none'",
    `img-src blob: data: ${images.join(' ')}`,
    `connect-src ${connect.join(' ')}`,
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ];
}
