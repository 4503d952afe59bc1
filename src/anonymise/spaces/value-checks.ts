import type { Scope } from '../../sync/expression/scope.js';
import { compileValue } from '../../sync/mapping/value.js';
import type { Fields } from '../../sync/record.js';
import { partsOf } from '../plan/uses.js';
import type { NamedValue } from '../plan/uses.js';

/** Whether a value that a rule makes is there, and what went wrong with it: a disguise changes neither. */
export interface ValueCheck {
  readonly rule: string;
  readonly columns: ReadonlySet<string>;
  /** The same text for rows of which the same can be made. */
  of(fields: Fields): string;
}

/** Only of values that are changed on their way: others are empty where their cells are. */
export function valueChecksOf(values: readonly NamedValue[], scope: Scope): readonly ValueCheck[] {
  return values
    .filter(({ value }) => isChanged(value))
    .map(({ rule, value }) => {
      const { textOf, faultsIn } = compileValue(value, scope);
      return {
        rule,
        columns: new Set(partsOf(value, scope).map(({ column }) => column)),
        of: (fields) => {
          const faults = faultsIn?.(fields).map(({ code, column }) => `${code} ${column ?? ''}`) ?? [];
          return [textOf(fields) === '' ? 'none' : 'some', ...faults].join(',');
        },
      };
    });
}

function isChanged(value: NamedValue['value']): boolean {
  if (value.kind === 'first' || value.kind === 'joined') return value.values.some(isChanged);
  return value.kind === 'made';
}
