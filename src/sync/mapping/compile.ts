import { compileExpression } from '../expression/compile.js';
import type { Test, TextOf } from '../expression/functions.js';
import { ExpressionError } from '../expression/problem.js';
import type { Scope } from '../expression/scope.js';
import type { GroupRef } from '../group.js';
import type { Xid } from '../ids.js';
import type { Fields } from '../record.js';
import type {
  Condition,
  DateColumn,
  ExceptionRule,
  GroupName,
  GroupTarget,
  InvitationRule,
  Mapping,
  MappingProblem,
  Place,
  ProfileField,
  RoleRule,
  ValueRule,
} from './mapping.js';
import { compileColumn } from './column.js';
import { placeInCondition } from './places.js';
import { scopeOf } from './scope.js';
import { compileValue, compileValues, type FaultsIn } from './value.js';

/** A mapping made ready to map people. */
export interface CompiledMapping {
  readonly mapping: Mapping;
  readonly active: Test;
  readonly startDate: CompiledDate | null;
  readonly leaveDate: CompiledDate | null;
  readonly profile: readonly {
    readonly field: ProfileField;
    readonly textOf: TextOf;
    readonly faultsIn: FaultsIn | null;
    readonly columns: readonly string[];
    readonly at: Place;
  }[];
  readonly groups: readonly (CompiledRule & CompiledGroup)[];
  readonly roles: readonly (CompiledRule &
    Pick<RoleRule, 'target' | 'role'> & { readonly groupsOf: GroupsOf | null })[];
  readonly invitations: readonly (CompiledRule & CompiledInvitation)[];
  readonly exceptions: readonly CompiledException[];
}

export interface CompiledDate extends DateColumn {
  readonly textOf: TextOf;
}

export interface CompiledRule {
  readonly at: Place;
  readonly when: Test;
}

export interface CompiledInvitation {
  readonly audience: InvitationRule['audience'];
  /** null: the XID. */
  readonly userName: TextOf | null;
  readonly userNameFaultsIn: FaultsIn | null;
  readonly temporaryPassword: 'random' | TextOf;
}

export interface CompiledException {
  readonly at: Place;
  readonly rule: ExceptionRule;
  /** Whether it is meant for this row of this person. */
  readonly isFor: (xid: Xid, fields: Fields) => boolean;
  readonly addTo: readonly CompiledGroup[];
  readonly notIn: readonly CompiledGroup[];
  /** Only in this group; null: in every group of the kind, or in the network. */
  readonly roleGroupsOf: GroupsOf | null;
}

export interface CompiledGroup {
  readonly groupsOf: GroupsOf;
  readonly faultsIn: FaultsIn | null;
  readonly columns: readonly string[];
}

/** The groups that a rule names for one row; none when a cell it needs is empty. */
export type GroupsOf = (fields: Fields) => readonly GroupRef[];

/** A mapping whose expressions or columns cannot be used. Thrown before anybody is mapped. */
export class MappingRejected extends Error {
  constructor(readonly problems: readonly MappingProblem[]) {
    super(
      `The mapping has ${problems.length} problem(s); nothing was changed. The first, in ${problems[0]?.path}: ${problems[0]?.text}`,
    );
    this.name = 'MappingRejected';
  }
}

/** @throws MappingRejected when `columns` is given and lacks one that is read, or when the mapping was not parsed by us. */
export function compileMapping(mapping: Mapping, columns: readonly string[] | null = null): CompiledMapping {
  const { compiled, problems } = tryCompile(mapping, columns);
  if (problems.length > 0) throw new MappingRejected(problems);
  return compiled;
}

/** Every column that the mapping reads, each once: what the header of a record must have. */
export function columnsRead(mapping: Mapping): readonly string[] {
  return [...tryCompile(mapping, null).columns];
}

/** Compiles what can be compiled, and says what cannot. */
export function tryCompile(mapping: Mapping, columns: readonly string[] | null) {
  const compiler = new MappingCompiler(scopeOf(mapping, columns));
  const compiled = compiler.mapping(mapping);
  return { compiled, problems: compiler.problems, columns: compiler.columns };
}

const always: Test = () => true;

class MappingCompiler {
  readonly problems: MappingProblem[] = [];
  readonly columns = new Set<string>();
  private readonly columnScope: Scope;

  constructor(private readonly scope: Scope) {
    // Where names are defined, only columns of the record can stand: no name is defined by another one.
    this.columnScope = { columns: scope.columns, names: new Map() };
  }

