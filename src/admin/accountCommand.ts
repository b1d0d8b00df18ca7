import type { Http } from '../net/ports.ts';
import { failureOf } from '../protocol/failure.ts';
import { paths } from '../protocol/http.ts';
import { field, stringOf } from '../protocol/read.ts';
import { patientHttp } from './http.ts';
import { type AccountOptions, accountOptions } from './options.ts';
import { inWords, Problem } from './problem.ts';
import {
  enableFileSharing,
  FILE_SHARING,
  isOn,
  type PropertyAccess,
  readFileSharing,
  type SiteProperty,
} from './property.ts';
import { discover } from './services.ts';

export const ACCOUNT_USAGE = `usage: npm run account -- enable-file-sharing --account A --user U [--domain-api URL]
       npm run account -- show-file-sharing   --account A --user U [--domain-api URL]

U is the login name of an administrator of the account. The password is asked for, or taken from ATTACHE_PASSWORD.`;

/**
 * Shows or switches on file sharing for an account; `say` gets each line for people. Rejects with Problem or
 * UsageError.
 */
export async function accountCommand(
  argv: readonly string[],
  askPassword: (user: string) => Promise<string>,
  say: (line: string) => void,
): Promise<void> {
  const options = accountOptions(argv);
  const http = patientHttp();
  const services = await discover(http, options.domainApi, options.account);
  const bearer = await signIn(http, services.origin('agentVep'), options, askPassword);
  const access = { origin: services.origin('accountConfigReadWrite'), account: options.account, bearer };
  const before = await inPlainWords(readFileSharing(access), options);
  say(`account ${options.account}: ${FILE_SHARING}`);
  if (options.command === 'show-file-sharing') return say(`now     ${shown(before)}`);
  say(`before  ${shown(before)}`);
  if (isOn(before)) return say('File sharing was on already, nothing was changed.');
  await enable(access, before, options, say);
}

async function enable(
  access: PropertyAccess,
  before: SiteProperty,
  options: AccountOptions,
  say: (line: string) => void,
): Promise<void> {
  await inPlainWords(enableFileSharing(access, before), options);
  const after = await inPlainWords(readFileSharing(access), options);
  say(`after   ${shown(after)}`);
  if (!isOn(after)) {
    throw new Problem('The service took the change and still says that file sharing is off.', 'Ask LivePerson why.');
  }
  say(`File sharing is on. To see that it works: npm run doctor -- --account ${options.account}`);
}

function shown(property: SiteProperty): string {
  return property.value === null ? 'never set, which is off' : String(property.value);
}

/** A bearer for the account's services. */
async function signIn(
  http: Http,
  agentVep: string,
  { account, user }: AccountOptions,
  askPassword: (user: string) => Promise<string>,
): Promise<string> {
  const password = await askPassword(user);
  try {
    const body = { username: user, password };
    const bearer = stringOf(
      field(await http.json(agentVep + paths.login(account), { method: 'POST', body }), 'bearer'),
    );
    if (bearer) return bearer;
    throw new Problem(
      'The login was answered without a bearer.',
      'Sign in by a browser once: the user may have to change the password.',
    );
  } catch (error) {
    if (error instanceof Problem) throw error;
    const failure = failureOf(error);
    if (failure.kind === 'refused' && (failure.code === 401 || failure.code === 403)) {
      throw new Problem(
        `User ${user} with this password may not sign in to account ${account}.`,
        'Check login name and password. Users who sign in by a brand’s own login page have no password here.',
      );
    }
    throw new Problem(`The login service at ${agentVep} ${inWords(failure)}.`, 'Try again in a few minutes.');
  }
}

async function inPlainWords<T>(work: Promise<T>, { user, account }: AccountOptions): Promise<T> {
  try {
    return await work;
  } catch (error) {
    const failure = failureOf(error);
    const code = failure.kind === 'refused' ? failure.code : null;
    if (code === 401 || code === 403) {
      throw new Problem(
        `User ${user} may not do this to the settings of account ${account}.`,
        'Run the command as an administrator of the account.',
      );
    }
    if (code === 412 || code === 409) {
      throw new Problem(
        'Somebody else changed the setting at the same moment, so nothing was changed.',
        'Run the command again.',
      );
    }
    throw new Problem(`The account’s settings service ${inWords(failure)}.`, 'Try again in a few minutes.');
  }
}
