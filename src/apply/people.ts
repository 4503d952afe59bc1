import type { StoredLink } from '../store/changes.js';
import { changesOf, done, linkAfter, skipped, type ApplyParts, type Unit, type UnitResult } from './batch.js';

const NO_ACCOUNT = 'The person has no account, because creating it did not succeed. It is tried again by the next run.';

export async function updatePerson(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = accountOf(unit);
  if (link === null) return skipped(unit, NO_ACCOUNT);
  const change = changesOf(unit, 'update').at(-1)?.change;
  if (change === undefined) return done(unit, null);
  const { xid, userName, after } = change;
  await parts.network.updateAccount(link.scimId, { userName, xid, profile: after });
  return done(unit, linkAfter(link, [change]));
}

export async function suspendPerson(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = accountOf(unit);
  if (link === null) return skipped(unit, NO_ACCOUNT);
  await parts.network.setActive(link.scimId, link.userName, false);
  return done(unit, after(link, unit));
}

export async function restorePerson(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = accountOf(unit);
  if (link === null) return skipped(unit, NO_ACCOUNT);
  await parts.network.setActive(link.scimId, link.userName, true);
  return done(unit, after(link, unit));
}

function after(link: StoredLink, unit: Unit): StoredLink {
  return linkAfter(
    link,
    unit.flatMap(({ change }) => (change.kind === 'create_group' ? [] : [change])),
  );
}

/** The link with its SCIM id; null when there is no account yet. */
function accountOf(unit: Unit): (StoredLink & { readonly scimId: string }) | null {
  const link = unit[0].link;
  if (link === null || link.scimId === null) return null;
  return { ...link, scimId: link.scimId };
}
