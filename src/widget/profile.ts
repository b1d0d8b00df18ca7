import type { Service } from '../net/ports.ts';
import { failureOf } from '../protocol/failure.ts';
import type { ChatOptions, Profile } from './options.ts';

/** As `userprofile.SetUserProfile` takes it (PROTOCOL §5); fields that are not given are left out. */
function bodyOf({ sdes, mail, mobileNum, ...names }: Profile) {
  return {
    ...names,
    privateData: { ...(mail === undefined ? {} : { mail }), ...(mobileNum === undefined ? {} : { mobileNum }) },
    ...(sdes === undefined ? {} : { authenticatedData: { lp_sdes: sdes } }),
  };
}

/** Tells the service what the brand knows of the consumer, once for each consumer and each change. */
export function startProfile(service: Service, options: () => ChatOptions) {
  let told: string | null = null;

  function update(): void {
    const { profile } = options();
    if (!profile || service.status().at !== 'online') return;
    const next = said(profile);
    if (next === null || next === told) return;
    told = next;
    service.request('userprofile.SetUserProfile', bodyOf(profile)).catch((error: unknown) => {
      // Setting it twice does no harm; a refusal would only be repeated.
      if (failureOf(error).delivery !== 'refused') told = null;
    });
  }

  /** Whose profile, and what; null for one that no message can hold, which is the page's to see. */
  function said(profile: Profile): string | null {
    try {
      return `${service.me()} ${JSON.stringify(bodyOf(profile))}`;
    } catch (error) {
      reportError(error);
      return null;
    }
  }

  const stop = service.on('status', update);
  update();
  return { update, stop };
}
