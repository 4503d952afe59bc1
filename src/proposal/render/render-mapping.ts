import type { Audience } from '../../sync/person.js';
import { decisionOn, isTaken, type Choice, type Decision, type Proposal, type Target } from '../propose/proposal.js';
import { columnNames, type ColumnNames } from './column-names.js';
import { conditionText } from './expression-text.js';
import { comment, expressionValue, scalar } from './yaml-text.js';

const FIELDS: readonly Target[] = [
  'givenName',
  'infix',
  'familyName',
  'jobTitle',
  'email',
  'telephoneNumber',
  'preferredLanguage',
  'upn',
];
const GROUPS: readonly Target[] = ['businessUnit', 'department', 'localDepartment'];

/**
 * The proposal as a mapping document (`docs/mapping.md`, format 1) that the sync could use: above each line how sure it is and
 * why, and what is only guessed as a comment with its question. The same proposal always gives the same text.
 */
export function renderMapping(proposal: Proposal): string {
  const writer = new MappingWriter(proposal);
  return [
    ...comment(
      'A concept mapping, proposed from the columns of a file. Above each line: how sure the proposal is, and why.',
    ),
    ...comment('What is only a guess stands as a comment, with a question for the customer.'),
    'format: 1',
    ...writer.externalId(),
    ...writer.active(),
    ...writer.names(),
    ...writer.columns(),
    ...writer.groups(),
    ...writer.invitations(),
    ...writer.options(),
    ...writer.unmapped(),
    '',
  ].join('\n');
}

class MappingWriter {
  private readonly columnNames: ColumnNames;

  constructor(private readonly proposal: Proposal) {
    this.columnNames = columnNames(proposal.decisions, proposal.columns);
  }

  /** The one line that a mapping cannot be without, however little is known. */
  externalId(): readonly string[] {
    const decision = this.find('externalId');
    const column = decision.choice.kind === 'column' ? decision.choice.column : '';
    return ['', ...this.why(decision, ''), `externalId: ${scalar(column)}`];
  }

  active(): readonly string[] {
    const decision = this.find('active');
    return ['', ...this.why(decision, ''), ...line(decision, '', this.condition(decision.choice))];
  }

  names(): readonly string[] {
    const { defined } = this.columnNames;
    if (defined.length === 0) return [];
    const why = comment(
      'These columns are called like a field of the mapping, so rules need another name for them.',
      '  ',
    );
    return ['', 'names:', ...why, ...defined.map(({ name, column }) => `  ${scalar(name)}: ${scalar(column)}`)];
  }

  columns(): readonly string[] {
    return this.section(
      'columns',
      FIELDS,
      ({ target, choice }) => `${target}: ${choice.kind === 'column' ? field(choice.column) : ''}`,
    );
  }

  groups(): readonly string[] {
    return this.section('groups', GROUPS, ({ target, choice }) => `- ${target}: ${this.groupName(choice)}`);
  }

  invitations(): readonly string[] {
    const decision = this.find('invitations');
    const audiences = decision.choice.kind === 'audiences' ? decision.choice.audiences : [];
    const singleSignOn = isTaken(this.find('upn'))
      ? comment('For people who log in with single sign-on, first: - audience: sso', '  ')
      : [];
    return ['', 'invitations:', ...this.why(decision, '  '), ...singleSignOn, ...audiences.flatMap(invitation)];
  }

  options(): readonly string[] {
    const lines = this.proposal.decisions.flatMap((decision) => {
      const [, name] = decision.target.split('options.');
      if (name === undefined || decision.choice.kind !== 'switch') return [];
      return [...this.why(decision, '  '), `  ${name}: ${decision.choice.on}`];
    });
    return ['', 'options:', ...lines];
  }

  unmapped(): readonly string[] {
    const { unmapped } = this.proposal;
    if (unmapped.length === 0) return [];
    return [
      '',
      ...comment('Columns that are not read:'),
      ...unmapped.flatMap(({ column, reason }) => comment(`- "${column}": ${reason}`)),
    ];
  }

  private find(target: Target): Decision {
    return decisionOn(this.proposal, target);
  }

  private why({ target, choice, word, confidence, reason }: Decision, indent: string): readonly string[] {
    const questions = this.proposal.questions.filter((question) => question.target === target);
    const left = choice.kind === 'none' ? `No ${target}. ` : '';
    return [
      ...comment(`${left}${word} (${confidence.toFixed(2)}): ${reason}`, indent),
      ...questions.flatMap(({ text }) => comment(`Question: ${text}`, indent)),
    ];
  }

  /** A key of the document with its lines; a comment when none of them holds. */
  private section(key: string, targets: readonly Target[], write: (decision: Decision) => string): readonly string[] {
    const decisions = targets.map((target) => this.find(target));
    const lines = decisions.flatMap((each) => [...this.why(each, '  '), ...line(each, '  ', write(each))]);
    return ['', decisions.some(isTaken) ? `${key}:` : `# ${key}:`, ...lines];
  }

  private condition(choice: Choice): string {
    if (choice.kind !== 'condition') return '';
    return `active: ${expressionValue(conditionText(this.columnNames.of(choice.column), choice.test), '')}`;
  }

  private groupName(choice: Choice): string {
    const name = (column: string) => `{ column: ${scalar(this.columnNames.of(column))} }`;
    if (choice.kind === 'column') return name(choice.column);
    if (choice.kind !== 'columns') return '';
    return `{ businessUnit: ${name(choice.businessUnit)}, department: ${name(choice.department)} }`;
  }
}

/** The line of a decision; a comment where it is a guess, nothing where nothing was chosen. */
function line(decision: Decision, indent: string, text: string): readonly string[] {
  if (decision.choice.kind === 'none') return [];
  return isTaken(decision) ? [indent + text] : comment(text.replace(/>-\n\s*/, ''), indent);
}

/** Braces in the name of a column would make a template of it. */
function field(column: string): string {
  return /[{}]/.test(column) ? `{ column: ${scalar(column)} }` : scalar(column);
}

function invitation(audience: Audience): readonly string[] {
  return audience === 'letter'
    ? ['  - audience: letter', '    temporaryPassword: random']
    : [`  - audience: ${audience}`];
}
