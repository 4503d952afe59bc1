import type { Xid } from '../ids.js';
import type { ExceptionRule, Mapping } from '../mapping/mapping.js';
import type { Warning } from '../person.js';

/** Every XID that an exception names, each once. */
export function exceptedXids({ exceptions }: Pick<Mapping, 'exceptions'>): readonly Xid[] {
  return [...new Set(exceptions.flatMap(idsOf).map(({ xid }) => xid))];
}

/** A warning for each place of the mapping that names an XID which nobody has: most often zeros were lost, or the person left. */
export function unknownExceptions({ exceptions }: Mapping, unknown: ReadonlySet<Xid>): readonly Warning[] {
  return exceptions
    .flatMap(idsOf)
    .filter(({ xid }) => unknown.has(xid))
    .map(({ xid, at }) => ({
      code: 'unknown_exception',
      xid,
      rows: [],
      column: null,
      text:
        `The mapping names an id that nobody has (${at.path}, line ${at.line}). Ids are compared as text: \`0004711\` is not ` +
        '`4711`. Mend the id, or take it out.',
    }));
}

function idsOf({ whom }: ExceptionRule) {
  return whom.kind === 'ids' ? whom.ids : [];
}
