import type { CountryCode } from 'libphonenumber-js/min';
import type { Scope } from '../../sync/expression/scope.js';
import type { Mapping, ValueRule } from '../../sync/mapping/mapping.js';
import { toCountry } from '../../sync/values/phones.js';
import { partsOf, valuesOf } from './uses.js';

/** Where the numbers of a column are dialled. */
export interface PhoneCountry {
  /** The column that says so for each row. */
  readonly column: string | null;
  readonly usual: CountryCode | null;
}

/** By column, what the mapping says. */
export function phoneCountries(mapping: Mapping, scope: Scope): ReadonlyMap<string, PhoneCountry> {
  const found = new Map<string, PhoneCountry>();
  const look = (value: ValueRule): void => {
    if (value.kind === 'first' || value.kind === 'joined') value.values.forEach(look);
    if (value.kind !== 'made') return;
    look(value.source);
    for (const step of value.steps) {
      if (step.kind !== 'phone') continue;
      const country = { column: step.column, usual: step.country === null ? null : toCountry(step.country) };
      for (const { column } of partsOf(value.source, scope)) found.set(column, country);
    }
  };
  for (const { value } of valuesOf(mapping)) look(value);
  return found;
}
