import type { TestReport } from '../../proof/report.js';
import { readPaper } from '../../connections/test/papers.js';
import { renderTestReportHtml, renderTestReportMarkdown } from '../../report/test-report/test-report.js';
import { readTest } from '../../store/tests.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { writePieces } from '../sync/write-pieces.js';
import type { ReportOptions } from './commands.js';

/** `test report`: pseudonyms, groups and checks. It lies in the space of the test and is gone with it. */
export async function reportTest(
  context: Context,
  slug: string,
  number: number,
  options: ReportOptions,
): Promise<void> {
  const format = options.format ?? (context.output.json ? 'json' : 'text');
  const database = await context.database();
  const test = await readTest(database, slug, number);
  if (test.key === null) {
    throw new CommandFailed(
      `Test ${number} of ${slug} is over, and its report is removed with everything else of it. ` +
        `"usersync test show ${slug} ${number}" shows what its checks counted.`,
    );
  }
  const spaces = await context.testSpaces(database);
  const space = await spaces.open({ customer: toCustomerId(slug), number });
  const report = await readPaper<TestReport>(space, 'report').catch(() => {
    throw new CommandFailed(
      `Test ${number} of ${slug} has no report yet. "usersync test show ${slug} ${number}" shows where it stands.`,
    );
  });
  const content = {
    html: renderTestReportHtml,
    markdown: renderTestReportMarkdown,
    text: renderTestReportMarkdown,
    json: (each: TestReport) => `${JSON.stringify(each, null, 2)}\n`,
  }[format](report);
  await writePieces(context.output, once(content), options.out ?? null, format);
}

async function* once(content: string): AsyncGenerator<string> {
  yield content;
}
