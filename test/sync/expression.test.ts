import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnsOf, compileExpression } from '../../src/sync/expression/compile.js';
import { FUNCTIONS } from '../../src/sync/expression/functions.js';
import { ExpressionError } from '../../src/sync/expression/problem.js';
import type { Scope } from '../../src/sync/expression/scope.js';
import type { Fields } from '../../src/sync/record.js';
import { condition, documentedExamples, scope } from './expressions.js';

function holds(source: string, fields: Fields): boolean {
  return compileExpression(source, scope).evaluate(fields);
}

function problems(source: string): readonly string[] {
  try {
    compileExpression(source, scope);
    return [];
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return error.problems.map(({ line, column, text }) => `${line}:${column} ${text}`);
  }
}

describe('the examples of docs/mapping.md', () => {
  const { rows, record } = documentedExamples();

  it('are all found', () => {
    expect(rows.length).toBe(32);
    expect(Object.keys(record).length).toBe(8);
  });

  it.each(rows)('%s: %s', (source, answer) => {
    expect(holds(source, record)).toBe(answer === 'yes');
  });
});

it('every function stands in the manual, and every function in the manual is there', () => {
  const manual = readFileSync(new URL('../../docs/mapping.md', import.meta.url), 'utf8');
  const section = manual.slice(manual.indexOf('| function '), manual.indexOf('### Text and number'));
  const documented = [...section.matchAll(/^\| `(\w+)\(([^)]*)\)` +\| (condition|text)/gm)].map(
    ([, name = '', values = '', gives]) => [name, values.split(',').length, gives],
  );
  expect(documented).toEqual([...FUNCTIONS].map(([name, { takes, gives }]) => [name, takes, gives]));
});

describe("Speakap's documented examples", () => {
  const cases: readonly (readonly [string, Fields, boolean])[] = [
    ['Department == "WW"', { Department: 'WW' }, true],
    ['Department == "WW"', { Department: 'ww' }, false],
    ['externalId >= 100', { 'Employee ID': '0100' }, true],
    ['externalId >= 100', { 'Employee ID': '0004' }, false],
    ['externalId >= 100', { 'Employee ID': 'A100' }, false],
    ['externalId < 100', { 'Employee ID': ' ' }, false],
    ['externalId < 100', { 'Employee ID': '0x10' }, false],
    ['externalId < 100', { 'Employee ID': '1e1' }, false],
    ['externalId < 100', { 'Employee ID': ' 099 ' }, true],
    ['100 > externalId', { 'Employee ID': '99' }, true],
    [`includes('Jobtitle', "bedrijfsleider")`, { Jobtitle: 'Assistent bedrijfsleider' }, true],
    [`includes('Jobtitle', "bedrijfsleider")`, { Jobtitle: 'Kassier' }, false],
    ['startsWith(externalId, "0004")', { 'Employee ID': '0004711' }, true],
    ['startsWith(externalId, "0004")', { 'Employee ID': '4711' }, false],
    [`includes('Jobtitle', "x") and Department == "WW"`, { Jobtitle: 'xyz', Department: 'WW' }, true],
    [`includes('Jobtitle', "x") and Department == "WW"`, { Jobtitle: 'xyz', Department: 'W' }, false],
    ['Division == "WR" and not(startsWith(externalId, "0004"))', { Division: 'WR', 'Employee ID': '5' }, true],
    ['Division == "WR" and not(startsWith(externalId, "0004"))', { Division: 'WR', 'Employee ID': '00045' }, false],
    ['internal.status == "Active"', { Status: 'Active' }, true],
    ['internal.status == "Active"', { Status: 'Inactive' }, false],
  ];
  it.each(cases)('%s on %o is %s', (source, fields, expected) => {
    expect(holds(source, fields)).toBe(expected);
  });
});

describe('an expression', () => {
  it('knows the columns it reads', () => {
    const compiled = compileExpression('internal.status == "x" and (FTE > 1 or internal.status == "y")', scope);
    expect(columnsOf(compiled)).toEqual(['Status', 'FTE']);
  });

  it('takes `and` before `or`, and parentheses before both', () => {
    const fields = { Department: 'a', Division: 'b', FTE: 'c' };
    expect(holds('Department == "a" or Division == "x" and FTE == "x"', fields)).toBe(true);
    expect(holds('(Department == "a" or Division == "x") and FTE == "x"', fields)).toBe(false);
  });

  it('takes a column that begins with a keyword for a column', () => {
    const compiled = compileExpression('order == "x" and notable == "y" and india == "z"', {
      columns: null,
      names: new Map(),
    });
    expect(compiled.evaluate({ order: 'x', notable: 'y', india: 'z' })).toBe(true);
  });

  it('takes any name for a column while no record is known', () => {
    const compiled = compileExpression("'Größe in cm' > 180", { columns: null, names: new Map() });
    expect(compiled.evaluate({ 'Größe in cm': '181' })).toBe(true);
  });

  it('reads escaped quotes', () => {
    expect(holds('Department == "the \\"old\\" \\\\ one"', { Department: 'the "old" \\ one' })).toBe(true);
  });
});

