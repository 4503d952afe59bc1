import { groupId } from './groups.js';
import type { GroupRef } from '../sync/group.js';
import type { DeliveredRow } from './delivery.js';
import { judge } from './judge.js';
import { readRules, type Patience, type Rules } from './rules.js';
import { settle } from './settle.js';
import { daysAfter } from './steps.js';
import type { Expectation, Expectations, Judgement } from './state.js';

export interface ExpectOptions {
  /** The mapping document, YAML. */
  readonly document: string;
  readonly rows: Iterable<DeliveredRow>;
  /** ISO date in the customer's time zone. */
  readonly today: string;
  /** What was expected after the last delivery; left out for the activation. */
  readonly previous?: Expectations;
  /** The groups of the network before the run; only looked at when the mapping creates none. */
  readonly groups?: Iterable<GroupRef>;
  /** People who activated their account since: their e-mail address is their own (`docs/mapping.md`, `columns`). */
  readonly activated?: ReadonlySet<string>;
}

/**
 * What the network should be like after this delivery, person by person, by the mapping document alone. It shares no code with
 * the engine but the expression language (`docs/adr/0041`).
 */
export function readExpectations({ document, ...options }: ExpectOptions): Expectations {
  return expectationsBy(readRules(document), options);
}

/** The same with rules that were read already. */
export function expectationsBy(rules: Rules, options: Omit<ExpectOptions, 'document'>): Expectations {
  const { today, previous = new Map<string, Expectation>(), activated = new Set<string>() } = options;
  const groups = options.groups === undefined ? {} : { groups: new Set([...options.groups].map(groupId)) };
  const rowsOf = byPerson(options.rows);
  const expected = new Map<string, Expectation>();
  for (const xid of new Set([...rowsOf.keys(), ...previous.keys()])) {
    const before = previous.get(xid) ?? null;
    const rows = rowsOf.get(xid);
    const hasAccount = before?.account === 'active';
    const judgement = rows
      ? judge(rules, xid, rows, { today, hasAccount, ...groups })
      : missing(rules, xid, before, today);
    const isActivated = activated.has(xid);
    const after = settle(rules, xid, judgement, before, isActivated);
    expected.set(xid, rows ? after : { ...after, absence: absenceOf(before, today) });
  }
  return withoutClaimedTwice(expected, previous);
}

function byPerson(rows: Iterable<DeliveredRow>): ReadonlyMap<string, readonly DeliveredRow[]> {
  const people = new Map<string, DeliveredRow[]>();
  for (const row of rows) {
    const others = people.get(row.xid);
    if (others === undefined) people.set(row.xid, [row]);
    else others.push(row);
  }
  return people;
}

/** Somebody whom no row names any more is waited for, and may leave the groups meanwhile: so many deliveries, and so many days. */
function missing(rules: Rules, xid: string, before: Expectation | null, today: string): Judgement {
  const alone = rules.exceptions.find(({ ids, said }) => said.leaveAlone && ids?.includes(xid));
  if (alone) return { kind: 'unchanged', rows: [], rule: alone.rule, why: 'an exception leaves the person alone' };
  const { since, deliveries } = absenceOf(before, today);
  const isOver = (patience: Patience): boolean =>
    deliveries >= patience.deliveries && daysAfter(since, patience.days) <= today;
  const { leaveGroups } = rules.missing;
  if (isOver(rules.missing)) return { kind: 'out', rows: [], rule: 'guards.missing', why: 'no row names the person' };
  const why = 'no row names the person, who is waited for';
  return leaveGroups !== null && isOver(leaveGroups)
    ? { kind: 'groupless', rows: [], rule: 'guards.missing.leaveGroups', why }
    : { kind: 'unchanged', rows: [], rule: 'guards.missing', why };
}

function absenceOf(before: Expectation | null, today: string) {
  return { since: before?.absence?.since ?? today, deliveries: (before?.absence?.deliveries ?? 0) + 1 };
}

/** A user name that somebody would get and another has or would get is nobody's: who would get it is left as they are. */
function withoutClaimedTwice(expected: Map<string, Expectation>, previous: Expectations): Expectations {
  const key = (each: Expectation | undefined) => each?.person?.userName.toLowerCase();
  const holders = new Map<string, Set<string>>();
  const note = (name: string | undefined, xid: string) => {
    if (name !== undefined) holders.set(name, (holders.get(name) ?? new Set()).add(xid));
  };
  for (const [xid, before] of previous) note(key(before), xid);
  const claims = [...expected].filter(([xid, each]) => isUpdated(each, previous.get(xid)));
  for (const [xid, each] of claims) note(key(each), xid);
  for (const [xid, each] of claims) {
    if ((holders.get(key(each) ?? '')?.size ?? 0) < 2) continue;
    const before = previous.get(xid);
    expected.set(xid, {
      ...(before ?? { ...each, account: 'absent', person: null, invitations: [], isTold: false, absence: null }),
      ...{
        xid,
        rows: each.rows,
        event: 'unchanged',
        rule: 'invitations',
        why: 'another person has or would get the same user name',
      },
      invitedNow: 0,
    });
  }
  return expected;
}

/** Whether an account is made or its profile written: only then a user name is claimed. */
function isUpdated(after: Expectation, before: Expectation | undefined): boolean {
  if (after.event === 'created') return true;
  if (after.event !== 'kept' && after.event !== 'restored') return false;
  const [was, is] = [before?.person, after.person];
  return was?.userName !== is?.userName || JSON.stringify(was?.profile) !== JSON.stringify(is?.profile);
}
