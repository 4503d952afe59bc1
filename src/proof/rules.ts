import { compileExpression } from '../sync/expression/compile.js';
import type { GroupRef } from '../sync/group.js';
import type { Fields } from '../sync/record.js';
import {
  readDocument,
  valueSchema,
  type Audience,
  type DocumentException,
  type DocumentGroup,
  type DocumentRole,
  type DocumentValue,
  type MappingDocument,
  type ProfileField,
} from './document.js';
import { cellOf, valueOf, valuesOf, type NameOf, type Value } from './values.js';

/** A condition made ready; without one it always holds. */
export interface Condition {
  readonly holds: (row: Fields) => boolean;
  readonly columns: readonly string[];
}

export interface Groups {
  readonly of: (row: Fields) => readonly GroupRef[];
  readonly kind: GroupRef['kind'];
  readonly columns: readonly string[];
}

/** Who has a role, where. */
export interface RoleRule {
  readonly rule: string;
  readonly when: Condition;
  readonly target: 'network' | GroupRef['kind'];
  /** null: in every group of this kind. */
  readonly only: Groups | null;
  readonly role: string;
}

export interface ExceptionRule {
  readonly rule: string;
  /** null: by its condition. */
  readonly ids: readonly string[] | null;
  readonly when: Condition;
  readonly said: DocumentException;
  readonly addTo: readonly Groups[];
  readonly notIn: readonly Groups[];
  readonly role: Omit<RoleRule, 'when'> | null;
}

/** The mapping document with its conditions and values made ready, rule by rule, each with its path: `groups[2]`. */
export interface Rules {
  readonly idColumn: string;
  readonly active: Condition;
  readonly startDate: DateRule | null;
  readonly leaveDate: DateRule | null;
  readonly profile: readonly {
    readonly field: ProfileField;
    readonly rule: string;
    readonly value: Value;
    readonly write: 'always' | 'onChange' | 'once';
  }[];
  readonly groups: readonly { readonly rule: string; readonly when: Condition; readonly groups: Groups }[];
  readonly roles: readonly RoleRule[];
  readonly invitations: readonly {
    readonly rule: string;
    readonly when: Condition;
    readonly audience: Audience;
    readonly userName: Value | null;
  }[];
  readonly exceptions: readonly ExceptionRule[];
  readonly options: MappingDocument['options'];
  readonly missing: Patience & { readonly leaveGroups: Patience | null };
}

/** So many deliveries without somebody, and so many days. */
export interface Patience {
  readonly deliveries: number;
  readonly days: number;
}

export interface DateRule {
  readonly rule: 'startDate' | 'leaveDate';
  readonly column: string;
  readonly form: string;
}

/** @throws ZodError or ExpressionError for a document that no import would have let in. */
export function readRules(text: string): Rules {
  const document = readDocument(text);
  return new Reader(document).rules();
}

const ALWAYS: Condition = { holds: () => true, columns: [] };
const KINDS = {
  businessUnit: 'business_unit',
  department: 'department',
  localDepartment: 'local_department',
  topic: 'topic',
} as const;

class Reader {
  /** What a name stands for in rules; where profile fields are defined, only columns stand. */
  private readonly nameOf: NameOf;
  private readonly names: ReadonlyMap<string, string>;

  constructor(private readonly document: MappingDocument) {
    this.names = namesOf(document);
    this.nameOf = (name) => this.names.get(name) ?? name;
  }

  rules(): Rules {
    const { document } = this;
    return {
      idColumn: document.externalId,
      active: this.condition(document.active),
      startDate: dateRule('startDate', document.startDate),
      leaveDate: dateRule('leaveDate', document.leaveDate),
      profile: profileFields(document).map(([field, value]) => ({
        ...{ field, rule: `columns.${field}`, write: value.write ?? 'always' },
        value: valueOf(value, (column) => column),
      })),
      groups: document.groups.map((rule, index) => ({
        ...{ rule: `groups[${index}]`, when: this.condition(rule.when) },
        groups: this.groups(rule),
      })),
      roles: document.roles.map((rule, index) => ({
        ...this.role(rule, `roles[${index}]`),
        when: this.condition(rule.when),
      })),
      invitations: document.invitations.map(({ audience, userName, when }, index) => ({
        ...{ rule: `invitations[${index}]`, when: this.condition(when), audience },
        userName: userName === undefined ? null : valueOf(userName, this.nameOf),
      })),
      exceptions: document.exceptions.map((said, index) => this.exception(said, `exceptions[${index}]`)),
      options: document.options,
      missing: document.guards.missing,
    };
  }

