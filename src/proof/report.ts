import type { GroupRef } from '../sync/group.js';
import type { CheckResult, TestDay } from './checks/result.js';
import type { Audience } from './document.js';
import { accountsByXid, type FoundNetwork } from './found.js';
import { groupId, groupWords, type GroupId } from './groups.js';
import type { MadeEvent, NotShown } from './next-day/events.js';
import type { NextDay } from './next-day/make.js';
import type { Expectation, Expectations } from './state.js';

/** What a customer and Speakap judge a test by. People are pseudonyms; no value of a record but names of groups and roles. */
export interface TestReport {
  readonly customerName: string;
  /** Of the test, from 1. */
  readonly number: number;
  /** Of the mapping. */
  readonly version: number;
  /** Day of the activation in the test, ISO. */
  readonly date: string;
  readonly rows: number;
  /** Whether every check found everything as it should be and every guard did what it is for. */
  readonly isPassed: boolean;
  readonly people: PeopleCounts;
  /** The four checks of the activation, and that everybody else was left alone. */
  readonly activation: readonly CheckResult[];
  /** The three checks of the daily synchronisation, and the same; null when there was none. */
  readonly daily: readonly CheckResult[] | null;
  /** Whether the second day was a delivery of the customer or one that was made. */
  readonly secondDay: 'delivered' | 'made' | null;
  readonly groups: readonly GroupCount[];
  readonly samples: readonly SampleList[];
  readonly events: readonly EventResult[];
  readonly notShown: readonly NotShown[];
  readonly guards: readonly ShownGuard[];
  /** Kept columns that together still point to few people; left out where that was not counted. */
  readonly pointsTo?: readonly PointsTo[];
}

/** What the customer accepts by name before it approves. */
export interface PointsTo {
  /** `Location+JobTitle` */
  readonly name: string;
  /** Combinations of cells that too few people share. */
  readonly combinations: number;
  readonly people: number;
  /** Leave the column out, put rare values together, or accept it. */
  readonly proposal: 'drop' | 'merge' | 'accept';
}

/** People by what should become of them in the activation. */
export interface PeopleCounts {
  readonly active: number;
  /** Present in the record and left as they are, such as those whose row cannot be read. */
  readonly unchanged: number;
  readonly absent: number;
}

export interface GroupCount {
  readonly group: GroupRef;
  readonly words: string;
  /** Active people, in the copy before anything was done. */
  readonly before: number;
  readonly afterActivation: number;
  /** null: there was no second day. */
  readonly afterDaily: number | null;
}

export interface SampleList {
  readonly audience: Audience;
  /** Everybody of the audience. */
  readonly total: number;
  readonly people: readonly Sample[];
}

/** One person as the network shows them. */
export interface Sample {
  readonly xid: string;
  readonly groups: readonly string[];
  /** `admin of the network`, `Planner in the business unit North`; none for a member. */
  readonly roles: readonly string[];
  readonly rows: readonly number[];
}

export interface EventResult extends MadeEvent {
  readonly day: 2 | 3;
  /** Whether nothing of this person differs from what was expected. */
  readonly isRight: boolean;
}

/** A guard that was shown to stop something. */
export interface ShownGuard {
  /** `a delivery with a third of the rows missing` */
  readonly what: string;
  /** What happened: `the delivery was refused; nothing was changed`. */
  readonly happened: string;
  readonly isRight: boolean;
}

export interface ReportInput extends Pick<
  TestReport,
  'customerName' | 'number' | 'version' | 'date' | 'rows' | 'guards' | 'pointsTo'
> {
  readonly activation: { readonly day: TestDay; readonly checks: readonly CheckResult[] };
  readonly daily: {
    readonly day: TestDay;
    readonly checks: readonly CheckResult[];
    /** null: a delivery of the customer. */
    readonly made: Pick<NextDay, 'events' | 'notShown'> | null;
  } | null;
  /** Where those who left came back. */
  readonly thirdDay?: { readonly checks: readonly CheckResult[]; readonly events: readonly MadeEvent[] };
}

const SAMPLES = 10;

export function makeTestReport({ activation, daily, thirdDay, ...input }: ReportInput): TestReport {
  const made = daily?.made ?? null;
  const checks = [...activation.checks, ...(daily?.checks ?? []), ...(thirdDay?.checks ?? [])];
  return {
    ...input,
    isPassed:
      checks.every(({ totalDifferences }) => totalDifferences === 0) && input.guards.every(({ isRight }) => isRight),
    people: countPeople(activation.day.expected),
    activation: activation.checks,
    daily: daily === null ? null : merged(daily.checks, thirdDay?.checks ?? []),
    secondDay: daily === null ? null : made === null ? 'delivered' : 'made',
    groups: countGroups(activation.day, daily?.day.found ?? null),
    samples: sampleLists(activation.day),
    events: [
      ...eventResults(made?.events ?? [], daily?.checks ?? [], 2),
      ...eventResults(thirdDay?.events ?? [], thirdDay?.checks ?? [], 3),
    ],
    notShown: made?.notShown ?? [],
  };
}

