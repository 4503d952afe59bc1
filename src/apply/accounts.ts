import { Conflict, NetworkError } from '../network/errors.js';
import type { Account } from '../network/network.js';
import type { Change } from '../sync/change.js';
import { nothingWritten } from '../sync/plan/plan-person.js';
import type { ChangeToApply, StoredLink } from '../store/changes.js';
import {
  applyUnits,
  changesOf,
  done,
  failed,
  stopsEverything,
  type ApplyParts,
  type Unit,
  type UnitResult,
} from './batch.js';

type Create = Extract<Change, { kind: 'create' }>;

const TRIES = 3;

const OTHER_XID =
  'The user name belongs to an account with another XID. Nothing was changed; choose another user name in the mapping or mend the account.';
const OTHER_USER_NAME =
  'The network has another account with this XID or e-mail address under a different user name. Nothing was changed; mend the XID in the network.';
const SEVERAL =
  'Several accounts of the network have this e-mail address, and which of them is the person is for somebody to say. Nothing was ' +
  'changed; give the right one the XID in the network, or remove the others.';
const SOMEBODY_ELSE =
  'The e-mail address belongs to an account with another XID. Nothing was changed; mend the XID in the network, or the address in the record.';
const OF_SOMEBODY_ELSE =
  'The account with this user name or e-mail address is that of somebody else: the sync made it for them or took it over, and its XID was ' +
  'changed in the network since then. Nothing was changed for either; mend the XID in the network, or the record.';
const ADOPTED =
  'The account with this e-mail address was there before the sync and had no XID. It was taken over, not created: its XID and profile ' +
  'were written. Its password, its role in the network and the groups that it already had were not changed; look at them in the network.';
const TAKEN_OVER =
  'The account was there before the sync and was taken over, not created: its profile was written. Its password, its role in ' +
  'the network and the groups that it already had were not changed; look at them in the network.';
const TAKEN_OVER_AGAIN = 'The account was there already and was taken over again: its profile was written.';
const ADDRESS_KEPT =
  ' Its e-mail address stays for now: the next run asks whether the account is activated, and it is the login of somebody.';

/**
 * Creates accounts. The intent, with the temporary password, is written down for all of them first, so that an account
 * whose answer was lost is found again by its user name and taken over instead of made twice.
 */
export async function createAccounts(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  const intended = units.map((unit) => intend(parts, unit));
  await parts.record(
    [],
    intended.filter(({ isNew }) => isNew).map(({ link }) => link),
  );
  const byXid = new Map(intended.map((intent) => [intent.link.xid, intent]));
  await applyUnits(parts, units, async (_, unit) => {
    const { change } = createOf(unit);
    const intent = byXid.get(change.xid);
    if (intent === undefined) throw new TypeError('A person without an intent cannot be created.');
    return createAccount(parts, unit, change, intent);
  });
}

interface Intent {
  readonly link: StoredLink;
  /** False: an earlier attempt wrote it down, and may have created the account. */
  readonly isNew: boolean;
}

function intend(parts: ApplyParts, unit: Unit): Intent {
  const { change, link } = createOf(unit);
  if (link?.state === 'creating') return { link, isNew: false };
  return { isNew: true, link: intentFor(parts, change, null) };
}

/** @param password of an earlier attempt, sealed; it is kept, since the account may have it by now. */
function intentFor(parts: ApplyParts, change: Create, password: string | null): StoredLink {
  const { xid, person } = change;
  const hasLetter = person.audience === 'letter';
  return {
    xid,
    state: 'creating',
    userName: person.userName,
    ...{ scimId: null, userEid: null, membershipEid: null },
    written: nothingWritten(person),
    password: hasLetter ? (password ?? change.sealedPassword ?? parts.sealPassword(xid)) : null,
    ...{ invitedAt: null, suspendedAt: null },
  };
}

/** An account of an earlier attempt is found by the name that it was to have, which may not be the one wanted now. */
async function createAccount(parts: ApplyParts, unit: Unit, change: Create, intent: Intent): Promise<UnitResult> {
  if (intent.isNew) return tryToCreate(parts, unit, change, intent.link);
  const { link } = intent;
  const found = await parts.network.findAccount(link.userName);
  if (found?.xid === change.xid) return takeOver(parts, unit, change, { link, found, note: null });
  const renewed = intentFor(parts, change, link.password);
  await parts.record([], [renewed]);
  return found === null || renewed.userName !== link.userName
    ? tryToCreate(parts, unit, change, renewed)
    : notMade(failed(unit, OTHER_XID), renewed);
}

/**
 * The network refused, so there is no account of ours, and no intent is left: whatever stands there when the next run tries again was
 * made by somebody else, who may be asked to by what the report says. It has no password of ours, and its address may be a login.
 */
function notMade(result: UnitResult, intent: StoredLink): UnitResult {
  return { ...result, link: { ...intent, isDropped: true } };
}

