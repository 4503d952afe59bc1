import type { Command } from 'commander';
import { plain } from '../../../report/paint.js';
import { summaryTable, type SummaryColumn } from '../../../report/summary-table.js';
import { renderTable } from '../../../report/table.js';
import { countWords, durationWords } from '../../../report/words.js';
import { listRuns } from '../../../store/runs.js';
import type { Stack } from '../../../stack/stack.js';
import type { ReleaseProgress } from '../../../workflows/release/messages.js';
import type { Context } from '../../context.js';
import { CommandFailed } from '../../errors.js';
import { EXIT, type ExitCode } from '../../exit-codes.js';
import { addressLines, startWithProgress, timedSteps, untilInterrupted } from '../../stack/keep-running.js';
import { readReport } from '../../sync/read-report.js';
import { checksText } from '../../test/words.js';
import { Course, type TestedOnCopy } from './course.js';
import { Mailbox } from './mailbox.js';
import { prepareDesk, SLUG, type Desk } from './prepare.js';
import { Typist } from './typist.js';

interface Phase {
  readonly title: string;
  readonly milliseconds: number;
}

interface Told {
  readonly people: number;
  readonly phases: readonly Phase[];
  readonly test: TestedOnCopy;
  readonly waves: ReleaseProgress['waves'];
  readonly days: readonly SummaryColumn[];
}

/**
 * The six weeks of an implementation in minutes: a customer of 10,000 people from the first call to the second daily sync, by the
 * commands that people would type. Stays until Ctrl-C unless `once` is given.
 */
export async function runJourney(
  context: Context,
  makeProgram: () => Command,
  { once, people }: { readonly once: boolean; readonly people: number },
): Promise<ExitCode> {
  const stack = await startWithProgress(context);
  try {
    await refuseSecond(context);
    const desk = await prepareDesk(context.config.dataFolder, stack);
    tell(context, stack, desk, await travel(context, stack, desk, makeProgram, people));
    if (!once) await untilInterrupted(stack);
    return EXIT.ok;
  } finally {
    await stack.close();
  }
}

async function refuseSecond(context: Context): Promise<void> {
  const { prisma } = await context.database();
  if ((await prisma.customer.findUnique({ where: { id: SLUG } })) === null) return;
  throw new CommandFailed(
    `${SLUG} is in this data folder already, and is connected only once. Nothing was changed. ` +
      'Take another folder with --data DIR; "npm start" shows what the last journey left here.',
  );
}

async function travel(
  context: Context,
  stack: Stack,
  desk: Desk,
  makeProgram: () => Command,
  people: number,
): Promise<Told> {
  const { output } = context;
  const database = await context.database();
  const typist = new Typist(context, makeProgram, (line, answer) => {
    output.note(`         ${line}`);
    output.note(`             ${answer.split('\n')[0] ?? ''}`);
  });
  const mailbox = new Mailbox(context.config.mail.outbox);
  const client = await context.temporal();
  const course = new Course({ output, database, client, stack, typist, mailbox, desk, people });

  const phases: Phase[] = [];
  const log = timedSteps(output);
  const phase = async <Result>(title: string, work: () => Promise<Result>): Promise<Result> => {
    const start = performance.now();
    output.note('');
    log(title);
    const result = await work();
    phases.push({ title, milliseconds: Math.round(performance.now() - start) });
    return result;
  };
  await phase('week 1: setup', () => course.setUp());
  await phase('week 2: mapping', () => course.agreeOnMapping());
  await phase('weeks 3 and 4: implementation', () => course.implement());
  const test = await phase('week 5: test on an anonymised copy', () => course.testOnCopy());
  const waves = await phase('week 6: release in waves', () => course.release());
  await phase('the first daily sync', () => course.syncDay(2));
  await phase('the second daily sync', () => course.syncDay(3));
  const runs = (await listRuns(database, SLUG, 2)).toReversed();
  const days = await Promise.all(
    runs.map(async (run, index) => {
      const { counts } = await readReport(database, run, { changes: 0, warnings: 0 });
      return { title: `daily sync ${index + 1}`, counts };
    }),
  );
  return { people, phases, test, waves, days };
}

function tell({ output }: Context, { addresses }: Stack, desk: Desk, told: Told): void {
  const { people, phases, test, waves, days } = told;
  const total = phases.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const data = {
    ...{ customer: SLUG, people, milliseconds: total, phases },
    test: { number: test.number, checks: test.checks, report: test.report },
    waves: waves.map((wave) => ({ name: wave.name, people: wave.people, run: wave.run, note: wave.note })),
    days: days.map(({ title, counts }) => ({ title, counts })),
    ...{ temporalUi: addresses.temporal.ui, sandbox: desk.networkPage },
  };
  output.answer(data, () =>
    [
      '',
      ...addressLines(addresses),
      `Network          ${desk.networkPage}`,
      `Test report      ${test.report}`,
      '',
      phaseTable(told, total, output.paint),
      '',
      `The test on an anonymised copy, before anybody was invited:`,
      checksText(test.checks),
      '',
      ...waves.map(
        ({ wave, name, people: some, note }) =>
          `Wave ${wave}, ${name}, ${countWords(some, 'person', 'people')}: ${note ?? ''}`,
      ),
      '',
      summaryTable(days, output.paint),
      '',
      'Try next:',
      `  npm run usersync -- onboarding show ${SLUG}`,
      `  npm run usersync -- sync report ${SLUG}`,
      `  npm run usersync -- test show ${SLUG} ${test.number}`,
      `  npm run usersync -- release show ${SLUG}`,
    ].join('\n'),
  );
}

function phaseTable({ people, phases }: Told, total: number, paint = plain): string {
  const rows = [...phases, { title: 'together', milliseconds: total }];
  return renderTable(
    { head: [countWords(people, 'person', 'people'), 'time'], right: [1] },
    rows.map(({ title, milliseconds }) => [title, durationWords(milliseconds)]),
    paint,
  );
}
