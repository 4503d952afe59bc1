import { didYouMean } from '../nearest.js';
import type { Fields } from '../record.js';
import { readDateFormat } from '../values/dates.js';
import { changeLetters } from '../values/letters.js';
import { countries, toCountry, toE164, type CountryCode } from '../values/phones.js';
import { makeReplacer } from '../values/replace.js';
import { makeTable, tableKey } from '../values/table.js';
import { compileColumn } from './column.js';
import type { Fault, FaultCode, Note } from './fault.js';
import type { MappingProblem } from './mapping.js';
import type { Scope } from '../expression/scope.js';
import type { Step } from './value-rule.js';

/** One step made ready. */
export interface CompiledStep {
  readonly apply: (text: string, fields: Fields, fail: (code: FaultCode) => void) => string;
  readonly canFail: boolean;
  readonly columns: readonly string[];
  readonly problems: readonly MappingProblem[];
}

type StepOf<Kind extends Step['kind']> = Extract<Step, { readonly kind: Kind }>;

export function compileStep(step: Step, scope: Scope): CompiledStep {
  switch (step.kind) {
    case 'replace': {
      const replace = makeReplacer(step.texts);
      return plain((text) => replace(text).trim());
    }
    case 'lookup':
      return compileLookup(step);
    case 'date':
      return compileDate(step);
    case 'phone':
      return compilePhone(step, scope);
    case 'case':
      return plain((text) => changeLetters(step.letters, text));
    case 'default': {
      const instead = step.text.trim();
      return plain((text) => (text === '' ? instead : text));
    }
  }
}

/** One step after the other; `column` is the one that a fault is told of. */
export function compileSteps(steps: readonly Step[], scope: Scope, column: string | null) {
  const compiled = steps.map((step) => compileStep(step, scope));
  return {
    apply: (text: string, fields: Fields, note: Note): string => {
      const fail = (code: FaultCode): void => note({ code, column } satisfies Fault);
      return compiled.reduce((made, { apply }) => apply(made, fields, fail), text);
    },
    canFail: compiled.some(({ canFail }) => canFail),
    columns: compiled.flatMap(({ columns }) => columns),
    problems: compiled.flatMap(({ problems }) => problems),
  };
}

function compileLookup({ table: lines, unknown }: StepOf<'lookup'>): CompiledStep {
  const find = makeTable(lines);
  const seen = new Set<string>();
  const doubled = lines.filter(({ from }) => seen.has(tableKey(from)) || !seen.add(tableKey(from)));
  const problems = doubled.map(({ at }) => ({
    ...at,
    text: 'The table has this text twice: upper and lower case do not matter in it.',
  }));
  return {
    apply: (text, _, fail) => {
      if (text === '') return '';
      const found = find(text);
      if (found !== undefined) return found;
      if (unknown === 'warn') fail('not_in_table');
      return unknown === 'keep' ? text : '';
    },
    canFail: unknown === 'warn',
    columns: [],
    problems,
  };
}

const DATE_HELP =
  'A date format has DD (or D), MM (or M) and YYYY once each, with signs between them, as in `DD/MM/YYYY`.';

function compileDate({ format, at }: StepOf<'date'>): CompiledStep {
  const dates = readDateFormat(format);
  return {
    apply: orFail('unreadable_date', (text) => dates?.toIso(text) ?? null),
    canFail: true,
    columns: [],
    problems: dates === null ? [{ ...at, text: DATE_HELP }] : [],
  };
}

function compilePhone({ country, column, at }: StepOf<'phone'>, scope: Scope): CompiledStep {
  const usual = country === null ? null : toCountry(country);
  const own = column === null ? null : compileColumn({ column, at }, scope);
  const isUnknown = country !== null && usual === null;
  return {
    apply: (text, fields, fail) => {
      const dialledIn: CountryCode | null = (own && toCountry(own.textOf(fields))) ?? usual;
      return orFail('unreadable_phone', (number) => toE164(number, dialledIn))(text, fields, fail);
    },
    canFail: true,
    columns: own?.columns ?? [],
    problems: [...(own?.problems ?? []), ...(isUnknown ? [{ ...at, text: unknownCountry(country) }] : [])],
  };
}

function unknownCountry(country: string): string {
  return `A country is two letters as ISO 3166 has them, such as \`NL\`.${didYouMean(country, countries())}`;
}

function orFail(code: FaultCode, make: (text: string) => string | null): CompiledStep['apply'] {
  return (text, _, fail) => {
    if (text === '') return '';
    const made = make(text);
    if (made === null) fail(code);
    return made ?? '';
  };
}

function plain(change: (text: string) => string): CompiledStep {
  return { apply: change, canFail: false, columns: [], problems: [] };
}
