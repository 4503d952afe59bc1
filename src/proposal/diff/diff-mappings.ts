import type { Mapping } from '../../sync/mapping/mapping.js';
import {
  exceptionLines,
  groupLines,
  invitationLines,
  roleLines,
  singleLines,
  type MappingLine,
} from './mapping-lines.js';

/** One difference between two mappings. */
export interface MappingDifference {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  /** `columns.email`, `local department`, `role in network`, `options.mergeDuplicates` */
  readonly subject: string;
  /** null for what was added. */
  readonly before: string | null;
  /** null for what was removed. */
  readonly after: string | null;
}

/**
 * What a mapping says otherwise than another: columns, rules and options that were added, removed or changed. Comments, the
 * layout, and the order of group rules mean nothing; the order of roles and audiences does, because the first that applies wins.
 */
export function diffMappings(before: Mapping, after: Mapping): readonly MappingDifference[] {
  return [
    ...diffSingles(singleLines(before), singleLines(after)),
    ...diffRules(groupLines(before), groupLines(after)),
    ...diffOrderedRules(roleLines(before), roleLines(after), 'roles'),
    ...diffOrderedRules(invitationLines(before), invitationLines(after), 'invitations'),
    ...diffRules(exceptionLines(before), exceptionLines(after)),
  ];
}

/** `~ columns.email: column "Mail" -> column "Email work"` */
export function renderDifference({ kind, subject, before, after }: MappingDifference): string {
  switch (kind) {
    case 'added':
      return `+ ${subject}: ${after ?? ''}`;
    case 'removed':
      return `- ${subject}: ${before ?? ''}`;
    case 'changed':
      return `~ ${subject}: ${before ?? ''} -> ${after ?? ''}`;
    case 'moved':
      return `~ ${subject}: the order changed, ${before ?? ''} -> ${after ?? ''}`;
  }
}

function diffSingles(before: readonly MappingLine[], after: readonly MappingLine[]): readonly MappingDifference[] {
  const older = new Map(before.map(({ subject, text }) => [subject, text]));
  const newer = new Map(after.map(({ subject, text }) => [subject, text]));
  return [...new Set([...older.keys(), ...newer.keys()])].flatMap((subject) =>
    difference(subject, older.get(subject) ?? null, newer.get(subject) ?? null),
  );
}

/** What stands in both is no difference; of the rest, rules about the same subject are taken for changed ones. */
function diffRules(before: readonly MappingLine[], after: readonly MappingLine[]): readonly MappingDifference[] {
  const removed = without(before, after);
  const added = without(after, before);
  const subjects = [...new Set([...removed, ...added].map(({ subject }) => subject))];
  return subjects.flatMap((subject) => {
    const older = removed.filter((line) => line.subject === subject);
    const newer = added.filter((line) => line.subject === subject);
    const length = Math.max(older.length, newer.length);
    return Array.from({ length }, (_, index) =>
      difference(subject, older[index]?.text ?? null, newer[index]?.text ?? null),
    ).flat();
  });
}

function diffOrderedRules(
  before: readonly MappingLine[],
  after: readonly MappingLine[],
  called: string,
): readonly MappingDifference[] {
  const kept = (lines: readonly MappingLine[], others: readonly MappingLine[]) => {
    const gone = without(lines, others);
    return lines.filter((line) => !gone.includes(line)).map(({ subject, text }) => `${subject}: ${text}`);
  };
  const [older, newer] = [kept(before, after), kept(after, before)];
  const isMoved = older.some((line, index) => line !== newer[index]);
  const moved: MappingDifference = {
    kind: 'moved',
    subject: called,
    before: older.join('; '),
    after: newer.join('; '),
  };
  return [...diffRules(before, after), ...(isMoved ? [moved] : [])];
}

/** The lines that the others lack, each counted as often as it stands. */
function without(lines: readonly MappingLine[], others: readonly MappingLine[]): readonly MappingLine[] {
  const rest = [...others];
  return lines.filter(({ subject, text }) => {
    const found = rest.findIndex((line) => line.subject === subject && line.text === text);
    if (found >= 0) rest.splice(found, 1);
    return found < 0;
  });
}

function difference(subject: string, before: string | null, after: string | null): readonly MappingDifference[] {
  if (before === after) return [];
  const kind = before === null ? 'added' : after === null ? 'removed' : 'changed';
  return [{ kind, subject, before, after }];
}