async function tryToCreate(parts: ApplyParts, unit: Unit, change: Create, link: StoredLink): Promise<UnitResult> {
  for (let attempt = 1; ; attempt += 1) {
    const found = attempt === 1 ? null : await parts.network.findAccount(link.userName);
    if (found !== null) return takeOver(parts, unit, change, { link, found, note: null });
    try {
      const scimId = await parts.network.createAccount(toAccount(parts, change, link));
      return done(unit, { ...link, state: 'active', scimId });
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error instanceof Conflict) return takeOverAfterConflict(parts, unit, change, link, attempt === 1);
      if (attempt === 1 && error.effect === 'no' && !stopsEverything(error))
        return notMade(failed(unit, error.message), link);
      if (error.effect === 'no' || attempt === TRIES) throw error;
    }
  }
}

function toAccount(parts: ApplyParts, { xid, person }: Create, { userName, password }: StoredLink) {
  const account = { userName, xid, profile: person.profile };
  return password === null ? account : { ...account, temporaryPassword: parts.openPassword(xid, password) };
}

/** @param wasThere none of our attempts can have made it: then it has no password of ours. */
async function takeOverAfterConflict(
  parts: ApplyParts,
  unit: Unit,
  change: Create,
  link: StoredLink,
  wasThere: boolean,
): Promise<UnitResult> {
  const found = await parts.network.findAccount(link.userName);
  const owned = wasThere ? { link: { ...link, password: null }, note: TAKEN_OVER } : { link, note: null };
  const result =
    found === null ? await adopt(parts, unit, change, link) : await takeOver(parts, unit, change, { ...owned, found });
  return wasThere && result.link === null ? notMade(result, link) : result;
}

/** Who has the e-mail address that stands in the way: by XID it is the same person, and without one it may be. Nothing is guessed. */
async function adopt(parts: ApplyParts, unit: Unit, change: Create, link: StoredLink): Promise<UnitResult> {
  const { email } = change.person.profile;
  if (change.adoptsByEmail !== true || email === undefined) return failed(unit, OTHER_USER_NAME);
  const accounts = await parts.network.findAccountsByEmail(email);
  const known = accounts.filter(({ xid }) => xid === change.xid);
  const candidates = known.length > 0 ? known : accounts;
  const [found, ...others] = candidates;
  if (found === undefined) return failed(unit, OTHER_USER_NAME);
  if (others.length > 0) return failed(unit, SEVERAL);
  if (found.xid !== null && found.xid !== change.xid) return failed(unit, SOMEBODY_ELSE);
  const adopted = { ...found, xid: change.xid };
  return takeOver(parts, unit, change, { link: { ...link, password: null }, found: adopted, note: ADOPTED });
}

interface Taken {
  readonly link: StoredLink;
  readonly found: Account;
  readonly note: string | null;
}

/**
 * The account exists: ours by a lost answer, or there before us under the same XID. Then profile and state are written once more. The
 * e-mail address of one that was there before may be somebody's login: it stays, and the person stays due, so that the next run,
 * which knows the EID of the account, asks whether it is activated. No link loses its account, whatever XID it has by now: two links to
 * one account would suspend for one person whom the record has as the other.
 */
async function takeOver(
  parts: ApplyParts,
  unit: Unit,
  { xid, person }: Create,
  { link, found, note }: Taken,
): Promise<UnitResult> {
  if (found.xid !== xid) return failed(unit, OTHER_XID);
  const owner = await parts.ownerOf(found.id);
  if (owner !== null && owner !== xid) return failed(unit, OF_SOMEBODY_ELSE);
  const isSame = found.userName.toLowerCase() === person.userName.toLowerCase();
  const userName = isSame ? found.userName : person.userName;
  // Also of an account of ours: somebody who uses it may have given it an address that the sync never wrote.
  const isTheirs = note !== null || isOther(found.email, link.written.profile.email);
  const keepsAddress = isTheirs && person.audience !== 'sso' && isOther(found.email, person.profile.email);
  const profile = keepsAddress ? { ...person.profile, email: found.email } : person.profile;
  if (!found.active) await parts.network.setActive(found.id, found.userName, true);
  await parts.network.updateAccount(found.id, { userName, xid, profile });
  const written = { ...nothingWritten(person), profile };
  return done(
    unit,
    { ...link, state: 'active', userName: person.userName, scimId: found.id, written },
    keepsAddress ? (note ?? TAKEN_OVER_AGAIN) + ADDRESS_KEPT : note,
  );
}

function isOther(email: string | null, wanted: string | undefined): email is string {
  return email !== null && email.toLowerCase() !== wanted?.toLowerCase();
}

function createOf(unit: Unit): ChangeToApply & { readonly change: Create } {
  const first = changesOf(unit, 'create')[0];
  if (first === undefined) throw new TypeError('A unit is never empty.');
  return first;
}
