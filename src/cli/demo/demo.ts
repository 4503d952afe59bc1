import { summaryTable, type SummaryColumn } from '../../report/summary-table.js';
import { countWords } from '../../report/words.js';
import { waitingLetters } from '../../store/letters/waiting.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Stack } from '../../stack/stack.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { addressLines, startWithProgress, untilInterrupted } from '../stack/keep-running.js';
import { days, type Day } from './days.js';
import { LETTERS_TO, prepareSample, type Sample } from './sample.js';

/** The stack, the sample customer, its next days, and what they did. Stays until Ctrl-C unless `once` is given. */
export async function runDemo(context: Context, { once }: { readonly once: boolean }): Promise<ExitCode> {
  const stack = await startWithProgress(context);
  try {
    const sample = await prepareSample(context, stack);
    const done: Day[] = [];
    for await (const day of days(context, stack, sample)) {
      done.push(day);
      const problem = problemOf(day);
      if (problem === null) continue;
      if (day.isOfSample || once) throw new CommandFailed(`${problem} ${NEXT}`);
      context.output.note(problem);
    }
    tell(context, stack, sample, done, await countLetters(context, sample));
    if (!once) await untilInterrupted(stack);
    return EXIT.ok;
  } finally {
    await stack.close();
  }
}

const NEXT =
  'What was done stays done; start the demo without --once, or "npm start" on the same data, and look at the run in the Temporal UI.';

/** Why a day did not go as it should; null when it did. */
function problemOf({ title, report: { run, counts } }: Day): string | null {
  if (run.problem !== null) return `${title}: ${run.problem}`;
  if (run.status === 'done' && counts.failed === 0 && counts.held === 0) return null;
  return `${title} ended as "${run.status}" with ${counts.failed} failed and ${counts.held} held changes.`;
}

/** People whose temporary password waits for its letter. */
async function countLetters(context: Context, { slug }: Sample): Promise<number> {
  const { pool } = await context.database();
  return (await waitingLetters(pool, toCustomerId(slug))).length;
}

function tell(context: Context, stack: Stack, sample: Sample, done: readonly Day[], letters: number): void {
  const { output } = context;
  const { addresses } = stack;
  const columns: SummaryColumn[] = done.map(({ title, report }) => ({ title, counts: report.counts }));
  const data = {
    temporalUi: addresses.temporal.ui,
    drop: { ...addresses.drop, user: sample.upload.userName, password: sample.upload.password },
    sandbox: sample.networkPage,
    letters,
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
      ...(done.some(({ report }) => report.counts.held > 0) ? [`  npm run usersync -- sync held ${sample.slug}`] : []),
      `  npm run usersync -- sync report ${sample.slug}`,
      `  npm run usersync -- sync chart ${sample.slug}`,
      `  npm run usersync -- sync plan ${sample.slug}`,
      `  npm run usersync -- customer show ${sample.slug}`,
      ...lettersStep(sample, letters),
    ].join('\n'),
  );
}

/** Nobody of the sample has an e-mail address: everybody logs in for the first time with what stands in a letter. */
function lettersStep({ slug }: Sample, letters: number): readonly string[] {
  if (letters === 0) return [];
  return [
    `  npm run usersync -- letters ${slug} --to ${LETTERS_TO} --link`,
    `      (a link to the letters with temporary passwords of ${countWords(letters, 'person', 'people')}, which can be opened once)`,
  ];
}

function dayInWords({ title, report: { counts }, people: { joiners, leavers, movers } }: Day): string {
  const rest =
    counts.active === null ? '' : `, ${countWords(counts.active - joiners - movers, 'person', 'people')} unchanged`;
  return `${title}: ${countWords(joiners, 'joiner')}, ${countWords(leavers, 'leaver')}, ${countWords(movers, 'mover')}${rest}.`;
}
