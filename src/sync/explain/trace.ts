import { leftAloneById } from '../desired/exceptions.js';
import { mapRows, type KnownNetwork } from '../desired/map-rows.js';
import type { Xid } from '../ids.js';
import type { CompiledMapping } from '../mapping/compile.js';
import type { Outcome } from '../person.js';
import type { EmployeeRecord, Fields } from '../record.js';
import { lookAt, type Seen } from './seen.js';
import { traceDates, traceActive, traceExceptions } from './trace-presence.js';
import { traceColumns, traceInvitations } from './trace-profile.js';
import { traceGroups } from './trace-groups.js';
import { traceRoles } from './trace-roles.js';

/** What a rule came to for one person. `second`: it holds, and an earlier rule or an exception decided instead. */
export type RuleResult = 'holds' | 'does not hold' | 'gives nothing' | 'second' | 'not looked at';

/** One rule of the mapping with its result. Holds values of the record: for whoever asked for this person, and nobody else. */
export interface TracedRule {
  /** `groups[2]` */
  readonly path: string;
  readonly line: number;
  readonly result: RuleResult;
  /** Rows of which the result is said. */
  readonly rows: readonly number[];
  readonly gives: readonly string[];
  /** Why nothing, or not this rule; null where the result says it all. */
  readonly because: string | null;
}

export interface TracedRow {
  readonly row: number;
  /** null: it could not be read. */
  readonly fields: Fields | null;
  /** Whether it counts: by the active rule and, where the mapping has them, by start and leave date. */
  readonly counts: boolean;
}

export interface Trace {
  readonly rows: readonly TracedRow[];
  /** Every rule in the order of the document's sections: active, dates, exceptions, columns, groups, roles, invitations. */
  readonly rules: readonly TracedRule[];
  readonly outcome: Outcome | { readonly kind: 'missing'; readonly xid: Xid };
}

/** What every rule of a mapping says about one person, and what the mapping makes of them. Pure, as `mapRows`, whose outcome it tells. */
export function tracePerson(
  mapping: CompiledMapping,
  xid: Xid,
  records: readonly EmployeeRecord[],
  known: KnownNetwork = {},
): Trace {
  const outcome = records.length === 0 ? absent(mapping, xid) : mapRows(mapping, xid, records, known);
  const seen = lookAt(mapping, outcome, records, known);
  const counting = new Set(seen.present.map(({ row }) => row));
  return {
    rows: records.map(({ row, fields }) => ({ row, fields, counts: counting.has(row) })).sort((a, b) => a.row - b.row),
    rules: [...traceActive(seen), ...traceDates(seen), ...traceExceptions(seen), ...traceWhatIsMade(seen)],
    outcome,
  };
}

function absent(mapping: CompiledMapping, xid: Xid): Trace['outcome'] {
  return leftAloneById(mapping, xid) ?? { kind: 'missing', xid };
}

/** Rules that nobody comes to who is out, left alone or unclear. */
function traceWhatIsMade(seen: Seen): readonly TracedRule[] {
  if (seen.isMapped)
    return [...traceColumns(seen), ...traceGroups(seen), ...traceRoles(seen), ...traceInvitations(seen)];
  const { profile, groups, roles, invitations } = seen.mapping;
  return [
    ...profile.map(({ field, at }) => notLookedAt({ ...at, path: `columns.${field}` })),
    ...[...groups, ...roles, ...invitations].map(({ at }) => notLookedAt(at)),
  ];
}

function notLookedAt({ path, line }: Pick<TracedRule, 'path' | 'line'>): TracedRule {
  return { path, line, result: 'not looked at', rows: [], gives: [], because: null };
}
