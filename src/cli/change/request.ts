import { randomUUID } from 'node:crypto';
import type { ChangeOrder } from '../../change-requests/messages.js';
import { objectionToOrder } from '../../change-requests/forms.js';
import { ChangeRequestExists, reserveChange } from '../../store/change-requests.js';
import { readCustomer } from '../../store/customers.js';
import { toCustomerId } from '../../sync/ids.js';
import { fileChange } from '../../temporal/change-requests.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { actorOf } from '../onboarding/options.js';
import { withProgress } from '../onboarding/with-progress.js';
import { refuseWithoutWorker } from '../sync/worker-check.js';
import type { RequestOptions } from './commands.js';

/** `change request`: Postgres issues the number, then the workflow is started and asked in one call. @throws ChangeRequestExists, ChangeRefused */
export async function requestChange(
  context: Context,
  slug: string,
  text: string,
  options: RequestOptions,
): Promise<void> {
  const { kind, place: places = [], key: requestKey = randomUUID() } = options;
  const wish: ChangeOrder = { customer: slug, ...actorOf(options), kind, text };
  const objection = objectionToOrder(wish);
  if (objection !== null) throw new CommandFailed(objection);
  const { taskQueue } = context.config;
  const database = await context.database();
  const { manager } = await readCustomer(database, slug);
  const client = await context.temporal();
  await refuseWithoutWorker(client, taskQueue);
  const customer = toCustomerId(slug);
  const { number, status } = await reserveChange(database, { customer, requestKey, filedBy: wish.by, manager, places });
  if (status !== 'reserved') throw new ChangeRequestExists(slug, number, status);
  const answer = await withProgress(context.output, 'filing it', () =>
    fileChange(client, taskQueue, { ...wish, number }, manager),
  );
  context.output.answer({ customer, change: number, workflowId: `change/${slug}/${number}`, answer }, () =>
    [answer, '', 'Next:', `  usersync change show ${slug} ${number}`].join('\n'),
  );
}
