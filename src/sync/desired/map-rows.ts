import type { GroupKey, Xid } from '../ids.js';
import type { CompiledMapping } from '../mapping/compile.js';
import type { Place } from '../mapping/mapping.js';
import type { Audience, Membership, Outcome, PersonState, Warning, Why } from '../person.js';
import type { EmployeeRecord } from '../record.js';
import { differences, inCanonicalOrder, rowList, rowNumbers, type Row } from './duplicates.js';
import { absentWhy, presentRows, unreadableDates, type DateFacts } from './dates.js';
import {
  decidedByException,
  exceptedGroupRole,
  exceptedNetworkRole,
  exceptGroups,
  exceptionsFor,
  noInvitationBy,
  type Met,
} from './exceptions.js';
import { invitationFor, temporaryPasswordFor, userNameFor } from './invitation.js';
import { giveGroups, groupRole, networkRole, type Given } from './memberships.js';
import { profileOf } from './profile.js';
import { lacks } from './usable.js';
import { valueFaults } from './value-faults.js';

/** What is known of the network and the day; left out, nothing is checked against it. */
export interface KnownNetwork extends DateFacts {
  /** Every group. Only looked at when the mapping creates none. */
  readonly groups?: ReadonlySet<GroupKey>;
}

/**
 * What a mapping makes of all rows of one XID, whatever their order. The active rule runs first; rows that it leaves are
 * merged, or refused when merging is off (`speakap-user-sync.md`, 8). Exceptions beat every other rule. Pure, and never throws for odd data.
 */
export function mapRows(
  mapping: CompiledMapping,
  xid: Xid,
  records: readonly EmployeeRecord[],
  known: KnownNetwork = {},
): Outcome {
  const readable = records.flatMap(({ row, fields }) => (fields === null ? [] : [{ row, fields }]));
  if (readable.length < records.length) return unusable(xid, records, [unreadable(xid, records)]);
  const doubtful = unreadableDates(mapping, xid, readable);
  if (doubtful.length > 0) return unusable(xid, readable, doubtful);
  const valid = readable.filter(({ fields }) => mapping.active(fields));
  const active = presentRows(mapping, valid, known);
  const rows = inCanonicalOrder(active.length === 0 ? readable : active);
  const met = exceptionsFor(mapping, xid, rows);
  const decided = decidedByException(xid, met);
  if (decided !== null) return decided;
  if (active.length === 0 && valid.length > 0 && known.today !== undefined) {
    return { kind: 'inactive', xid, why: [absentWhy(mapping, valid, known.today)], warnings: [] };
  }
  if (active.length === 0) return inactive(mapping, xid, readable);
  if (active.length > 1 && !mapping.mapping.options.mergeDuplicates)
    return unusable(xid, active, [refusedDuplicate(xid, active)]);
  return mapActive(mapping, xid, { rows, met, known });
}

/** The temporary password that the mapping makes of a person's rows, for a letter; null where one is to be drawn. */
export function prescribedPassword(
  mapping: CompiledMapping,
  records: readonly EmployeeRecord[],
  facts: DateFacts = {},
): string | null {
  const readable = records.flatMap(({ row, fields }) => (fields === null ? [] : [{ row, fields }]));
  const valid = readable.filter(({ fields }) => mapping.active(fields));
  const [first] = inCanonicalOrder(presentRows(mapping, valid, facts));
  if (first === undefined) return null;
  const password = temporaryPasswordFor(mapping, first, profileOf(mapping, first.fields));
  return password?.kind === 'fixed' ? password.text : null;
}

interface Active {
  /** In canonical order. */
  readonly rows: readonly Row[];
  readonly met: readonly Met[];
  readonly known: KnownNetwork;
}

function mapActive(mapping: CompiledMapping, xid: Xid, { rows, met, known }: Active): Outcome {
  const [first] = rows;
  if (first === undefined) return inactive(mapping, xid, rows);
  const profile = profileOf(mapping, first.fields);
  const invitation = invitationFor(mapping, first, profile);
  const silencedBy = noInvitationBy(met);
  const excepted = exceptGroups(giveGroups(mapping, rows), met);
  const { given, unknown } = knownGroups(mapping, excepted.given, known);
  const roles = rolesOf(mapping, rows, given, met);
  const person: PersonState = {
    userName: userNameFor(invitation, xid, first),
    profile,
    audience: audienceOf(invitation?.audience ?? 'none', silencedBy),
    networkRole: roles.network.role,
    memberships: roles.memberships,
  };
  const warnings = [
    ...differences(mapping, xid, rows),
    ...valueFaults(mapping, xid, rows, invitation),
    ...unknown.map((each) => unknownGroup(xid, each)),
  ];
  const missing = lacks(mapping.mapping.options, person, xid, rows);
  if (missing.length > 0) return unusable(xid, rows, [...warnings, ...missing]);
  const audience = audienceWhy(silencedBy ?? invitation?.at, first);
  const why = [activeWhy(mapping, rows), profileWhy(mapping, first), audience, ...roles.why, ...excepted.why];
  const isUnreached = invitation === null && mapping.invitations.length > 0 && silencedBy === null;
  const unreached = isUnreached ? [withoutAudience(xid, rows)] : [];
  return { kind: 'active', xid, person, why, warnings: [...warnings, ...unreached] };
}

