import type { Concept } from '../names/concepts.js';
import type { NameReading } from '../names/read-name.js';
import type { Described } from './described.js';
import type { Choice, Decision } from './proposal.js';

/** Columns that no decision uses, and why not. */
export function unmappedColumns(described: readonly Described[], decisions: readonly Decision[]) {
  const used = new Map(decisions.flatMap((each) => columnsOf(each.choice).map((column) => [column, each] as const)));
  return described
    .filter(({ column }) => !used.has(column.name))
    .map((each) => ({ column: each.column.name, reason: whyNot(each, decisions) }));
}

/** The columns that a choice reads. */
export function columnsOf(choice: Choice): readonly string[] {
  switch (choice.kind) {
    case 'column':
    case 'condition':
      return [choice.column];
    case 'columns':
      return [choice.businessUnit, choice.department];
    default:
      return [];
  }
}

function whyNot({ column, reading }: Described, decisions: readonly Decision[]): string {
  const rivalled = decisions.find(({ alternatives }) =>
    alternatives.some(({ choice }) => columnsOf(choice).includes(column.name)),
  );
  if (reading?.concept === 'fullName') return FULL_NAME;
  if (rivalled) return `An alternative for ${rivalled.target}, and not chosen.`;
  if (column.filled === 0) return 'It is empty in every row.';
  if (reading === null || (reading.concept === 'other' && isDoubtful(reading)))
    return 'Its name is not known, and its cells do not say what it is.';
  return REASONS[reading.concept] ?? 'The mapping has another column for it, or none of this kind.';
}

const FULL_NAME = 'The whole name; a mapping shows given and family name, and cannot take it apart.';
function isDoubtful({ certainty }: NameReading): boolean {
  return certainty === 'guessed' || certainty === 'partly';
}

const REASONS: Readonly<Partial<Record<Concept, string>>> = {
  otherPerson: 'It is about somebody else: a manager, a partner, a person to call.',
  sensitive: 'It is about a private matter that no network is told.',
  other: 'Nothing in a network is made of it.',
  workerType: 'The kind of employment; of use when rules differ for it.',
  endDate: 'A date on which something ends; the active rule does not need it.',
  userName: 'A user name; of use when people log in with a letter.',
};
