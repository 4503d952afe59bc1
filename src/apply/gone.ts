import { NotFound } from '../network/errors.js';
import type { Eid } from '../sync/ids.js';
import type { StoredLink } from '../store/changes.js';
import { GONE } from '../store/gone.js';
import { failed, skipped, type ApplyParts, type Unit, type UnitResult } from './batch.js';

const NOT_ACTIVE =
  'The account does not exist or is suspended, because creating or restoring it did not succeed, so this was not tried. ' +
  'The next run tries it again.';

export type PresentLink = StoredLink & { readonly state: 'active'; readonly userEid: Eid };

/** Whether the person has an account that is not suspended, with a known EID. Nothing else may be written to it. */
export function isPresent(link: StoredLink | null): link is PresentLink {
  return link !== null && link.state === 'active' && link.userEid !== null;
}

/** Nobody may be put in groups or invited without an account: an invitation to an unknown address makes a stray one. */
export function notActive(unit: Unit): UnitResult {
  return skipped(unit, NOT_ACTIVE);
}

/** Nothing is written to this person; one whom the network suspended before we knew the EID would never get one. */
export async function absent(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = unit[0].link;
  if (link?.state !== 'active') return notActive(unit);
  const found = await parts.network.findAccount(link.userName);
  return found?.active === true ? notActive(unit) : gone(unit, link);
}

/** As before an account was made: the next plan creates the person anew, and looks for this user name first. */
export function forgotten(link: StoredLink): StoredLink {
  return {
    ...link,
    state: 'creating',
    ...{ scimId: null, userEid: null, membershipEid: null },
    written: { ...link.written, networkRole: 'member', memberships: {} },
    ...{ password: null, invitedAt: null, suspendedAt: null },
  };
}

/** The changes fail, and the link is such that the next run puts it right. */
export function gone(unit: Unit, link: StoredLink): UnitResult {
  return { ...failed(unit, GONE), link: forgotten(link) };
}

/**
 * Does something for a person in the network. What is not found may be a group: only when the network itself answers, and
 * does not show the person, is the person gone.
 */
export async function unlessGone(
  parts: ApplyParts,
  unit: Unit,
  link: PresentLink,
  work: () => Promise<UnitResult>,
): Promise<UnitResult> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof NotFound) || (await parts.network.person(link.userEid)) !== null) throw error;
    return gone(unit, link);
  }
}
