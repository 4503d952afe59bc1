import { shareOf, type ColumnProfile } from '../profile/profile.js';
import { statusMeaning } from '../values/status-words.js';
import type { Described } from './described.js';
import { columnsOf } from './unmapped.js';
import type { Decision, Question, Target } from './proposal.js';

/** Everything that is not certain enough to be decided without the customer, in plain words. */
export function questionsFor(decisions: readonly Decision[], described: readonly Described[]): readonly Question[] {
  return decisions.flatMap((decision) => {
    const texts = [...lowConfidence(decision), ...special(decision, described)];
    return texts.map((text) => ({ target: decision.target, text }));
  });
}

function lowConfidence({ target, word, choice, alternatives }: Decision): readonly string[] {
  const what = CALLED[target];
  if (word !== 'low' || what === undefined) return [];
  const [column] = columnsOf(choice);
  if (column !== undefined && target !== 'localDepartment') return [`Is ${what} in the column "${column}"?`];
  if (target === 'localDepartment')
    return ['Which departments are at which locations, and should each of these be a group of its own?'];
  const named = alternatives.flatMap((each) => columnsOf(each.choice)).map((name) => `"${name}"`);
  return [`In which column is ${what}?${named.length > 0 ? ` Perhaps in ${named.join(' or ')}?` : ''}`];
}

const CALLED: Readonly<Partial<Record<Target, string>>> = {
  externalId: 'the id that stays with an employee for good',
  active: 'what tells who left',
  givenName: 'the given name',
  infix: 'the infix of the name (van, de, von)',
  familyName: 'the family name',
  jobTitle: 'the job title',
  email: 'the e-mail address for the invitation',
  telephoneNumber: 'the telephone number to be shown',
  preferredLanguage: 'the language',
  upn: 'the user principal name for single sign-on',
  businessUnit: 'the location, which becomes the business unit',
  department: 'the department',
  localDepartment: 'the local department',
};

function special(decision: Decision, described: readonly Described[]): readonly string[] {
  switch (decision.target) {
    case 'active':
      return aboutStatus(decision, described);
    case 'email':
      return aboutEmail(decision);
    case 'familyName':
      return aboutFullName(decision, described);
    case 'upn':
      return decision.choice.kind === 'column'
        ? ['Do people log in with single sign-on? Then the name of the identity provider is needed.']
        : [];
    case 'preferredLanguage':
      return aboutLanguage(decision, described);
    default:
      return [];
  }
}

function aboutStatus({ choice }: Decision, described: readonly Described[]): readonly string[] {
  if (choice.kind !== 'condition') return undecidedStatus(described);
  if (choice.test.kind === 'empty')
    return [
      `Does the column "${choice.column}" also hold days in the future? Those people still work here on that day.`,
    ];
  const column = find(choice.column, described);
  const unclear = (column?.values ?? []).filter(
    ({ text }) => !['active', 'inactive', 'yes', 'no'].includes(statusMeaning(text) ?? ''),
  );
  if (unclear.length === 0) return [];
  return [
    `Should people keep their account whose "${choice.column}" is ${unclear
      .slice(0, 8)
      .map(({ text }) => `"${text}"`)
      .join(', ')}?`,
  ];
}

/** A status whose words are the customer's own. */
function undecidedStatus(described: readonly Described[]): readonly string[] {
  return described
    .filter(
      ({ reading, column }) =>
        reading?.concept === 'status' && reading.certainty !== 'mixed' && column.values.length > 0,
    )
    .slice(0, 1)
    .map(({ column }) => `Which values of the column "${column.name}" mean that somebody works here?`);
}

function aboutEmail({ choice, reason }: Decision): readonly string[] {
  if (choice.kind === 'none')
    return ['There is no column with e-mail addresses: will everybody be invited by letter or text message?'];
  return reason.includes('private')
    ? ['Only private e-mail addresses are in the file: may they be used for the invitation?']
    : [];
}

function aboutFullName({ choice }: Decision, described: readonly Described[]): readonly string[] {
  const full = described.find(
    ({ reading, column }) =>
      reading?.concept === 'fullName' && (choice.kind === 'none' || columnsOf(choice)[0] === column.name),
  );
  if (!full) return [];
  return [
    `The column "${full.column.name}" holds whole names, which a mapping cannot take apart: can given name, infix and family name be delivered as columns of their own?`,
  ];
}

function aboutLanguage({ choice }: Decision, described: readonly Described[]): readonly string[] {
  const column = choice.kind === 'column' ? find(choice.column, described) : null;
  return column && shareOf(column, 'languageName') > 0.5
    ? [`Can the column "${column.name}" hold language tags (nl-NL) instead of names of languages?`]
    : [];
}

function find(name: string, described: readonly Described[]): ColumnProfile | null {
  return described.find(({ column }) => column.name === name)?.column ?? null;
}