  mapping(mapping: Mapping): CompiledMapping {
    const definitions = [mapping.externalId, ...mapping.names];
    for (const definition of definitions) this.noted(compileColumn(definition, this.columnScope));
    return {
      mapping,
      active: this.condition(mapping.active),
      startDate: this.date(mapping.startDate),
      leaveDate: this.date(mapping.leaveDate),
      profile: mapping.columns.map(({ field, value }) => ({
        ...{ field, at: value.at },
        ...this.value(value, this.columnScope),
      })),
      groups: mapping.groups.map(({ at, when, group }) => ({ at, when: this.condition(when), ...this.group(group) })),
      roles: mapping.roles.map(({ at, when, target, group, role }) => ({
        at,
        when: this.condition(when),
        target,
        role,
        groupsOf: group && this.group(group).groupsOf,
      })),
      invitations: mapping.invitations.map((rule) => this.invitation(rule)),
      exceptions: mapping.exceptions.map((rule) => this.exception(rule)),
    };
  }

  private date(date: DateColumn | null): CompiledDate | null {
    if (date === null) return null;
    const { column, at } = date;
    return { ...date, textOf: this.value({ kind: 'column', column, at }, this.columnScope).textOf };
  }

  private invitation(rule: InvitationRule): CompiledRule & CompiledInvitation {
    const { at, audience, temporaryPassword } = rule;
    const when = this.condition(rule.when);
    const userName = rule.userName && this.value(rule.userName);
    return {
      ...{ at, when, audience },
      userName: userName && userName.textOf,
      userNameFaultsIn: userName && userName.faultsIn,
      temporaryPassword: temporaryPassword === 'random' ? 'random' : this.value(temporaryPassword).textOf,
    };
  }

  private exception(rule: ExceptionRule): CompiledException {
    return {
      at: rule.at,
      rule,
      isFor: this.whom(rule.whom),
      addTo: rule.addTo.map(({ group }) => this.group(group)),
      notIn: rule.notIn.map(({ group }) => this.group(group)),
      roleGroupsOf: rule.role?.group ? this.group(rule.role.group).groupsOf : null,
    };
  }

  private whom(whom: ExceptionRule['whom']): CompiledException['isFor'] {
    if (whom.kind === 'condition') {
      const holds = this.condition(whom.when);
      return (_, fields) => holds(fields);
    }
    const ids = new Set(whom.ids.map(({ xid }) => xid));
    return (xid) => ids.has(xid);
  }

  private condition(condition: Condition | null): Test {
    if (condition === null) return always;
    try {
      const compiled = compileExpression(condition.source, this.scope);
      for (const column of compiled.columns) this.columns.add(column);
      return compiled.evaluate;
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      for (const { text, offset } of error.problems)
        this.problems.push({ ...placeInCondition(condition, offset), text });
      return always;
    }
  }

  private value(rule: ValueRule, scope = this.scope) {
    return this.noted(compileValue(rule, scope));
  }

  private values(rule: GroupName) {
    return this.noted(compileValues(rule, this.scope));
  }

  private noted<Value extends { readonly columns: readonly string[]; readonly problems: readonly MappingProblem[] }>(
    value: Value,
  ): Value {
    for (const column of value.columns) this.columns.add(column);
    this.problems.push(...value.problems);
    return value;
  }

  private group(target: GroupTarget): CompiledGroup {
    if (target.kind === 'local_department') {
      const [units, departments] = [this.values(target.businessUnit), this.values(target.department)];
      return {
        groupsOf: (fields) => localDepartments(units.textsOf(fields), departments.textsOf(fields)),
        faultsIn: bothFaults(units.faultsIn, departments.faultsIn),
        columns: [...units.columns, ...departments.columns],
      };
    }
    const { kind } = target;
    const { textsOf, faultsIn, columns } = this.values(target.name);
    return { groupsOf: (fields) => textsOf(fields).map((name) => ({ kind, name })), faultsIn, columns };
  }
}

/** Each department in each business unit. */
function localDepartments(units: readonly string[], departments: readonly string[]): readonly GroupRef[] {
  return units.flatMap((businessUnit) =>
    departments.map((department) => ({ kind: 'local_department', businessUnit, department }) as const),
  );
}

function bothFaults(one: FaultsIn | null, other: FaultsIn | null): FaultsIn | null {
  if (one === null || other === null) return one ?? other;
  return (fields) => [...one(fields), ...other(fields)];
}
