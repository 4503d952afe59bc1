import { setTimeout as sleep } from 'node:timers/promises';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { listMappings, mappingVersion } from '../../store/mappings.js';
import { openTest } from '../../store/tests.js';
import { toCustomerId } from '../../sync/ids.js';
import { startTest, type StartedTest } from '../../temporal/tests.js';
import type { TestProgress } from '../../workflows/testing/messages.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { EXIT, type ExitCode } from '../exit-codes.js';
import { ProgressLine } from '../sync/progress-line.js';
import { userName } from '../user-name.js';
import type { StartOptions } from './commands.js';
import { progressText } from './words.js';

const DAY_MS = 86_400_000;
const ASK_EVERY_MS = 500;

/** `test start`: issues the number, starts the workflow, and waits until people have to decide or the test is over. */
export async function startTestOf(context: Context, slug: string, options: StartOptions): Promise<ExitCode> {
  const database = await context.database();
  await readCustomer(database, slug);
  const mapping = await versionFor(database, slug, options.mapping);
  const customer = toCustomerId(slug);
  const spaces = await context.testSpaces(database);
  const client = await context.temporal();
  const number = await openTest(database, {
    ...{ customer, requestKey: `cli/${slug}/${process.pid}/${Date.now()}`, requestedBy: userName(context.env) },
    ...{ mappingVersion: mapping, key: spaces.newKey(customer), limitMs: options.limitDays * DAY_MS },
  });
  const order = {
    ...{ customer: slug, number },
    ...(options.waitForDelivery === undefined ? {} : { waitForDelivery: options.waitForDelivery }),
  };
  const started = await startTest(client, context.config.taskQueue, order);
  if (options.detach === true) {
    context.output.answer(
      { customer: slug, test: number },
      () => `Test ${number} of ${slug} is begun: "usersync test show ${slug} ${number}".`,
    );
    return EXIT.ok;
  }
  const progress = await follow(context, started);
  context.output.answer({ customer: slug, test: number, ...progress }, () => progressText(slug, number, progress));
  if (progress.outcome === null) return EXIT.needsDecision;
  return progress.outcome === 'approved' ? EXIT.ok : EXIT.failed;
}

async function versionFor(database: Database, slug: string, version: number | undefined): Promise<number> {
  if (version !== undefined) return (await mappingVersion(database, slug, version)).version;
  const newest = (await listMappings(database, slug)).find(({ status }) => status !== 'retired');
  if (newest !== undefined) return newest.version;
  throw new CommandFailed(
    `${slug} has no mapping to test. Nothing was begun. "usersync mapping import ${slug} FILE" adds one.`,
  );
}

/** Until people have to decide, or the test is over. */
async function follow({ output }: Context, test: StartedTest): Promise<TestProgress> {
  const line = new ProgressLine(output);
  try {
    for (;;) {
      const progress = await test.progress();
      if (progress !== null) {
        line.show(progress.step);
        if (progress.step === 'waiting for approval' || progress.step === 'over') return progress;
      }
      await sleep(ASK_EVERY_MS);
    }
  } finally {
    line.end();
  }
}
