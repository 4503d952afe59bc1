import type { Overview } from '../overview/overview.js';
import { shareOf, type ColumnProfile, type FileProfile } from '../profile/profile.js';
import { proposeActive } from './active.js';
import { describeColumns, type Described } from './described.js';
import { proposeGroups } from './groups.js';
import { proposeInvitations } from './invitations.js';
import { proposeOptions } from './options.js';
import { proposePersonFields } from './person-fields.js';
import { decide, decisionOn, isTaken, type Decision, type Proposal, type Target } from './proposal.js';
import { questionsFor } from './questions.js';
import { columnsOf, unmappedColumns } from './unmapped.js';

export interface ProposalInputs {
  /** Of the example record, or better of the first snapshot. */
  readonly profile: Pick<FileProfile, 'columns'>;
  /** Its names should have been handed to `profileColumns` too. */
  readonly overview?: Overview | null;
  /** What a source system calls its columns (AFAS metainfo): column to label. */
  readonly labels?: ReadonlyMap<string, string> | null;
}

/** A file without a single column that could be the id. Thrown before anything is proposed. */
export class NothingToPropose extends Error {
  constructor() {
    super(
      'The file has no column with a name, so no mapping can be proposed. Nothing was changed. Deliver a file with a header.',
    );
    this.name = 'NothingToPropose';
  }
}

const ORDER: readonly Target[] = [
  'externalId',
  'active',
  'givenName',
  'infix',
  'familyName',
  'jobTitle',
  'email',
  'telephoneNumber',
  'preferredLanguage',
  'upn',
];

/**
 * Proposes a concept mapping: for every decision a choice, how sure it is and why, and what to ask the customer. A choice is of
 * high confidence only when name and cells agree and no other column comes near.
 * @throws NothingToPropose when the file has no columns.
 */
export function proposeMapping({ profile, overview = null, labels = null }: ProposalInputs): Proposal {
  const described = describeColumns(profile.columns, labels ?? undefined);
  const fields = withId(proposePersonFields(described), described);
  const people = [...fields, proposeActive(described)];
  const groups = proposeGroups(
    described,
    overview,
    new Set(people.filter(isTaken).flatMap(({ choice }) => columnsOf(choice))),
  );
  const rules = [...inOrder(people), ...groups, proposeInvitations(fields, described)];
  const decisions = [...rules, ...proposeOptions(rules, described, overview !== null)];
  return {
    decisions,
    unmapped: unmappedColumns(described, decisions),
    questions: questionsFor(decisions, described),
    columns: profile.columns.map(({ name }) => name),
  };
}

function inOrder(decisions: readonly Decision[]): readonly Decision[] {
  return ORDER.map((target) => decisionOn({ decisions }, target));
}

/** A mapping must have an id. Where none was found, the column whose cells repeat least is asked about. */
function withId(fields: readonly Decision[], described: readonly Described[]): readonly Decision[] {
  return fields.map((decision) => {
    if (decision.target !== 'externalId' || decision.choice.kind !== 'none') return decision;
    const likeliest = mostLikeAnId(described);
    const reason = 'No column is certain to be an id; the cells of this one are most like ids.';
    return decide(
      'externalId',
      { choice: { kind: 'column', column: likeliest.name }, confidence: 0.1, reason },
      decision.alternatives,
    );
  });
}

/** @throws NothingToPropose */
function mostLikeAnId(described: readonly Described[]): ColumnProfile {
  const usable = described.filter(
    ({ reading }) => reading?.concept !== 'otherPerson' && reading?.concept !== 'sensitive',
  );
  const [first] = [...(usable.length > 0 ? usable : described)].sort(
    (a, b) => likeness(b) - likeness(a) || (a.column.name < b.column.name ? -1 : 1),
  );
  if (first === undefined) throw new NothingToPropose();
  return first.column;
}

/** What a column is by its name, it is not an id. */
function likeness({ column, reading }: Described): number {
  const { filled, repeats, rows, isDoubled } = column;
  const isOther = reading !== null && reading.concept !== 'employeeId' && reading.concept !== 'userName';
  const unlikely = (isDoubled ? 2 : 0) + (isOther ? 1 : 0);
  return (rows === 0 ? 0 : shareOf(column, 'code') + (filled - repeats) / rows) - unlikely;
}
