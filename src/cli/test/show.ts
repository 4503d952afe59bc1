import { timingSafeEqual } from 'node:crypto';
import { sign, type Census, type Count } from '../../activities/testing/census.js';
import { renderFields, renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { readCustomer } from '../../store/customers.js';
import { combinationName, type SingledOut } from '../../anonymise/report/singled-out.js';
import { PROPOSALS } from '../../report/test-report/words.js';
import { readTest, type Test } from '../../store/tests.js';
import type { Context } from '../context.js';
import type { TestApproval } from '../../workflows/testing/messages.js';
import { checksText } from './words.js';

/** `test show`: where a test stands, and the proof that nothing of it is left, with whether its signature holds. */
export async function showTest(context: Context, slug: string, number: number): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const test = await readTest(database, slug, number);
  const keys = await context.keys();
  const census = (test.census ?? {}) as Census;
  const isSigned =
    test.signature !== null &&
    keys.ring instanceof Array &&
    keys.ring.some((key) => holds(sign(key, test, census), test.signature ?? ''));
  const shown = shownOf(test, census, isSigned);
  context.output.answer(shown, () => text(shown, timeZone, context));
}

function holds(wanted: string, given: string): boolean {
  const [one, other] = [Buffer.from(wanted), Buffer.from(given)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function shownOf(test: Test, census: Census, isSigned: boolean) {
  const { customerId, number, status, mappingVersion, problem, leftOver, summary, approvals, requestedBy } = test;
  return {
    ...{ customer: customerId, test: number, status, mapping: mappingVersion, requestedBy, problem, leftOver },
    ...{ startedAt: test.startedAt, endedAt: test.endedAt, removedAt: test.tornDownAt },
    ...{ summary, approvals, census, isSigned },
  };
}

type Shown = ReturnType<typeof shownOf>;

function text(shown: Shown, timeZone: string, { output }: Context): string {
  const time = (instant: Date | null): string => (instant === null ? 'not yet' : instantWords(instant, timeZone));
  const checks = checksOf(shown.summary);
  return [
    renderFields(
      [
        ['test', `${shown.test} of ${shown.customer}, mapping ${shown.mapping}`],
        ['status', shown.status],
        ...(shown.problem === null ? [] : [['problem', shown.problem] as const]),
        ['asked for by', shown.requestedBy],
        ['started', time(shown.startedAt)],
        ['decided', time(shown.endedAt)],
        ...approvalFields(shown.approvals, (at) => time(new Date(at))),
        ['removed', time(shown.removedAt)],
        ...(shown.leftOver === null ? [] : [['left over', shown.leftOver] as const]),
        [
          'census',
          Object.keys(shown.census).length === 0
            ? 'none yet'
            : shown.isSigned
              ? 'its signature holds'
              : 'ITS SIGNATURE DOES NOT HOLD',
        ],
      ],
      output.paint,
    ),
    checks.length === 0 ? '' : checksText(checks),
    singledOutText(shown.summary, output.paint),
    censusText(shown.census, output.paint),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function checksOf(summary: unknown): Parameters<typeof checksText>[0] {
  if (typeof summary !== 'object' || summary === null || !('checks' in summary) || !Array.isArray(summary.checks))
    return [];
  return summary.checks as Parameters<typeof checksText>[0];
}

/** Who approved, when, and what still points to few people was accepted by whom. */
function approvalFields(approvals: unknown, time: (at: string) => string): readonly (readonly [string, string])[] {
  if (!Array.isArray(approvals)) return [];
  return (approvals as readonly Partial<TestApproval>[])
    .filter(({ side }) => side !== undefined)
    .map(({ by = '', side = '', at, accepted = [] }) => {
      const when = at === undefined ? [] : [time(at)];
      const accepts = accepted.length === 0 ? [] : [`accepts ${accepted.join(', ')}`];
      return ['approved', [`${by} (${side})`, ...when, ...accepts].join(', ')];
    });
}

/** Which kept columns together point to few people, and what to do about it. */
function singledOutText(summary: unknown, paint: Context['output']['paint']): string {
  if (typeof summary !== 'object' || summary === null || !('singledOut' in summary)) return '';
  const found = summary.singledOut as readonly SingledOut[];
  if (found.length === 0)
    return 'What was kept of people points to nobody: every combination is shared by enough of them.';
  const rows = found
    .slice(0, SHOWN)
    .map(({ columns, combinations, people, proposal }) => [
      combinationName({ columns }),
      String(combinations),
      String(people),
      PROPOSALS[proposal],
    ]);
  const table = renderTable({ head: ['kept together', 'rare', 'people', 'proposal'], right: [1, 2] }, rows, paint);
  const more = found.length > SHOWN ? `\nAnd ${found.length - SHOWN} more combinations: --json shows all.` : '';
  return `${table}${more}`;
}

const SHOWN = 10;

function censusText(census: Census, paint: Context['output']['paint']): string {
  const moments = (['before', 'during', 'after'] as const).filter((when) => census[when] !== undefined);
  if (moments.length === 0) return '';
  const row = (name: string, of: (count: Count) => string): readonly string[] => [
    name,
    ...moments.map((when) => {
      const count = census[when];
      return count === undefined ? '' : of(count);
    }),
  ];
  return renderTable(
    { head: ['census', ...moments] },
    [
      row('tables of the test', ({ tables }) =>
        tables === null ? 'no schema' : `${tables.length} with ${tables.reduce((sum, { rows }) => sum + rows, 0)} rows`,
      ),
      row(
        'rows elsewhere',
        ({ rowsElsewhere }) => rowsElsewhere.map(({ table, rows }) => `${table}: ${rows}`).join(', ') || 'none',
      ),
      row('files of the test', ({ files }) => `${files.files}`),
      row('files elsewhere', ({ filesElsewhere }) => filesElsewhere.join(', ') || 'none'),
      row('network copy', ({ copy, people, groups }) =>
        copy === 'there' ? `${people} people, ${groups} groups` : copy,
      ),
      row('key', ({ isKeyThere }) => (isKeyThere ? 'there' : 'destroyed')),
    ],
    paint,
  );
}
