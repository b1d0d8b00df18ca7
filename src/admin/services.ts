import type { Http } from '../net/ports.ts';
import { failureOf } from '../protocol/failure.ts';
import { type Domains, decodeDomains, paths, type ServiceName } from '../protocol/http.ts';
import { inWords, isFinal, Problem } from './problem.ts';

/** Where an account's services are. */
export interface Services {
  /** `https` or `http`, as domain discovery was spoken to. */
  readonly scheme: 'https' | 'http';
  /** The service's origin. Throws Problem where discovery did not name it. */
  origin(service: ServiceName): string;
}

/** Domain discovery (PROTOCOL §1). Rejects with Problem: unknown account, or nobody there to ask. */
export async function discover(http: Http, domainApi: URL, account: string): Promise<Services> {
  const unknown = new Problem(
    `No services are known for account ${account} at ${domainApi.origin}.`,
    'Check the account number. An account of another region has another --domain-api.',
  );
  let domains: Domains;
  try {
    domains = decodeDomains(await http.json(domainApi.origin + paths.domains(account)));
  } catch (error) {
    const failure = failureOf(error);
    if (isFinal(failure)) throw unknown;
    throw new Problem(
      `Domain discovery at ${domainApi.origin} ${inWords(failure)}.`,
      'Check this machine’s network and the address in --domain-api.',
    );
  }
  if (Object.keys(domains).length === 0) throw unknown;
  const scheme = domainApi.protocol === 'http:' ? 'http' : 'https';
  return {
    scheme,
    origin(service) {
      const host = domains[service];
      if (host) return `${scheme}://${host}`;
      throw new Problem(
        `Domain discovery names no host for the service ${service}.`,
        'Ask LivePerson whether the account has messaging; without this service it does not work.',
      );
    },
  };
}