  private condition(source: string | undefined): Condition {
    if (source === undefined) return ALWAYS;
    const { evaluate, columns } = compileExpression(source, { columns: null, names: this.names });
    return { holds: evaluate, columns };
  }

  private groups({ businessUnit, department, localDepartment, topic }: DocumentGroup): Groups {
    if (localDepartment !== undefined) return this.localDepartments(localDepartment);
    if (businessUnit !== undefined) return this.named('business_unit', businessUnit);
    return department === undefined ? this.named('topic', topic ?? {}) : this.named('department', department);
  }

  private named(kind: Exclude<GroupRef['kind'], 'local_department'>, value: DocumentValue): Groups {
    const { of, columns } = valuesOf(value, this.nameOf);
    return { kind, columns, of: (row) => of(row).map((name) => ({ kind, name })) };
  }

  /** Every department in every business unit that the cells name. */
  private localDepartments(names: NonNullable<DocumentGroup['localDepartment']>): Groups {
    const units = valuesOf(names.businessUnit, this.nameOf);
    const departments = valuesOf(names.department, this.nameOf);
    return {
      kind: 'local_department',
      columns: [...units.columns, ...departments.columns],
      of: (row) =>
        units
          .of(row)
          .flatMap((businessUnit) =>
            departments.of(row).map((department) => ({ kind: 'local_department', businessUnit, department }) as const),
          ),
    };
  }

  private role({ target, group, role }: DocumentRole, rule: string): Omit<RoleRule, 'when'> {
    if (target === 'network') return { rule, target, only: null, role };
    const kind = KINDS[target];
    if (group === undefined) return { rule, target: kind, only: null, role };
    if (kind !== 'local_department')
      return { rule, target: kind, only: this.named(kind, valueSchema.parse(group)), role };
    const { businessUnit, department } = group;
    const names = { businessUnit: valueSchema.parse(businessUnit), department: valueSchema.parse(department) };
    return { rule, target: kind, only: this.localDepartments(names), role };
  }

  private exception(said: DocumentException, rule: string): ExceptionRule {
    return {
      ...{ rule, said, ids: said.externalIds ?? null },
      when: this.condition(said.when),
      addTo: said.addTo.map((group) => this.groups(group)),
      notIn: said.notIn.map((group) => this.groups(group)),
      role: said.role === undefined ? null : this.role(said.role, rule),
    };
  }
}

/** `externalId`, the fields that are a cell as it is, and the names under `names`. */
function namesOf(document: MappingDocument): ReadonlyMap<string, string> {
  const names = new Map([['externalId', document.externalId]]);
  for (const [field, { write: _, column, ...rest }] of profileFields(document)) {
    if (column !== undefined && Object.values(rest).every((step) => step === undefined)) names.set(field, column);
  }
  for (const [name, column] of Object.entries(document.names)) names.set(name, column);
  return names;
}

function profileFields({ columns }: MappingDocument): readonly (readonly [ProfileField, DocumentValue])[] {
  return (Object.keys(columns) as ProfileField[]).flatMap((field) => {
    const value = columns[field];
    return value === undefined ? [] : [[field, value] as const];
  });
}

function dateRule(rule: DateRule['rule'], date: MappingDocument['startDate']): DateRule | null {
  return date === undefined ? null : { rule, column: date.column, form: date.format };
}

/** The day in a row's cell; null for an empty cell. */
export function dayText(date: DateRule, row: Fields): string | null {
  const text = cellOf(row, date.column);
  return text === '' ? null : text;
}
