import type { InvitationAnswer, InvitationStatus, Invitee } from '../network/network.js';
import type { StoredLink } from '../store/changes.js';
import { NetworkError } from '../network/errors.js';
import type { Eid } from '../sync/ids.js';
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
import { gone, isPresent, notActive } from './gone.js';
import { askByHalves } from './halves.js';

/** What each answer means to a person; null: invited. Somebody already invited or already a member gets nothing again. */
const PROBLEMS: Readonly<Record<InvitationStatus, string | null>> = {
  sent: null,
  resend: null,
  invitee: null,
  member: null,
  invalid: 'The network calls the address invalid, so no invitation was sent. Mend it in the HR system.',
  unknown: 'The network did not say whether it sent the invitation. It is asked again by the next run.',
};

const OF_ANOTHER =
  'The network takes this address to be that of another account, so nobody told this person. Mend the record, or invite them in another way.';

const NO_LETTER =
  'There is no letter: the account was there before the sync, or was made when its person was not to be told by letter, so it has no ' +
  'temporary password. Who cannot log in yet gets one from an administrator of the network.';

const OLD_PROFILE =
  'The profile could not be changed in this run, so the invitation would go to the address of before. The next run tries both again.';

const NOWHERE =
  'The person could not join a group in this run and is in no other one, so no invitation was sent. The next run tries both again.';

const ACTIVATED = 'The account is activated already, so no invitation was sent.';

/**
 * Invites a batch of people: e-mail and SMS in one call, repeated safely because nobody already invited is written to again.
 * People who get a letter or log in by SSO need no call: their account is what they were waiting for. Whose account was
 * there before is asked for first: the address of somebody who activated it may be another than HR's, and inviting HR's
 * would make a second account.
 */
export async function inviteAll(parts: ApplyParts, units: readonly Unit[]): Promise<void> {
  const waiting = new Map(units.flatMap(waitingResult));
  const arrivals = await arrivalsOf(
    parts,
    units.filter((unit) => !waiting.has(unit)),
  );
  const settled = new Map([...waiting, ...arrivals]);
  const invitees = units.flatMap((unit) => (settled.has(unit) ? [] : (inviteeOf(unit) ?? [])));
  const answers = new Map<string, InvitationAnswer>();
  const refused = await askByHalves(parts, invitees, async (some) => {
    for (const [address, answer] of await parts.network.invite(some)) answers.set(address, answer);
  });
  const problems = new Map([...refused].map(([{ address }, problem]) => [address, problem]));
  await applyUnits(parts, units, async (_, unit) => settled.get(unit) ?? toResult(unit, answers, problems));
}

/** An invitation tells somebody that everything is in place, so it waits for what was to be done before it. */
function waitingResult(unit: Unit): [Unit, UnitResult][] {
  const [{ link, notUpdated = false, unjoined = [] }] = unit;
  if (!isPresent(link)) return [];
  if (notUpdated) return [[unit, skipped(unit, OLD_PROFILE)]];
  const isNowhere = unjoined.length > 0 && Object.keys(link.written.memberships).length === 0;
  return isNowhere ? [[unit, skipped(unit, NOWHERE)]] : [];
}

/** What became of those who need no invitation, or cannot be asked for; all others are to be invited. */
async function arrivalsOf(parts: ApplyParts, units: readonly Unit[]): Promise<ReadonlyMap<Unit, UnitResult>> {
  const waiting = units.filter(
    (unit) => changesOf(unit, 'invite')[0]?.change.again === true && inviteeOf(unit) !== null,
  );
  const arrivals = new Map<Unit, UnitResult>();
  const work = async (): Promise<void> => {
    for (let unit = waiting.shift(); unit !== undefined; unit = waiting.shift()) {
      parts.signal.throwIfAborted();
      const result = await arrivalOf(parts, unit);
      if (result !== null) arrivals.set(unit, result);
    }
  };
  await Promise.all(Array.from({ length: parts.concurrency }, work));
  return arrivals;
}

async function arrivalOf(parts: ApplyParts, unit: Unit): Promise<UnitResult | null> {
  const { link } = unit[0];
  if (!isPresent(link)) return null;
  try {
    const status = await parts.network.status(link.userEid);
    if (status === null) return gone(unit, link);
    return status === 'active' ? done(unit, invited(link, unit), ACTIVATED) : null;
  } catch (error) {
    if (!(error instanceof NetworkError) || stopsEverything(error)) throw error;
    return failed(unit, error.message);
  }
}

function inviteeOf(unit: Unit): Invitee | null {
  const { link } = unit[0];
  const audience = changesOf(unit, 'invite')[0]?.change.audience;
  if (!isPresent(link) || (audience !== 'email' && audience !== 'sms')) return null;
  const { givenName, infix, familyName, email, telephoneNumber } = link.written.profile;
  const address = audience === 'email' ? email : telephoneNumber;
  const name = [givenName, infix, familyName].filter((part) => part !== undefined).join(' ');
  return address === undefined ? null : { name, address, by: audience };
}

function toResult(
  unit: Unit,
  answers: ReadonlyMap<string, InvitationAnswer>,
  problems: ReadonlyMap<string, string>,
): UnitResult {
  const { link } = unit[0];
  if (!isPresent(link)) return notActive(unit);
  const audience = changesOf(unit, 'invite')[0]?.change.audience;
  if (audience === 'letter' && link.password === null) return done(unit, invited(link, unit), NO_LETTER);
  if (audience !== 'email' && audience !== 'sms') return done(unit, invited(link, unit));
  const invitee = inviteeOf(unit);
  if (invitee === null)
    return failed(unit, `There is no address to invite this person by ${audience}. Mend the record.`);
  const problem = problems.get(invitee.address) ?? problemOf(answers.get(invitee.address), link.userEid);
  return problem === null ? done(unit, invited(link, unit)) : failed(unit, problem);
}

function problemOf(answer: InvitationAnswer | undefined, user: Eid | null): string | null {
  if (answer === undefined) return PROBLEMS.unknown;
  // One telephone number may be that of two people, and the network tells one of them.
  const isOthers = answer.user !== null && user !== null && answer.user !== user;
  return isOthers && PROBLEMS[answer.status] === null ? OF_ANOTHER : PROBLEMS[answer.status];
}

function invited(link: StoredLink, unit: Unit): StoredLink {
  return linkAfter(
    link,
    changesOf(unit, 'invite').map(({ change }) => change),
  );
}
