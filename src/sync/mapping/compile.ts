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
  GroupTarget,
  InvitationRule,
  Mapping,
  MappingProblem,
  Place,
  ProfileField,
  RoleRule,
  ValueRule,
} from './mapping.js';
import { placeInCondition } from './places.js';
import { scopeOf } from './scope.js';
import { compileValue } from './value.js';

/** A mapping made ready to map people. */
export interface CompiledMapping {
  readonly mapping: Mapping;
  readonly active: Test;
  readonly startDate: CompiledDate | null;
  readonly leaveDate: CompiledDate | null;
  readonly profile: readonly {
    readonly field: ProfileField;
    readonly textOf: TextOf;
    readonly columns: readonly string[];
  }[];
  readonly groups: readonly (CompiledRule & CompiledGroup)[];
  readonly roles: readonly (CompiledRule & Pick<RoleRule, 'target' | 'role'> & { readonly groupOf: GroupOf | null })[];
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
  readonly roleGroupOf: GroupOf | null;
}

export interface CompiledGroup {
  readonly groupOf: GroupOf;
  readonly columns: readonly string[];
}

/** The group that a rule names for one row; null when a cell it needs is empty. */
export type GroupOf = (fields: Fields) => GroupRef | null;

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
    for (const { column, at } of definitions) this.value({ kind: 'column', column, at }, this.columnScope);
    return {
      mapping,
      active: this.condition(mapping.active),
      startDate: this.date(mapping.startDate),
      leaveDate: this.date(mapping.leaveDate),
      profile: mapping.columns.map(({ field, value }) => ({ field, ...this.value(value, this.columnScope) })),
      groups: mapping.groups.map(({ at, when, group }) => ({ at, when: this.condition(when), ...this.group(group) })),
      roles: mapping.roles.map(({ at, when, target, group, role }) => ({
        at,
        when: this.condition(when),
        target,
        role,
        groupOf: group && this.group(group).groupOf,
      })),
      invitations: mapping.invitations.map((rule) => ({
        at: rule.at,
        when: this.condition(rule.when),
        audience: rule.audience,
        userName: rule.userName && this.value(rule.userName).textOf,
        temporaryPassword: rule.temporaryPassword === 'random' ? 'random' : this.value(rule.temporaryPassword).textOf,
      })),
      exceptions: mapping.exceptions.map((rule) => this.exception(rule)),
    };
  }

  private date(date: DateColumn | null): CompiledDate | null {
    if (date === null) return null;
    const { column, at } = date;
    return { ...date, textOf: this.value({ kind: 'column', column, at }, this.columnScope).textOf };
  }

  private exception(rule: ExceptionRule): CompiledException {
    return {
      at: rule.at,
      rule,
      isFor: this.whom(rule.whom),
      addTo: rule.addTo.map(({ group }) => this.group(group)),
      notIn: rule.notIn.map(({ group }) => this.group(group)),
      roleGroupOf: rule.role?.group ? this.group(rule.role.group).groupOf : null,
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

  private value(rule: ValueRule, scope = this.scope): { readonly textOf: TextOf; readonly columns: readonly string[] } {
    const { textOf, columns, problems } = compileValue(rule, scope);
    for (const column of columns) this.columns.add(column);
    for (const text of problems) this.problems.push({ ...rule.at, text });
    return { textOf, columns };
  }

  private group(target: GroupTarget): CompiledGroup {
    if (target.kind === 'local_department') {
      const [unit, department] = [this.value(target.businessUnit), this.value(target.department)];
      return {
        groupOf: (fields) => localDepartment(unit.textOf(fields), department.textOf(fields)),
        columns: [...unit.columns, ...department.columns],
      };
    }
    const { kind } = target;
    const { textOf, columns } = this.value(target.name);
    return { groupOf: (fields) => named(kind, textOf(fields)), columns };
  }
}

function localDepartment(businessUnit: string, department: string): GroupRef | null {
  return businessUnit === '' || department === '' ? null : { kind: 'local_department', businessUnit, department };
}

function named(kind: Exclude<GroupRef['kind'], 'local_department'>, name: string): GroupRef | null {
  return name === '' ? null : { kind, name };
}
