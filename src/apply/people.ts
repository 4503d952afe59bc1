import { NotFound } from '../network/errors.js';
import type { StoredLink } from '../store/changes.js';
import {
  applyUnits,
  changesOf,
  done,
  linkAfter,
  skipped,
  type ApplyParts,
  type Unit,
  type UnitResult,
} from './batch.js';
import { forgotten, gone, notActive } from './gone.js';
import { profileToWrite, readFirst } from './own-values.js';
import { ReadTogether } from './read-together.js';

const NO_ACCOUNT = 'The person has no account, because creating it did not succeed. It is tried again by the next run.';

/** People are read a few at a time and written one by one. */
export async function updatePeople(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  const now = new ReadTogether(
    parts.network,
    units.flatMap((unit) => readFirst(unit) ?? []),
  );
  await applyUnits(parts, units, (_, unit) => updatePerson(parts, unit, now));
}

async function updatePerson(parts: ApplyParts, unit: Unit, now: ReadTogether): Promise<UnitResult> {
  const link = unit[0].link;
  if (link?.state !== 'active' || link.scimId === null) return notActive(unit);
  const change = changesOf(unit, 'update').at(-1)?.change;
  if (change === undefined) return done(unit, null);
  const { xid, userName } = change;
  const { profile, note } = await profileToWrite(parts, link, change, now);
  try {
    await parts.network.updateAccount(link.scimId, { userName, xid, profile });
  } catch (error) {
    if (!(error instanceof NotFound) || (await parts.network.findAccount(link.userName))?.id === link.scimId)
      throw error;
    return gone(unit, link);
  }
  return done(unit, linkAfter(link, [change]), note);
}

/** Whoever is not in the network any more is as good as suspended; on return the account is created again. */
export async function suspendPerson(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = unit[0].link;
  if (link === null) return skipped(unit, NO_ACCOUNT);
  const switched = await switchAccount(parts, link, false);
  const suspended = after(switched ?? forgotten(link), unit);
  return done(unit, suspended);
}

export async function restorePerson(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = unit[0].link;
  if (link === null) return skipped(unit, NO_ACCOUNT);
  const switched = await switchAccount(parts, link, true);
  return switched === null ? gone(unit, link) : done(unit, after(switched, unit));
}

/** The account may be another than the one we knew, or one whose making was never answered: then the user name finds it. */
async function switchAccount(parts: ApplyParts, link: StoredLink, active: boolean): Promise<StoredLink | null> {
  if (link.scimId !== null) {
    try {
      await parts.network.setActive(link.scimId, link.userName, active);
      return link;
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
  const found = await parts.network.findAccount(link.userName);
  if (found === null || found.xid !== link.xid) return null;
  await parts.network.setActive(found.id, found.userName, active);
  return { ...link, scimId: found.id, userEid: null, membershipEid: null };
}

function after(link: StoredLink, unit: Unit): StoredLink {
  return linkAfter(
    link,
    unit.flatMap(({ change }) => (change.kind === 'create_group' ? [] : [change])),
  );
}
