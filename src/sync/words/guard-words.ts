import { GUARDED_KINDS, type GuardedKind } from '../guarded-kind.js';
import type { DeliveryGuards, Guards, Limit, MissingGuard, Patience } from '../mapping/mapping.js';
import { LIMIT_KEYS } from '../mapping/read-guards.js';

export interface GuardWords {
  /** `guards.suspensions` */
  readonly path: string;
  readonly text: string;
}

/** When a person is asked before anything goes on, removals first. */
export function guardWords(guards: Guards): readonly GuardWords[] {
  const { limits, abort, whenHeld } = guards;
  const kinds = [...GUARDED_KINDS].reverse().flatMap((kind): readonly GuardWords[] => {
    const limit = limits[kind];
    return limit === null ? [] : [{ path: `guards.${LIMIT_KEYS[kind]}`, text: limitWords(kind, limit) }];
  });
  return [
    ...kinds,
    ...(abort === null ? [] : [{ path: 'guards.abort', text: abortWords(abort) }]),
    { path: 'guards.whenHeld', text: WHEN_HELD[whenHeld] },
    { path: 'guards.delivery', text: deliveryWords(guards.delivery) },
    { path: 'guards.missing', text: missingWords(guards.missing) },
    { path: 'guards.giveUpAfter', text: giveUpWords(guards.giveUpAfter) },
  ];
}

/** The guard of suspensions, which is always there. */
export function suspensionWords(guards: Guards): GuardWords {
  const path = `guards.${LIMIT_KEYS.suspend}`;
  return guardWords(guards).find((words) => words.path === path) ?? { path, text: '' };
}

function deliveryWords(delivery: DeliveryGuards): string {
  const { minimumRows, shrink, badRows, damagedRows, maximumAgeInDays, repeated } = delivery;
  const parts = [
    ...(maximumAgeInDays === null ? [] : [`is more than ${maximumAgeInDays} days old`]),
    ...(minimumRows === null ? [] : [`has fewer than ${minimumRows} rows`]),
    ...(shrink === null ? [] : [`has ${rowsWords(shrink, 'fewer rows')} than the one before`]),
    ...(badRows === null ? [] : [`has ${rowsWords(badRows, 'rows')} that cannot be read`]),
    ...(damagedRows === null ? [] : [`has ${rowsWords(damagedRows, 'rows')} with lost letters`]),
    ...(repeated === 'accept' ? [] : ['is the same as one from before the last']),
  ];
  if (parts.length === 0) return 'Every file that can be read is taken.';
  return `A file is not taken, and nothing is changed, when it ${parts.join(', or ')}; then somebody is told.`;
}

/** What happens to who is in no row any more. */
export function missingWords({ leaveGroups, ...suspension }: MissingGuard): string {
  const first =
    leaveGroups === null
      ? ''
      : `is taken out of the groups that the sync gave after ${patienceWords(leaveGroups)}, and `;
  return `Who is in no row any more ${first}is removed after ${patienceWords(suspension)}; for 30 days the same account can be brought back.`;
}

function patienceWords({ snapshots, days }: Patience): string {
  const files = snapshots === 1 ? 'the first file without them' : `${snapshots} files in a row without them`;
  const grace = days === 0 ? '' : ` and ${days} ${days === 1 ? 'day' : 'days'} after the first of these`;
  return `${files}${grace}`;
}

function giveUpWords(runs: number | null): string {
  if (runs === null) return 'A change that the network refuses is tried again by every run.';
  const often = runs === 1 ? 'once' : `in ${runs} runs in a row, for the same reason`;
  return `A change that the network refuses ${often}, is not tried again before the person's row or these rules change, or somebody asks for it.`;
}

function rowsWords({ percent, count, floor }: Limit, rows: string): string {
  const most = [...(percent === null ? [] : [`${percent} %`]), ...(count === null ? [] : [String(count)])].join(' or ');
  return most === '' ? `more than ${floor} ${rows}` : `more than ${most} ${rows} (and more than ${floor})`;
}

function limitWords(kind: GuardedKind, limit: Limit): string {
  return `When one run would ${WOULD[kind]} ${moreThan(limit)}, a person decides first; up to ${limit.floor} may always be${PARTICIPLE[kind]}.`;
}

function abortWords(limit: Limit): string {
  return `When one run would change anything about ${moreThan(limit)}, nothing at all is changed until a person decides; up to ${limit.floor} may always be changed.`;
}

function moreThan({ percent, count, floor }: Limit): string {
  const parts = [
    ...(percent === null ? [] : [`more than ${percent} % of the people`]),
    ...(count === null ? [] : [`more than ${count} of them`]),
  ];
  return parts.length === 0
    ? `more than ${floor} people`
    : parts.join(', or ').replace(/^more than (\d+) of them/, 'more than $1 people');
}

const WHEN_HELD: Readonly<Record<Guards['whenHeld'], string>> = {
  continue: 'While something waits for a decision, everything else goes on.',
  wait: 'While something waits for a decision, nothing else is changed.',
};

const WOULD: Readonly<Record<GuardedKind, string>> = {
  create: 'give an account to',
  restore: 'give the account back to',
  update: 'change the profile of',
  join: 'add to groups',
  role_up: 'give more rights to',
  role_down: 'take rights from',
  invite: 'invite',
  leave: 'take out of groups',
  suspend: 'remove',
};

const PARTICIPLE: Readonly<Record<GuardedKind, string>> = {
  create: ' given one',
  restore: ' given it back',
  update: ' changed',
  join: ' added',
  role_up: ' given them',
  role_down: ' without them',
  invite: ' invited',
  leave: ' taken out',
  suspend: ' removed',
};
