import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { z } from 'zod';
import type { Scope } from '../../src/sync/expression/scope.js';
import type { Fields } from '../../src/sync/record.js';

/** What names mean in the examples of the manual. */
export const scope: Scope = {
  columns: ['Employee ID', 'Status', 'Department', 'Division', 'Jobtitle', 'Job code', 'FTE', 'Leave date'],
  names: new Map([
    ['externalId', 'Employee ID'],
    ['internal.status', 'Status'],
  ]),
};

/** The examples of docs/mapping.md, each with its answer on the record that stands below them. */
export function documentedExamples(): {
  readonly rows: readonly (readonly [string, string])[];
  readonly record: Fields;
} {
  const manual = readFileSync(new URL('../../docs/mapping.md', import.meta.url), 'utf8');
  const section = manual.slice(manual.indexOf('<!-- examples'));
  const rows = [...section.matchAll(/^\| `([^`]+)` +\|[^|]+\| (yes|no) +\|$/gm)].map(
    ([, source = '', answer = '']) => [source, answer] as const,
  );
  const json = /```json\n([^`]+)```/.exec(section)?.[1] ?? '{}';
  const record: Fields = z.record(z.string(), z.string()).parse(JSON.parse(json));
  return { rows, record };
}

const name = fc.constantFrom('Department', 'Division', 'FTE', 'externalId', "'Leave date'", 'internal.status');
const text = fc.string({ maxLength: 6 }).map((value) => `"${value.replace(/[\\"]/g, (letter) => `\\${letter}`)}"`);
const number = fc.oneof(fc.integer({ min: -9999, max: 9999 }), fc.constant(0.5)).map(String);
const operator = fc.constantFrom('==', '!=', '<', '>', '<=', '>=');
export const { condition } = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.tuple(name, operator, fc.oneof(text, number, name)).map((parts) => parts.join(' ')),
    fc.tuple(fc.constantFrom('includes', 'startsWith', 'endsWith'), name, text).map(([f, a, b]) => `${f}(${a}, ${b})`),
    name.map((each) => `matches(${each}, "[A-Z]?(a|b)+.{0,2}")`),
    fc.tuple(fc.constantFrom('empty', 'exists'), name).map(([f, a]) => `${f}(${a})`),
    fc
      .tuple(name, fc.array(fc.oneof(text, number), { minLength: 1, maxLength: 3 }))
      .map(([a, all]) => `${a} in (${all.join(', ')})`),
    tie('condition').map((inner) => `not(${inner})`),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([a, o, b]) => `(${a}) ${o} (${b})`),
  ),
}));
