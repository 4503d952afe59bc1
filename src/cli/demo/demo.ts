import { summaryTable, type SummaryColumn } from '../../report/summary-table.js';
import { countWords } from '../../report/words.js';
import type { Stack } from '../../stack/stack.js';
import type { Context } from '../context.js';
import type { DemoOptions } from '../demo.js';
import { CommandFailed } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { addressLines, startWithProgress, untilInterrupted } from '../stack/keep-running.js';
import { days, type Day } from './days.js';
import { prepareSample, type Sample } from './sample.js';

/** The stack, the sample customer, its next days, and what they did. Stays until Ctrl-C unless `once` is given. */
export async function runDemo(context: Context, { once }: DemoOptions): Promise<ExitCode> {
  const stack = await startWithProgress(context);
  try {
    const sample = await prepareSample(context, stack);
    const done: Day[] = [];
    for await (const day of days(context, stack, sample)) {
      done.push(day);
      refuseWhenBad(day);
    }
    tell(context, stack, sample, done);
    if (once !== true) await untilInterrupted(stack);
    return EXIT.ok;
  } finally {
    await stack.close();
  }
}

/** @throws CommandFailed when the day did not go as it should. */
function refuseWhenBad({ title, report: { run, counts } }: Day): void {
  if (run.problem !== null) throw new CommandFailed(`${title}: ${run.problem}`);
  if (run.status === 'done' && counts.failed === 0 && counts.held === 0) return;
  throw new CommandFailed(
    `${title} ended as "${run.status}" with ${counts.failed} failed and ${counts.held} held changes. ` +
      'What was done stays done; start the demo without --once and look at the run in the Temporal UI.',
  );
}

function tell(context: Context, stack: Stack, sample: Sample, done: readonly Day[]): void {
  const { output } = context;
  const { addresses } = stack;
  const columns: SummaryColumn[] = done.map(({ title, report }) => ({ title, counts: report.counts }));
  const data = {
    temporalUi: addresses.temporal.ui,
    drop: { ...addresses.drop, user: sample.upload.userName, password: sample.upload.password },
    sandbox: sample.networkPage,
    days: done.map(({ title, report, people }) => ({ title, run: report.run.number, counts: report.counts, people })),
  };
  output.answer(data, () =>
    [
      '',
      ...addressLines(addresses),
      `Login to try     user ${sample.upload.userName}  password ${sample.upload.password}`,
      `                 sftp -P ${addresses.drop?.port} ${sample.upload.userName}@${addresses.drop?.host}`,
      `Network          ${sample.networkPage}`,
      '',
      summaryTable(columns, output.paint),
      '',
      ...done.map(dayInWords),
      '',
      'Try next:',
      `  npm run usersync -- sync report ${sample.slug}`,
      `  npm run usersync -- sync plan ${sample.slug}`,
      `  npm run usersync -- customer show ${sample.slug}`,
    ].join('\n'),
  );
}

function dayInWords({ title, report: { counts }, people: { joiners, leavers, movers } }: Day): string {
  const rest =
    counts.active === null ? '' : `, ${countWords(counts.active - joiners - movers, 'person', 'people')} unchanged`;
  return `${title}: ${countWords(joiners, 'joiner')}, ${countWords(leavers, 'leaver')}, ${countWords(movers, 'mover')}${rest}.`;
}
