import { parseArgs } from 'node:util';
import { UsageError } from './problem.ts';

const DEFAULT_DOMAIN_API = 'https://api.liveperson.net';

export interface AccountOptions {
  readonly command: 'enable-file-sharing' | 'show-file-sharing';
  readonly account: string;
  readonly user: string;
  /** Origin of domain discovery. Its scheme is what all services are spoken to by. */
  readonly domainApi: URL;
}

export interface DoctorOptions {
  readonly account: string;
  readonly domainApi: URL;
  /** The brand page's origin, as a browser would send it; null leaves out what only a browser would meet. */
  readonly origin: string | null;
  /** Connector for an anonymous identity; null takes the demonstration sign-up (PROTOCOL §2). */
  readonly connector: string | null;
}

function parse<K extends string>(argv: readonly string[], names: readonly K[]) {
  const options = Object.fromEntries(names.map((name) => [name, { type: 'string' as const }]));
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true });
    return { values: values as Partial<Record<K, string>>, positionals };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function required(value: string | undefined, name: string): string {
  if (!value?.trim()) throw new UsageError(`--${name} is missing`);
  return value.trim();
}

function accountOf(value: string | undefined): string {
  const account = required(value, 'account');
  if (!/^[\w-]{1,64}$/.test(account)) throw new UsageError(`--account ${account} is not an account number`);
  return account;
}

function originOf(value: string, name: string): URL {
  const url = URL.canParse(value) ? new URL(value) : null;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw new UsageError(`--${name} ${value} is not an address such as https://brand.example`);
  }
  return url;
}

/** `enable-file-sharing --account A --user U [--domain-api URL]`. Throws UsageError. */
export function accountOptions(argv: readonly string[]): AccountOptions {
  if (argv.some((argument) => /^--?p(ass(word)?)?(=|$)/i.test(argument))) {
    throw new UsageError(
      'a password on the command line can be read by every user of this machine: leave it out and type it when asked, ' +
        'or put it into the environment variable ATTACHE_PASSWORD',
    );
  }
  const { values, positionals } = parse(argv, ['account', 'user', 'domain-api']);
  const [command, ...more] = positionals;
  if (command !== 'enable-file-sharing' && command !== 'show-file-sharing') {
    throw new UsageError(command === undefined ? 'what to do is missing' : `${command} is not known`);
  }
  if (more.length > 0) throw new UsageError(`${more.join(' ')} is not understood`);
  return {
    command,
    account: accountOf(values.account),
    user: required(values.user, 'user'),
    domainApi: originOf(values['domain-api'] ?? DEFAULT_DOMAIN_API, 'domain-api'),
  };
}

/** `--account A [--domain-api URL] [--origin URL] [--connector ID]`. Throws UsageError. */
export function doctorOptions(argv: readonly string[]): DoctorOptions {
  const { values, positionals } = parse(argv, ['account', 'domain-api', 'origin', 'connector']);
  if (positionals.length > 0) throw new UsageError(`${positionals.join(' ')} is not understood`);
  return {
    account: accountOf(values.account),
    domainApi: originOf(values['domain-api'] ?? DEFAULT_DOMAIN_API, 'domain-api'),
    origin: values.origin === undefined ? null : originOf(values.origin, 'origin').origin,
    connector: values.connector ?? null,
  };
}
