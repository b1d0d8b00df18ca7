import type { Profile } from '../widget/options.ts';

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** The SDEs in whatever a page has pushed: one, a list of them, or lists in a list. */
export function sdesIn(pushed: unknown): readonly Json[] {
  if (Array.isArray(pushed)) return pushed.flatMap(sdesIn);
  return isObject(pushed) && typeof pushed.type === 'string' ? [pushed] : [];
}

/** Leaves out what is not known. */
function known(fields: Readonly<Record<string, string | undefined>>): Partial<Profile> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

/**
 * What the agent's desk takes of them: the latest `ctmrinfo` and the latest `personal`, which are the only types that
 * `userprofile.SetUserProfile` accepts (PROTOCOL §5). Null where there is neither.
 */
export function profileOf(sdes: readonly Json[]): Profile | null {
  const latest = ['ctmrinfo', 'personal'].flatMap((type) => sdes.filter((sde) => sde.type === type).slice(-1));
  if (latest.length === 0) return null;
  const personal = latest.find(({ type }) => type === 'personal')?.personal;
  if (!isObject(personal)) return { sdes: latest };
  const contact: unknown = Array.isArray(personal.contacts) ? personal.contacts[0] : undefined;
  const { email, phone } = isObject(contact) ? contact : {};
  const facts = {
    firstName: textOf(personal.firstname),
    lastName: textOf(personal.lastname),
    mail: textOf(email),
    mobileNum: textOf(phone),
  };
  return { ...known(facts), sdes: latest };
}