/** Whoever logs in through an identity provider gets no invitation anyway, and goes on to do so. */
function audienceOf(audience: Audience, silencedBy: Place | null): Audience {
  return silencedBy === null || audience === 'sso' ? audience : 'none';
}

function rolesOf(
  mapping: CompiledMapping,
  rows: readonly Row[],
  given: ReadonlyMap<GroupKey, Given>,
  met: readonly Met[],
) {
  const network = exceptedNetworkRole(met) ?? networkRole(mapping, rows);
  const memberships: Record<GroupKey, Membership> = {};
  const why = network.at ? [toWhy('role', network.at, network.rows)] : [];
  for (const [key, each] of [...given].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const { role, at, rows: holding } = exceptedGroupRole(met, key, each) ?? groupRole(mapping, key, each);
    memberships[key] = { group: each.group, role };
    why.push(toWhy(`group ${key}`, each.at, each.rows));
    if (at !== null) why.push(toWhy(`role ${key}`, at, holding));
  }
  return { network, memberships, why };
}

/** Groups that the network lacks and the mapping must not create are left out, with a warning for each. */
export function knownGroups(mapping: CompiledMapping, all: ReadonlyMap<GroupKey, Given>, { groups }: KnownNetwork) {
  if (groups === undefined || mapping.mapping.options.createMissingGroups) return { given: all, unknown: [] };
  const entries = [...all];
  return {
    given: new Map(entries.filter(([key]) => groups.has(key))),
    unknown: entries.filter(([key]) => !groups.has(key)).map(([, given]) => given),
  };
}

function inactive(mapping: CompiledMapping, xid: Xid, rows: readonly Row[]): Outcome {
  return { kind: 'inactive', xid, why: [activeWhy(mapping, rows)], warnings: [] };
}

function unusable(xid: Xid, rows: readonly { readonly row: number }[], warnings: readonly Warning[]): Outcome {
  const numbers = rows.map(({ row }) => row).sort((a, b) => a - b);
  const why = [...new Set(warnings.map(({ code }) => code))].map((code) => ({
    subject: 'unusable',
    rule: code,
    rows: numbers,
  }));
  return { kind: 'unusable', xid, why, warnings };
}

function activeWhy(mapping: CompiledMapping, rows: readonly Row[]): Why {
  return { subject: 'active', rule: 'active', ...lineOf(mapping.mapping.active?.at), rows: rowNumbers(rows) };
}

function profileWhy(mapping: CompiledMapping, row: Row): Why {
  return { subject: 'profile', rule: 'columns', ...lineOf(mapping.mapping.columns[0]?.value.at), rows: [row.row] };
}

function audienceWhy(at: Place | undefined, row: Row): Why {
  return { subject: 'audience', rule: at?.path ?? 'invitations', ...lineOf(at), rows: [row.row] };
}

function toWhy(subject: string, at: Place, rows: readonly Row[]): Why {
  return { subject, rule: at.path, line: at.line, rows: rowNumbers(rows) };
}

function lineOf(at: Place | undefined): { readonly line?: number } {
  return at === undefined ? {} : { line: at.line };
}

function unreadable(xid: Xid, records: readonly EmployeeRecord[]): Warning {
  const rows = records.filter(({ fields }) => fields === null).map(({ row }) => row);
  const text = `Row ${rows.join(', ')} could not be read, so nothing was changed for this person.`;
  return { code: 'unreadable_row', xid, rows, column: null, text };
}

function refusedDuplicate(xid: Xid, rows: readonly Row[]): Warning {
  const text = `${rowList(rows)} have the same id and are active, and \`mergeDuplicates\` is off. Nothing was changed for this person.`;
  return { code: 'duplicate_xid', xid, rows: rowNumbers(rows), column: null, text };
}

function unknownGroup(xid: Xid, given: Given): Warning {
  const [column = null] = given.columns;
  const text = `${rowList(given.rows)} put the person into a group that the network does not have (${given.at.path}, line ${given.at.line}), and \`createMissingGroups\` is off. That group was left out.`;
  return { code: 'unknown_group', xid, rows: rowNumbers(given.rows), column, text };
}

function withoutAudience(xid: Xid, rows: readonly Row[]): Warning {
  const text = `${rowList(rows)}: no audience under \`invitations\` applies, so this person is not invited.`;
  return { code: 'no_audience', xid, rows: rowNumbers(rows), column: null, text };
}