function countPeople(expected: Expectations): PeopleCounts {
  const counts = { active: 0, unchanged: 0, absent: 0 };
  for (const { account, event } of expected.values()) {
    if (account === 'active') counts.active++;
    else if (event === 'unchanged') counts.unchanged++;
    else counts.absent++;
  }
  return counts;
}

/** The same check of two days is one. */
function merged(second: readonly CheckResult[], third: readonly CheckResult[]): readonly CheckResult[] {
  return second.map((result) => {
    const later = third.find(({ check }) => check === result.check);
    if (later === undefined || later.totalDifferences === 0) return result;
    return {
      check: result.check,
      lookedAt: Math.max(result.lookedAt, later.lookedAt),
      differences: [...result.differences, ...later.differences],
      totalDifferences: result.totalDifferences + later.totalDifferences,
      people: result.people + later.people,
    };
  });
}

function countGroups({ before, found }: TestDay, after: FoundNetwork | null): readonly GroupCount[] {
  const [first, second, third] = [membersOf(before), membersOf(found), after === null ? null : membersOf(after)];
  const groups = new Map<GroupId, GroupRef>();
  for (const group of [...found.groups, ...(after?.groups ?? [])]) groups.set(groupId(group), group);
  return [...groups]
    .map(([id, group]) => ({
      ...{ group, words: groupWords(group), before: first.get(id) ?? 0, afterActivation: second.get(id) ?? 0 },
      afterDaily: third === null ? null : (third.get(id) ?? 0),
    }))
    .sort((a, b) => b.afterActivation - a.afterActivation || (a.words < b.words ? -1 : 1));
}

function membersOf({ people }: FoundNetwork): ReadonlyMap<GroupId, number> {
  const members = new Map<GroupId, number>();
  for (const { isActive, groups } of people) {
    if (!isActive) continue;
    for (const { group } of groups) members.set(groupId(group), (members.get(groupId(group)) ?? 0) + 1);
  }
  return members;
}

/** Spread over the whole audience: those with different groups stand far from each other. */
function sampleLists({ expected, found }: TestDay): readonly SampleList[] {
  const accounts = accountsByXid(found);
  const audiences = new Map<Audience, Expectation[]>();
  for (const each of expected.values()) {
    if (each.account !== 'active' || each.person === null) continue;
    const { value } = each.person.audience;
    const others = audiences.get(value);
    if (others === undefined) audiences.set(value, [each]);
    else others.push(each);
  }
  return [...audiences].map(([audience, all]) => {
    const sorted = [...all].sort((a, b) =>
      groupsKey(a) < groupsKey(b) ? -1 : groupsKey(a) > groupsKey(b) ? 1 : a.xid < b.xid ? -1 : 1,
    );
    const step = Math.max(1, sorted.length / SAMPLES);
    const chosen = Array.from(
      { length: Math.min(SAMPLES, sorted.length) },
      (_, index) => sorted[Math.floor(index * step)],
    );
    const people = chosen.flatMap((each) => (each === undefined ? [] : [sampleOf(each, accounts.get(each.xid)?.[0])]));
    return { audience, total: all.length, people };
  });
}

function groupsKey({ person }: Expectation): string {
  return [...(person?.groups.keys() ?? [])].join(' ');
}

function sampleOf({ xid, rows }: Expectation, account: FoundNetwork['people'][number] | undefined): Sample {
  if (account === undefined) return { xid, rows, groups: [], roles: ['has no account'] };
  const inGroups = account.groups
    .filter(({ role }) => role !== null && role !== 'member')
    .map(({ group, role }) => `${role} in the ${groupWords(group)}`);
  const { networkRole } = account;
  const inNetwork = networkRole === null || networkRole === 'member' ? [] : [`${networkRole} of the network`];
  return {
    xid,
    rows,
    groups: account.groups.map(({ group }) => groupWords(group)).sort(),
    roles: [...inNetwork, ...inGroups],
  };
}

function eventResults(
  events: readonly MadeEvent[],
  checks: readonly CheckResult[],
  day: 2 | 3,
): readonly EventResult[] {
  const wrong = new Set(checks.flatMap(({ differences }) => differences.map(({ person }) => person)));
  return events.map((event) => ({ ...event, day, isRight: !wrong.has(event.xid) }));
}
