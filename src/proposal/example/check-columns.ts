import type { Finding } from '../finding.js';
import type { Described } from '../propose/described.js';
import { proposeGroups } from '../propose/groups.js';
import { proposePersonFields } from '../propose/person-fields.js';
import { decisionOn, isTaken, type Decision, type Target } from '../propose/proposal.js';
import { columnsOf } from '../propose/unmapped.js';
import type { ExampleExpectations } from './check-example.js';

/** Whether the columns are there that a mapping needs (`speakap-user-sync.md`, 2). */
export function checkColumns(
  names: readonly string[],
  described: readonly Described[],
  { audiences = ['email'] }: ExampleExpectations,
): readonly Finding[] {
  const fields = proposePersonFields(described);
  const taken = new Set(fields.filter(isTaken).flatMap(({ choice }) => columnsOf(choice)));
  const decisions = [...fields, ...proposeGroups(described, null, taken)];
  const has = (target: Target) => isTaken(decisionOn({ decisions }, target));
  return [
    ...checkHeader(names),
    ...checkId(decisionOn({ decisions }, 'externalId')),
    ...checkNames(has('givenName'), has('familyName'), described),
    ...checkReach(has, audiences),
    ...checkGroups(has),
  ];
}

function checkHeader(names: readonly string[]): readonly Finding[] {
  const doubled = [...new Set(names.filter((name, index) => name !== '' && names.indexOf(name) !== index))];
  const unnamed = names.slice(0, -1).filter((name) => name === '').length;
  return [
    ...doubled.map((name) =>
      finding('wrong', name, 'This name stands in the header more than once. Give every column a name of its own.'),
    ),
    ...(unnamed > 0
      ? [finding('look', null, `${unnamed} column(s) have no name in the header and are not read.`)]
      : []),
  ];
}

function checkId(id: Decision): readonly Finding[] {
  const [column = null] = columnsOf(id.choice);
  if (isTaken(id)) return [finding('good', column, 'The id of an employee.')];
  if (column === null)
    return [
      finding(
        'wrong',
        null,
        'There is no column with an id for each employee, such as the employee number. It must stay the same as long as somebody works for you.',
      ),
    ];
  return [
    finding('look', column, 'This may be the id of an employee; please confirm that it is, and that it never changes.'),
  ];
}

function checkNames(hasGiven: boolean, hasFamily: boolean, described: readonly Described[]): readonly Finding[] {
  if (hasGiven && hasFamily) return [finding('good', null, 'Given name and family name are there.')];
  const full = described.find(({ reading }) => reading?.concept === 'fullName');
  if (full)
    return [
      finding(
        'look',
        full.column.name,
        'The name stands in one column, which cannot be taken apart. Deliver first name, infix and last name in columns of their own.',
      ),
    ];
  const missing = [...(hasGiven ? [] : ['the first name']), ...(hasFamily ? [] : ['the last name'])].join(' and ');
  return [finding('look', null, `No column is certain to be ${missing}; profiles would be without.`)];
}

function checkReach(has: (target: Target) => boolean, audiences: readonly string[]): readonly Finding[] {
  const isNeeded = audiences.every((audience) => audience === 'email');
  return [
    ...(has('email')
      ? [finding('good', null, 'An e-mail address is there.')]
      : audiences.includes('email')
        ? [
            finding(
              isNeeded ? 'wrong' : 'look',
              null,
              'No column has e-mail addresses, to which invitations go. Add one, or agree on letters or text messages.',
            ),
          ]
        : []),
    ...(audiences.includes('sms') && !has('telephoneNumber')
      ? [finding('wrong', null, 'No column has telephone numbers, to which text messages go.')]
      : []),
    ...(audiences.includes('sso') && !has('upn')
      ? [finding('wrong', null, 'No column has the user principal name (UPN), which single sign-on needs.')]
      : []),
  ];
}

function checkGroups(has: (target: Target) => boolean): readonly Finding[] {
  const missing = [...(has('businessUnit') ? [] : ['locations']), ...(has('department') ? [] : ['departments'])];
  return missing.length === 0
    ? [finding('good', null, 'Location and department are there.')]
    : [finding('look', null, `No column is certain to hold ${missing.join(' or ')}; groups would be kept by hand.`)];
}

function finding(level: Finding['level'], column: string | null, text: string): Finding {
  return { level, column, text };
}
