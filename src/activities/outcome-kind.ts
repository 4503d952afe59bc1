import type { DuePerson } from '../store/plans.js';
import type { DateFacts } from '../sync/desired/dates.js';
import { leftAloneById } from '../sync/desired/exceptions.js';
import { mapRows } from '../sync/desired/map-rows.js';
import type { CompiledMapping } from '../sync/mapping/compile.js';
import type { Outcome } from '../sync/person.js';

type Person = Pick<DuePerson, 'xid' | 'rows'>;

/** What the mapping makes of somebody today, whether rows name them or not. */
export function outcomeToday(
  mapping: CompiledMapping,
  { xid, rows }: Person,
  facts: DateFacts,
): Outcome | { readonly kind: 'missing' } {
  if (rows.length === 0) return leftAloneById(mapping, xid) ?? { kind: 'missing' };
  const records = rows.map((row) => ({ xid, ...row }));
  return mapRows(mapping, xid, records, facts);
}

export function outcomeKind(mapping: CompiledMapping, person: Person, facts: DateFacts): Outcome['kind'] | 'missing' {
  return outcomeToday(mapping, person, facts).kind;
}
