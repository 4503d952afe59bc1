import { profileTable } from '../../src/proposal/profile/profile-columns.js';
import { proposeMapping } from '../../src/proposal/propose/propose-mapping.js';
import { decisionOn, type ConfidenceWord, type Proposal } from '../../src/proposal/propose/proposal.js';
import { columnsOf } from '../../src/proposal/propose/unmapped.js';
import { FIELDS, type Field, type HeaderSet } from './header-sets.js';
import { madeUpFile } from './made-up-file.js';

export interface Answer {
  readonly set: string;
  readonly field: Field;
  readonly column: string | null;
  readonly word: ConfidenceWord;
  readonly isRight: boolean;
}

/** How right a proposal is, field by field, against what a person expects. */
export function answersOf(set: HeaderSet, proposal: Proposal): readonly Answer[] {
  return FIELDS.map((field) => {
    const { choice, word } = decisionOn(proposal, field);
    const column = columnsOf(choice)[0] ?? null;
    const expected = set.expected[field];
    const right = typeof expected === 'string' || expected === null ? [expected] : expected;
    const isRight = right.some((name) => name?.replace(/\\n/g, '\n').trim() === column?.trim());
    return { set: set.name, field, column, word, isRight };
  });
}

export function proposalOf(set: HeaderSet, rows: number): Proposal {
  return proposeMapping({ profile: profileTable(madeUpFile(set.columns, rows)) });
}

export interface Score {
  readonly accuracy: number;
  readonly wrong: readonly string[];
  readonly wrongHigh: readonly string[];
  /** Share of the answers that are of high confidence. */
  readonly high: number;
}

export function scoreOf(sets: readonly HeaderSet[], rows: number): Score {
  const answers = sets.flatMap((set) => answersOf(set, proposalOf(set, rows)));
  const wrong = answers.filter(({ isRight }) => !isRight);
  const text = ({ set, field, column, word }: Answer) => `${set}: ${field} is not ${JSON.stringify(column)} (${word})`;
  return {
    accuracy: 1 - wrong.length / answers.length,
    wrong: wrong.map(text),
    wrongHigh: wrong.filter(({ word }) => word === 'high').map(text),
    high: answers.filter(({ word }) => word === 'high').length / answers.length,
  };
}

/**
 * What is proposed with high confidence for a field whose column was taken out of the file: the surest way to be wrong is
 * when the right answer is not there.
 */
export function highWithoutColumn(sets: readonly HeaderSet[], rows: number): readonly string[] {
  return sets.flatMap((set) =>
    FIELDS.flatMap((field) => {
      const expected = [set.expected[field]].flat().map((name) => name?.trim());
      const columns = set.columns.filter(([header]) => !expected.includes(header.trim()));
      if (columns.length === set.columns.length || columns.length === 0) return [];
      const { choice, word } = decisionOn(proposalOf({ ...set, columns }, rows), field);
      return word === 'high' ? [`${set.name}: ${field} is ${columnsOf(choice).join()}`] : [];
    }),
  );
}
