import { fieldName } from '../desired/duplicates.js';
import type {
  ColumnName,
  Condition,
  ExceptionRule,
  GroupRule,
  GroupTarget,
  InvitationRule,
  Mapping,
  RoleRule,
  WritePolicy,
} from '../mapping/mapping.js';
import { roleWords } from '../plan/words.js';
import { conditionWords } from './condition-words.js';
import { columnWords, nameWordsOf, type NameWords } from './names.js';
import { kindWords, targetWords, valueWords } from './value-words.js';

/** Every rule of a mapping as a sentence for people who know nothing of its language. Ids of people are counted, not told. */
export class RuleWords {
  readonly names: NameWords;

  constructor(private readonly mapping: Mapping) {
    this.names = nameWordsOf(mapping);
  }

  when(condition: Condition | null): string {
    return condition === null ? 'for everybody' : `when ${conditionWords(condition.source, this.names)}`;
  }

  active(): string {
    const { active } = this.mapping;
    if (active === null)
      return 'Everybody in the record takes part. Who is no longer in it is removed from the network.';
    const words = conditionWords(active.source, this.names);
    return `Somebody takes part when ${words}. All others, and who is no longer in the record, are removed from the network.`;
  }

  /** The days by which people come and go, where the mapping has such columns. */
  dates(): readonly { readonly path: 'startDate' | 'leaveDate'; readonly text: string }[] {
    const { startDate, leaveDate } = this.mapping;
    const column = (date: ColumnName): string => columnWords(date.column);
    return [
      ...(startDate === null
        ? []
        : [
            {
              path: 'startDate' as const,
              text: `Nobody gets an account or is invited before the day in ${column(startDate)}.`,
            },
          ]),
      ...(leaveDate === null
        ? []
        : [
            {
              path: 'leaveDate' as const,
              text: `The day in ${column(leaveDate)} is the last one; then the person is removed.`,
            },
          ]),
    ];
  }

  column({ field, value, write }: Mapping['columns'][number]): string {
    return capitalised(`${fieldName(field)} is ${valueWords(value, this.names)}.${WRITTEN[write]}`);
  }

  target(group: GroupTarget): string {
    return targetWords(group, this.names);
  }

  group({ group, when }: GroupRule): string {
    return `Into ${targetWords(group, this.names)}, ${this.when(when)}.`;
  }

  role(rule: RoleRule): string {
    return `${this.becomes(rule)}, ${this.when(rule.when)}.`;
  }

  invitation({ audience, userName, temporaryPassword, when }: InvitationRule): string {
    const name = userName === null ? 'the employee id' : valueWords(userName, this.names);
    const password = audience === 'letter' ? `; the temporary password is ${this.password(temporaryPassword)}` : '';
    const condition = when === null ? '' : `, ${this.when(when)}`;
    return `${INVITED[audience]}${condition}. The user name is ${name}${password}.`;
  }

  private password(rule: InvitationRule['temporaryPassword']): string {
    return rule === 'random' ? 'drawn' : valueWords(rule, this.names);
  }

  exception(rule: ExceptionRule): string {
    const comment = rule.comment === null ? '' : ` Why: "${rule.comment}".`;
    return `${capitalised(this.whom(rule.whom))}: ${this.effects(rule).join('; ')}.${comment}`;
  }

  /** For whom an exception is. */
  whom(whom: ExceptionRule['whom']): string {
    if (whom.kind === 'condition') return `when ${conditionWords(whom.when.source, this.names)}`;
    return whom.ids.length === 1 ? 'for one person, named by id' : `for ${whom.ids.length} people, named by id`;
  }

  /** What an exception does. */
  effects({ leaveAlone, notInNetwork, addTo, notIn, role, noInvitation }: ExceptionRule): readonly string[] {
    return [
      leaveAlone && 'nothing is created, changed or removed',
      notInNetwork && 'no account, and who has one is removed',
      ...addTo.map(({ group }) => `also in ${targetWords(group, this.names)}`),
      ...notIn.map(({ group }) => `never in ${targetWords(group, this.names)}`),
      role !== null && lowered(this.becomes(role)),
      noInvitation && 'not invited',
    ].filter((words) => words !== false);
  }

  private becomes({ role, target, group }: Pick<RoleRule, 'role' | 'target' | 'group'>): string {
    const where =
      target === 'network'
        ? 'the network'
        : group === null
          ? `every ${kindWords(target)} that the person is in`
          : targetWords(group, this.names);
    return `Becomes ${ROLES[role] ?? roleWords(role)} in ${where}`;
  }
}

const WRITTEN: Readonly<Record<WritePolicy, string>> = {
  always: '',
  onChange: ' A person’s own change in the network stays until the record says something else.',
  once: ' It is filled in when the account is made, and the person’s own from then on.',
};

const ROLES: Readonly<Record<string, string>> = { admin: 'administrator', member: 'an ordinary member' };

const INVITED: Readonly<Record<InvitationRule['audience'], string>> = {
  email: 'Whoever has an e-mail address is invited by e-mail',
  sms: 'Whoever has a telephone number is invited by SMS',
  letter: 'Everybody gets a letter with user name and temporary password',
  sso: 'Whoever has a UPN logs in through single sign-on, without an invitation',
  none: 'Everybody gets an account and is not told',
};

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
