import type { Asked } from './messages.js';

/** `small` is done within 48 hours; `structural` gets an agreed date within 48 hours and is done within 14 days. */
export type Size = 'small' | 'structural';

export interface Classification {
  readonly size: Size;
  /** A sentence. */
  readonly reason: string;
  /** Contact id of who decided, or `rules`. */
  readonly by: string;
}

/** Something that a version says otherwise; as `proposal/diff` finds it. */
interface Difference {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved';
  readonly subject: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** What a version would do, in numbers of people. */
export interface Reach {
  /** With any change. */
  readonly changed: number;
  /** Under the sync today. */
  readonly managed: number;
}

/** So many differences are no small change any more. */
export const MOST_DIFFERENCES = 12;
/** Beyond this share of the managed people, and this number, a change is planned properly. */
export const WIDE = { share: 0.2, people: 20 };

/** By what the requester says (timeline, last part): locations, departments and small changes of the mapping are small. */
export function classifyAsked(asked: Asked): Classification {
  return { ...ASKED_SIZE[asked], by: 'rules' };
}

const ASKED_SIZE: Readonly<Record<Asked, Omit<Classification, 'by'>>> = {
  'add-location': { size: 'small', reason: 'A location is added.' },
  'remove-location': { size: 'small', reason: 'A location is removed.' },
  'add-department': { size: 'small', reason: 'A department is added.' },
  'remove-department': { size: 'small', reason: 'A department is removed.' },
  mapping: { size: 'small', reason: 'A rule of the mapping is changed.' },
  structure: { size: 'structural', reason: 'The requester says that the structure changes.' },
};

/**
 * By what the proposed version says otherwise, with what it would do. The first rule that holds gives the reason. Rules make a
 * request larger and never smaller: who said that it is structural knows something that a document does not show.
 */
export function classifyVersion(
  asked: Classification,
  differences: readonly Difference[],
  reach: Reach,
): Classification {
  if (asked.size === 'structural') return asked;
  const found = STRUCTURAL.find(({ holds }) => differences.some(holds));
  if (found !== undefined) return structural(found.reason);
  if (differences.length > MOST_DIFFERENCES) {
    return structural(`${differences.length} rules and options change; up to ${MOST_DIFFERENCES} are a small change.`);
  }
  const { changed, managed } = reach;
  if (changed > WIDE.people && changed > managed * WIDE.share) {
    return structural(
      `${changed} people would be changed, more than ${WIDE.share * 100} % of the ${managed} under the sync.`,
    );
  }
  return asked;
}

function structural(reason: string): Classification {
  return { size: 'structural', reason, by: 'rules' };
}

interface Rule {
  readonly reason: string;
  readonly holds: (difference: Difference) => boolean;
}

/** Names of groups that stand in the mapping are small; where the names of a whole kind of group come from is not. */
const STRUCTURAL: readonly Rule[] = [
  { reason: 'Another column becomes the id of people.', holds: about('externalId') },
  { reason: 'Who is in the network is decided in another way.', holds: about('active', 'startDate', 'leaveDate') },
  {
    reason: 'People log in or are invited in another way.',
    holds: ({ subject }) => subject.startsWith('audience ') || subject === 'invitations',
  },
  {
    reason: 'The option for rows of one person, or for how people log in, changes.',
    holds: about('options.mergeDuplicates', 'options.identityProvider', 'options.allowXidChangeOnReactivation'),
  },
  {
    reason: 'The names of a whole kind of group come from somewhere else.',
    holds: ({ subject, before, after }) => GROUPS.includes(subject) && columnsOf(before) !== columnsOf(after),
  },
];

const GROUPS: readonly string[] = ['business unit', 'department', 'local department', 'topic group'];

function about(...subjects: readonly string[]): Rule['holds'] {
  return ({ subject }) => subjects.includes(subject);
}

/**
 * What a rule takes the names of groups from; empty where it only names groups itself: `"Bakery" when ...`. A line more in a
 * table, or another condition, leaves it as it is: that is how a location is added.
 */
function columnsOf(text: string | null): string {
  if (text === null) return '';
  const source = text.replace(/\{(?:"(?:[^"\\]|\\.)*"|[^}"])*\}/g, '{}').replace(/ when [^"].*$/, '');
  return /\bcolumn "|\btemplate "/.test(source.replace(/^"(?:[^"\\]|\\.)*"$/, '')) ? source : '';
}
