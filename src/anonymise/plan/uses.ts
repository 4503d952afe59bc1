import { resolveName, type Scope } from '../../sync/expression/scope.js';
import type { GroupName, GroupTarget, Mapping, ProfileField, ValueRule } from '../../sync/mapping/mapping.js';
import type { Step } from '../../sync/mapping/value-rule.js';

/** What a rule that makes a value takes from a column. */
export interface Use {
  readonly column: string;
  /** `columns.email`, `groups[2].businessUnit` */
  readonly rule: string;
  readonly as: ProfileField | 'userName' | 'password' | 'group' | 'country' | 'externalId' | 'startDate' | 'leaveDate';
  /** The cell as it is, or one of several that a template or a list puts together. */
  readonly isWhole: boolean;
  /** Formats of days that steps read in it. */
  readonly formats: readonly string[];
}

/** A value that is shown, or decides who can be reached. */
export interface NamedValue {
  readonly rule: string;
  readonly as: ProfileField | 'userName' | 'password';
  readonly value: ValueRule;
}

export function valuesOf(mapping: Mapping): readonly NamedValue[] {
  return [
    ...mapping.columns.map(({ field, value }) => ({ rule: `columns.${field}`, as: field, value })),
    ...mapping.invitations.flatMap(({ at, userName, temporaryPassword }) => [
      ...(userName ? [{ rule: `${at.path}.userName`, as: 'userName' as const, value: userName }] : []),
      ...(temporaryPassword === 'random'
        ? []
        : [{ rule: `${at.path}.temporaryPassword`, as: 'password' as const, value: temporaryPassword }]),
    ]),
  ];
}

export function usesOf(mapping: Mapping, scope: Scope): readonly Use[] {
  const { externalId, startDate, leaveDate } = mapping;
  const date = (as: 'startDate' | 'leaveDate', from: Mapping['startDate']): readonly Use[] =>
    from === null ? [] : [{ column: from.column, rule: as, as, isWhole: true, formats: [from.format] }];
  return [
    { column: externalId.column, rule: 'externalId', as: 'externalId', isWhole: true, formats: [] },
    ...date('startDate', startDate),
    ...date('leaveDate', leaveDate),
    ...valuesOf(mapping).flatMap(({ rule, as, value }) =>
      partsOf(value, scope).map((part) => ({ ...part, rule, as: part.isCountry ? ('country' as const) : as })),
    ),
    ...targetsOf(mapping).flatMap(({ rule, target }) =>
      namesOf(target).flatMap((name) => partsOf(name, scope).map((part) => ({ ...part, rule, as: 'group' as const }))),
    ),
  ];
}

interface Part {
  readonly column: string;
  readonly isWhole: boolean;
  readonly isCountry: boolean;
  readonly formats: readonly string[];
}

/** The columns of a value, each with how it goes in. */
export function partsOf(rule: GroupName, scope: Scope): readonly Part[] {
  const column = (name: string): string => {
    const resolved = resolveName(name, scope);
    return 'column' in resolved ? resolved.column : name;
  };
  switch (rule.kind) {
    case 'column':
      return [{ column: column(rule.column), isWhole: true, isCountry: false, formats: [] }];
    case 'fixed':
      return [];
    case 'template':
      return [...rule.template.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => ({
        ...{ column: column(name.trim()), isWhole: false, isCountry: false, formats: [] },
      }));
    case 'first':
      return rule.values.flatMap((value) => partsOf(value, scope));
    case 'joined':
      return rule.values.flatMap((value) => partsOf(value, scope)).map((part) => ({ ...part, isWhole: false }));
    case 'made':
    case 'separated': {
      const formats = rule.steps.flatMap((step) => (step.kind === 'date' ? [step.format] : []));
      const parts = partsOf(rule.source, scope).map((part) => ({ ...part, formats: [...part.formats, ...formats] }));
      return [...parts, ...countriesOf(rule.steps, column)];
    }
  }
}

function countriesOf(steps: readonly Step[], column: (name: string) => string): readonly Part[] {
  return steps.flatMap((step) =>
    step.kind === 'phone' && step.column !== null
      ? [{ column: column(step.column), isWhole: true, isCountry: true, formats: [] }]
      : [],
  );
}

function targetsOf(mapping: Mapping): readonly { readonly rule: string; readonly target: GroupTarget }[] {
  return [
    ...mapping.groups.map(({ at, group }) => ({ rule: at.path, target: group })),
    ...mapping.roles.flatMap(({ at, group }) => (group === null ? [] : [{ rule: at.path, target: group }])),
    ...mapping.exceptions.flatMap(({ addTo, notIn, role }) => [
      ...[...addTo, ...notIn].map(({ at, group }) => ({ rule: at.path, target: group })),
      ...(role?.group ? [{ rule: role.at.path, target: role.group }] : []),
    ]),
  ];
}

function namesOf(target: GroupTarget): readonly GroupName[] {
  return target.kind === 'local_department' ? [target.businessUnit, target.department] : [target.name];
}
