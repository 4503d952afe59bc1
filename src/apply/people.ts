import { NetworkError, NotFound } from '../network/errors.js';
import type { Account } from '../network/network.js';
import type { StoredLink } from '../store/changes.js';
import type { Xid } from '../sync/ids.js';
import {
  applyUnits,
  changesOf,
  done,
  failed,
  linkAfter,
  skipped,
  stopsEverything,
  type ApplyParts,
  type Unit,
  type UnitResult,
} from './batch.js';
import { forgotten, gone, notActive } from './gone.js';
import { EMAIL_KEPT, profileToWrite, readFirst } from './own-values.js';
import { ofUpdates, withLinks } from './update-units.js';
import { ReadTogether } from './read-together.js';

const NO_ACCOUNT = 'The person has no account, because creating it did not succeed. It is tried again by the next run.';

const SOMEBODY_ELSES =
  'The account has another XID in the network by now, of somebody who is in the record, so it was not suspended. Nothing was changed. When ' +
  'both are one person, have the earlier XID forgotten ("usersync person forget"), and the next run takes the account over for the other ' +
  'one; else mend the XID in the network.';

/** People are read a few at a time and written one by one; addresses that others are to get are given up before. */
export async function updatePeople(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  const vacating = ofUpdates(units, true);
  const vacated = new Map<Xid, StoredLink>();
  const beforeAll = peopleNow(parts, vacating);
  await applyUnits(parts, vacating, async (_, unit) => {
    const result = await vacateAddress(parts, unit, beforeAll);
    if (result.link !== null) vacated.set(result.link.xid, result.link);
    return result;
  });
  const updating = ofUpdates(units, false).map((unit) => withLinks(unit, vacated));
  const now = peopleNow(parts, updating);
  await applyUnits(parts, updating, (_, unit) => updateOrPutBack(parts, unit, now));
}

function peopleNow(parts: ApplyParts, units: readonly Unit[]): ReadTogether {
  return new ReadTogether(
    parts.network,
    units.flatMap((unit) => readFirst(unit) ?? []),
  );
}

/** The login address of an activated account is not the sync's to give up: then whoever is to get it is refused by the network. */
async function vacateAddress(parts: ApplyParts, unit: Unit, now: ReadTogether): Promise<UnitResult> {
  const result = await updatePerson(parts, unit, now);
  return result.outcomes.some(({ problem }) => problem === EMAIL_KEPT)
    ? done(unit, null, result.outcomes[0]?.problem)
    : result;
}

/** Whoever gave an address up and gets no other one gets it back, where nobody else has it by now: nobody is left without. */
async function updateOrPutBack(parts: ApplyParts, unit: Unit, now: ReadTogether): Promise<UnitResult> {
  const link = unit[0].link;
  const gaveUp = link?.written.gaveUp;
  if (link === null || link.scimId === null || gaveUp === undefined) return updatePerson(parts, unit, now);
  try {
    return await updatePerson(parts, unit, now);
  } catch (error) {
    if (!(error instanceof NetworkError) || stopsEverything(error)) throw error;
    return { ...failed(unit, error.message), link: await putBack(parts, unit, link, gaveUp) };
  }
}

/** null: it could not be given back, and the next run tries the new one again. */
async function putBack(parts: ApplyParts, unit: Unit, link: StoredLink, email: string): Promise<StoredLink | null> {
  const change = changesOf(unit, 'update').at(-1)?.change;
  if (change === undefined || link.scimId === null) return null;
  const { userName, xid } = link;
  const back = { ...change, after: { ...link.written.profile, email }, userName };
  try {
    const { profile } = await profileToWrite(parts, link, back, peopleNow(parts, []));
    await parts.network.updateAccount(link.scimId, { userName, xid, profile });
    return linkAfter(link, [back]);
  } catch (error) {
    if (!(error instanceof NetworkError) || stopsEverything(error)) throw error;
    return null;
  }
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
  if (await isSomebodyElses(parts, link)) return failed(unit, SOMEBODY_ELSES);
  const switched = await switchAccount(parts, link, false);
  const suspended = after(switched ?? forgotten(link), unit);
  return done(unit, suspended);
}

/** Somebody may have changed the XID in the network, for a person who came back under another one: HR says that they are there. */
async function isSomebodyElses(parts: ApplyParts, { xid, userEid }: StoredLink): Promise<boolean> {
  const shown = userEid === null ? null : await parts.network.person(userEid);
  if (shown === null || shown.xid === null || shown.xid === xid) return false;
  return parts.isInRecord(shown.xid);
}

export async function restorePerson(parts: ApplyParts, unit: Unit): Promise<UnitResult> {
  const link = unit[0].link;
  if (link === null) return skipped(unit, NO_ACCOUNT);
  const returned = returnedAs(unit, link);
  const switched = await switchAccount(parts, link, true, returned);
  // Under the XID of before, nobody would look at the link again, and it would keep the user name from the person for good.
  if (switched === null) return gone(unit, returned === null ? link : { ...link, xid: returned, movedFrom: link.xid });
  const restored = after(switched, unit);
  return done(unit, returned === null ? restored : moved(parts, restored, returned));
}

/** Whoever still waits for the letter gets it under the new XID: the account has the password, and nobody else's seal opens it. */
function moved(parts: ApplyParts, link: StoredLink, to: Xid): StoredLink {
  const password = link.password === null ? null : parts.movePassword(link.xid, to, link.password);
  return { ...link, xid: to, password, movedFrom: link.xid };
}

/** The new XID of somebody who returns under another one than the account has. */
function returnedAs(unit: Unit, { xid: known }: StoredLink): Xid | null {
  const change = changesOf(unit, 'restore')[0]?.change;
  return change?.formerXid === undefined || change.xid === known ? null : change.xid;
}

/** The account may be another than the one we knew, or one whose making was never answered: then the user name finds it. */
async function switchAccount(
  parts: ApplyParts,
  link: StoredLink,
  active: boolean,
  xid: Xid | null = null,
): Promise<StoredLink | null> {
  if (link.scimId !== null) {
    try {
      await parts.network.setActive(link.scimId, link.userName, active, ...(xid === null ? [] : [xid]));
      return link;
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }
  const found = (await accountNamed(parts, link, xid)) ?? (active ? null : await madeAnew(parts, link));
  if (found === null) return null;
  await parts.network.setActive(found.id, found.userName, active, ...(xid === null ? [] : [xid]));
  return { ...link, scimId: found.id, userEid: null, membershipEid: null };
}

async function accountNamed(parts: ApplyParts, link: StoredLink, xid: Xid | null): Promise<Account | null> {
  const found = await parts.network.findAccount(link.userName);
  return found !== null && (found.xid === link.xid || found.xid === xid) ? found : null;
}

/** Somebody may have deleted the account and made it again under another user name: whoever left must not keep that one. */
async function madeAnew(parts: ApplyParts, { xid, scimId, written }: StoredLink): Promise<Account | null> {
  const { email } = written.profile;
  // What was only intended never was the sync's to take away.
  if (scimId === null || email === undefined) return null;
  const accounts = await parts.network.findAccountsByEmail(email);
  const found = accounts.find((account) => account.xid === xid);
  if (found === undefined) return null;
  const owner = await parts.ownerOf(found.id);
  return owner === null || owner === xid ? found : null;
}

function after(link: StoredLink, unit: Unit): StoredLink {
  return linkAfter(
    link,
    unit.flatMap(({ change }) => (change.kind === 'create_group' ? [] : [change])),
  );
}
