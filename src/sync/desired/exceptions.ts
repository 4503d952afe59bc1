import { groupKey, parentsOf } from '../group.js';
import type { GroupKey, Xid } from '../ids.js';
import type { CompiledException, CompiledMapping } from '../mapping/compile.js';
import type { Place } from '../mapping/mapping.js';
import type { Outcome, Why } from '../person.js';
import { rowNumbers, type Row } from './duplicates.js';
import { addGroups, type Given, type GivenRole } from './memberships.js';

/** An exception that is meant for a person, and the rows by which it is. */
export interface Met {
  readonly exception: CompiledException;
  readonly rows: readonly Row[];
}

/** Every exception that is meant for a person counts; of two that disagree the first wins, and `notIn` beats `addTo`. */
export function exceptionsFor(mapping: CompiledMapping, xid: Xid, rows: readonly Row[]): readonly Met[] {
  return mapping.exceptions
    .map((exception) => ({ exception, rows: rows.filter(({ fields }) => exception.isFor(xid, fields)) }))
    .filter((met) => met.rows.length > 0);
}

/** What is decided before anything else: to change nothing, which is the careful one and wins, or to keep the person out. */
export function decidedByException(xid: Xid, met: readonly Met[]): Outcome | null {
  const alone = met.find(({ exception }) => exception.rule.leaveAlone);
  if (alone !== undefined) return { kind: 'left_alone', xid, why: [whyOf('exception', alone)], warnings: [] };
  const out = met.find(({ exception }) => exception.rule.notInNetwork);
  return out === undefined ? null : { kind: 'kept_out', xid, why: [whyOf('active', out)], warnings: [] };
}

/** For somebody whom no row names: an exception may still say that the person counts as present. */
export function leftAloneById(mapping: CompiledMapping, xid: Xid): Outcome | null {
  const outcome = decidedById(mapping, xid);
  return outcome?.kind === 'left_alone' ? outcome : null;
}

/** What exceptions say of somebody by the id alone: also of whom no row names, or none that can be read. */
export function decidedById(mapping: CompiledMapping, xid: Xid): Outcome | null {
  const met = mapping.exceptions
    .filter(({ rule: { whom } }) => whom.kind === 'ids' && whom.ids.some((id) => id.xid === xid))
    .map((exception) => ({ exception, rows: [] }));
  return decidedByException(xid, met);
}

/** Groups that an exception takes away from a person. */
export interface Exceptional {
  readonly given: ReadonlyMap<GroupKey, Given>;
  readonly why: readonly Why[];
}

/** Adds what exceptions add, then takes out what they exclude; local departments go with the group that they stand in. */
export function exceptGroups(all: ReadonlyMap<GroupKey, Given>, met: readonly Met[]): Exceptional {
  if (met.length === 0) return { given: all, why: [] };
  const given = new Map([...all].map(([key, each]) => [key, { ...each, rows: [...each.rows] }]));
  for (const { exception, rows } of met) {
    for (const rule of exception.addTo) {
      for (const row of rows)
        addGroups(given, rule.groupsOf(row.fields), { at: exception.at, columns: rule.columns }, row);
    }
  }
  const excluded = excludedGroups(met);
  const why: Why[] = [];
  for (const [key, { group }] of given) {
    const by = excluded.get(key) ?? parentsOf(group).flatMap((parent) => excluded.get(groupKey(parent)) ?? [])[0];
    if (by !== undefined) given.delete(key);
  }
  for (const [key, by] of excluded) why.push(whyOf(`not in ${key}`, by));
  return { given, why };
}

function excludedGroups(met: readonly Met[]): ReadonlyMap<GroupKey, Met> {
  const excluded = new Map<GroupKey, Met>();
  for (const each of met) {
    for (const { groupsOf } of each.exception.notIn) {
      for (const group of each.rows.flatMap(({ fields }) => groupsOf(fields))) {
        if (!excluded.has(groupKey(group))) excluded.set(groupKey(group), each);
      }
    }
  }
  return excluded;
}

/** The role in the network that an exception gives; null when none does. */
export function exceptedNetworkRole(met: readonly Met[]): GivenRole | null {
  const found = met.find(({ exception }) => exception.rule.role?.target === 'network');
  return found === undefined ? null : roleBy(found, found.rows);
}

/** As a role rule does, an exception gives a role only where one of its rows put the person into the group. */
export function exceptedGroupRole(met: readonly Met[], key: GroupKey, given: Given): GivenRole | null {
  for (const each of met) {
    const { rule, roleGroupsOf } = each.exception;
    if (rule.role?.target !== given.group.kind) continue;
    const rows = each.rows.filter((row) => given.rows.includes(row) && isNamed(roleGroupsOf, key, row));
    if (rows.length > 0) return roleBy(each, rows);
  }
  return null;
}

function isNamed(groupsOf: CompiledException['roleGroupsOf'], key: GroupKey, { fields }: Row): boolean {
  return groupsOf === null || groupsOf(fields).some((named) => groupKey(named) === key);
}

/** The place of the exception that forbids to tell this person anything; null when none does. */
export function noInvitationBy(met: readonly Met[]): Place | null {
  return met.find(({ exception }) => exception.rule.noInvitation)?.exception.at ?? null;
}

function roleBy({ exception }: Met, rows: readonly Row[]): GivenRole {
  return { role: exception.rule.role?.role ?? 'member', at: exception.at, rows };
}

function whyOf(subject: string, { exception, rows }: Met): Why {
  return { subject, rule: exception.at.path, line: exception.at.line, rows: rowNumbers(rows) };
}
