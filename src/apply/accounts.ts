import { Conflict, NetworkError } from '../network/errors.js';
import type { Account } from '../network/network.js';
import type { Change } from '../sync/change.js';
import type { ChangeToApply, StoredLink } from '../store/changes.js';
import { applyUnits, changesOf, done, failed, type ApplyParts, type Unit, type UnitResult } from './batch.js';

type Create = Extract<Change, { kind: 'create' }>;

const TRIES = 3;

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
    const change = createOf(unit).change;
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
  if (link?.state === 'creating' && link.userName === change.person.userName) return { link, isNew: false };
  const { xid, person } = change;
  return {
    isNew: true,
    link: {
      xid,
      state: 'creating',
      userName: person.userName,
      scimId: null,
      userEid: null,
      membershipEid: null,
      written: { ...person, networkRole: 'member', memberships: {} },
      password: person.audience === 'letter' ? (change.sealedPassword ?? parts.sealPassword(xid)) : null,
      invitedAt: null,
      suspendedAt: null,
    },
  };
}

async function createAccount(
  parts: ApplyParts,
  unit: Unit,
  change: Create,
  { link, isNew }: Intent,
): Promise<UnitResult> {
  let lookFirst = !isNew;
  for (let attempt = 1; ; attempt += 1) {
    const found = lookFirst ? await parts.network.findAccount(link.userName) : null;
    if (found !== null) return takeOver(parts, unit, change, link, found);
    try {
      const scimId = await parts.network.createAccount(toAccount(parts, change, link));
      return done(unit, { ...link, state: 'active', scimId });
    } catch (error) {
      if (!(error instanceof NetworkError)) throw error;
      if (error instanceof Conflict) return takeOverAfterConflict(parts, unit, change, link);
      if (error.effect === 'no' || attempt === TRIES) throw error;
      lookFirst = true;
    }
  }
}

function toAccount(parts: ApplyParts, { xid, person }: Create, { userName, password }: StoredLink) {
  const account = { userName, xid, profile: person.profile };
  return password === null ? account : { ...account, temporaryPassword: parts.openPassword(xid, password) };
}

async function takeOverAfterConflict(
  parts: ApplyParts,
  unit: Unit,
  change: Create,
  link: StoredLink,
): Promise<UnitResult> {
  const found = await parts.network.findAccount(link.userName);
  if (found !== null) return takeOver(parts, unit, change, link, found);
  return failed(
    unit,
    'The network has another account with this XID or e-mail address under a different user name. Nothing was changed; mend the XID in the network.',
  );
}

/** The account exists: ours by a lost answer, or there before us under the same XID. Then profile and state are written once more. */
async function takeOver(
  parts: ApplyParts,
  unit: Unit,
  { xid, person }: Create,
  link: StoredLink,
  found: Account,
): Promise<UnitResult> {
  if (found.xid !== xid) {
    return failed(
      unit,
      'The user name belongs to an account with another XID. Nothing was changed; choose another user name in the mapping or mend the account.',
    );
  }
  if (!found.active) await parts.network.setActive(found.id, found.userName, true);
  await parts.network.updateAccount(found.id, { userName: found.userName, xid, profile: person.profile });
  return done(unit, { ...link, state: 'active', scimId: found.id });
}

function createOf(unit: Unit): ChangeToApply & { readonly change: Create } {
  const first = changesOf(unit, 'create')[0];
  if (first === undefined) throw new TypeError('A unit is never empty.');
  return first;
}
