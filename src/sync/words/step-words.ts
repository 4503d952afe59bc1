import type { Step, UnknownValue } from '../mapping/value-rule.js';
import type { Letters } from '../values/letters.js';
import type { Replacement } from '../values/replace.js';
import { columnWords } from './names.js';

/** What is done to a text: `read as a day (DD/MM/YYYY)`. Every line of a table is told, since people agree on it. */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case 'replace':
      return `where ${tableWords(step.texts, 'is replaced by')}`;
    case 'lookup':
      return `where ${tableWords(step.table, 'becomes')}, and any other text ${UNKNOWN[step.unknown]}`;
    case 'date':
      return `read as a day (${step.format})`;
    case 'phone':
      return `as an international telephone number${countryWords(step)}`;
    case 'case':
      return LETTERS[step.letters];
    case 'default':
      return `or "${step.text}" where there is none`;
  }
}

const UNKNOWN: Readonly<Record<UnknownValue, string>> = {
  warn: 'counts as none, with a warning',
  keep: 'stays as it is',
  none: 'counts as none',
};

const LETTERS: Readonly<Record<Letters, string>> = {
  upper: 'in capitals',
  lower: 'in small letters',
  title: 'with a capital at the beginning of each word',
};

function tableWords(lines: readonly Replacement[], verb: string): string {
  return lines.map(({ from, to }) => `"${from}" ${verb} ${to === '' ? 'nothing' : `"${to}"`}`).join(', ');
}

function countryWords({ country, column }: Extract<Step, { readonly kind: 'phone' }>): string {
  const from = [
    column !== null && `the country in ${columnWords(column)}`,
    country !== null && (column === null ? `the country ${country}` : `else ${country}`),
  ].filter((words) => words !== false);
  return ` (one without a country code is of ${from.join(', ')})`;
}