describe('a mistake in an expression is told with its place and a suggestion', () => {
  it.each([
    ['Departmnt == "WW"', ['1:1 Unknown field `Departmnt`. Did you mean "Department"?']],
    ['Department == "WW"\n  and foo(Division)', ['2:7 Unknown function `foo`.']],
    ['include(Division, "x")', ['1:1 Unknown function `include`. Did you mean "includes"?']],
    [
      'Divison == "a" or Statu == "b"',
      ['1:1 Unknown field `Divison`. Did you mean "Division"?', '1:19 Unknown field `Statu`. Did you mean "Status"?'],
    ],
    ['Division == "x" and matches(Division, "A(B|C")', ['1:41 This `(` is not closed.']],
    ['matches(Division, "\\"a**")', ['1:24 What is repeated already cannot be repeated again.']],
    ['matches(Division, "*a")', ['1:20 Nothing that could be repeated stands before `*`.']],
    ['matches(Division, "^A")', ['1:20 A pattern is for the whole text: leave `^` out.']],
    ['matches(Division, "[z-a]")', ['1:21 A range goes from a character to a later one, as `a-z`.']],
    ['matches(Division, "(a)\\\\1")', ['1:23 `\\1` means nothing here: there are \\d, \\w, \\s and their opposites.']],
    ['matches(Division, "(a{200}){200}")', ['1:20 The pattern repeats too much.']],
    ['matches(Division, Department)', ['1:19 A pattern is a text in double quotes.']],
    [
      'matches("Division", "a")',
      ['1:9 No field is read here. A field name stands bare or in single quotes, a text in double quotes.'],
    ],
    ['matches(Division, "\\d")', ['1:19 `"` cannot stand here. In a text a backslash is written twice: "\\\\d".']],
    ['includes(Division)', ['1:1 `includes` takes 2 values, not 1.']],
    ['Division', ['1:1 This is a value, not a condition: compare it, as in `Division == "text"`.']],
    ['lower(Division)', ['1:1 `lower` gives a text, not a condition: compare it with something.']],
    ['startsWith(externalId, 0004)', ['1:24 A text is needed here. Write it in double quotes: "0004".']],
    [
      'includes("Jobtitle", "x")',
      ['1:1 No field is read here. A field name stands bare or in single quotes, a text in double quotes.'],
    ],
    ['Division = "x"', ['1:10 `=` cannot stand here. Write `==` to compare.']],
    ['Division == "x" && FTE == "y"', ['1:17 `&` cannot stand here. Write `and`.']],
    [
      'Division == "x" AND FTE == "y"',
      ['1:17 `AND` cannot stand here. Write `and`, `or`, `not` and `in` in lower-case letters.'],
    ],
    ['not Division == "x"', ['1:5 `Division` cannot stand here. Write parentheses: `not( ... )`.']],
    ['Division == "x', ['1:13 `"` cannot stand here. This text has no closing double quote.']],
    ['Division == “x”', ['1:13 `“` cannot stand here. Use straight double quotes: "text".']],
    [
      'externalId == 12345678901234567',
      ['1:15 A number has at most 15 digits. Write an identifier as text: "12345678901234567".'],
    ],
    ['', ['1:1 The expression is empty.']],
  ])('%s', (source, expected) => {
    expect(problems(source)).toEqual(expected);
  });

  it('says what could follow where it ends too early', () => {
    expect(problems('Division ==')[0]).toMatch(/^1:12 The expression ends too early\. Expected text in double quotes/);
  });

  it('refuses a name that is a column and also the mapping’s name for another one', () => {
    const both: Scope = { columns: ['jobTitle', 'Functie'], names: new Map([['jobTitle', 'Functie']]) };
    expect(() => compileExpression('jobTitle == "x"', both)).toThrow('is a column of the record, and also');
  });

  it('refuses what would exhaust the stack', () => {
    expect(problems(`${'('.repeat(1_900)}a == "b"${')'.repeat(1_900)}`)[0]).toContain('More than 50 parentheses');
    expect(problems('a'.repeat(5_000))[0]).toContain('more than 4000 characters');
  });
});

describe('for any expression and any record', () => {
  const record = fc.dictionary(
    fc.oneof(fc.constantFrom(...(scope.columns ?? [])), fc.constantFrom('__proto__', 'constructor')),
    fc.oneof(fc.string(), fc.constantFrom('', ' ', '007', '1e999', 'NaN', '\u0000', '-0', '\ud800')),
  );

  it('evaluation answers yes or no and never throws', () => {
    fc.assert(
      fc.property(condition, record, (source, fields) => {
        expect(typeof holds(source, fields)).toBe('boolean');
      }),
      { numRuns: 1_000 },
    );
  });

  it('not( ) is the opposite', () => {
    fc.assert(
      fc.property(condition, record, (source, fields) => holds(`not(${source})`, fields) !== holds(source, fields)),
    );
  });

  it('a record that holds other things than text does no harm', () => {
    const odd: unknown = JSON.parse('{"Department": null, "Division": 4, "FTE": {"a": 1}}');
    // What a database gives back is not what its type says.
    expect(holds('Department == "" and Division == "" and empty(FTE)', odd as Fields)).toBe(true);
  });

  it('any text at all is compiled or refused with a place', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          condition.map((source) => source.slice(1)),
        ),
        (source) => {
          for (const problem of problems(source)) expect(problem).toMatch(/^\d+:\d+ ./);
        },
      ),
    );
  });
});
