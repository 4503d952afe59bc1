import { deliverablesFor } from '../../onboarding/deliverables.js';
import { dayWords } from '../../onboarding/dates.js';
import type { OnboardingState } from '../../onboarding/state.js';
import { saveContacts } from '../../store/contacts.js';
import { saveCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { saveDropAccount } from '../../store/drop-accounts.js';
import { toCustomerId } from '../../sync/ids.js';
import { startOnboarding } from '../../temporal/onboardings.js';
import type { Context } from '../context.js';
import { toNetwork, toSource } from '../customer/add.js';
import { CommandFailed } from '../errors.js';
import { refuseWithoutWorker } from '../sync/worker-check.js';
import type { StartOptions } from './commands.js';
import type { OnboardingDocument } from './document.js';
import { planOnboarding } from './plan.js';
import { readOnboardingFile, toOrder } from './read-document.js';
import { refuseAnother } from './refuse-another.js';
import { untilOpen } from './until-open.js';

type Read = Awaited<ReturnType<typeof readOnboardingFile>>;

/** `onboarding start`: everything is read, checked and connected before the first row is written. */
export async function startFromFile(context: Context, file: string, { by, dry }: StartOptions): Promise<void> {
  const read = await readOnboardingFile(file, context.env, new Date());
  const { document } = read;
  refuseStranger(document, by);
  if (dry === true) return planOnboarding(context, file, document);

  const { taskQueue } = context.config;
  const database = await context.database();
  const client = await context.temporal();
  await refuseWithoutWorker(client, taskQueue);
  await refuseAnother(database, client, document.slug);
  await save(context, database, read);
  const state = await untilOpen(
    document.slug,
    await startOnboarding(client, taskQueue, toOrder(document, by), document.manager),
    context.output,
  );
  sayStarted(context, document, state);
}

function refuseStranger({ contacts }: OnboardingDocument, by: string | undefined): void {
  const staff = contacts.filter(({ side }) => side === 'speakap').map(({ id }) => id);
  if (by === undefined || staff.includes(by)) return;
  throw new CommandFailed(
    `"${by}" is not among the contacts of the side of speakap: ${staff.join(', ')}. Nothing was changed.`,
  );
}

/** The customer before its onboarding: who is connected again keeps the source that is there, unless the file names one. */
async function save(context: Context, database: Database, { document, secrets }: Read): Promise<void> {
  const keys = await context.keys();
  const { slug, network, source: given, contacts, onboarding: _, ...details } = document;
  const customer = toCustomerId(slug);
  const source = given === undefined ? null : await toSource(context, customer, given, secrets.source, keys);
  await saveCustomer(
    database,
    { id: customer, ...details },
    toNetwork(customer, network, secrets.network, keys),
    source === null ? null : source.details,
  );
  if (source !== null && source.account !== null) await saveDropAccount(database, source.account);
  await saveContacts(database, customer, contacts);
}

function sayStarted({ output }: Context, { slug, name }: OnboardingDocument, state: OnboardingState): void {
  const { number, schedule, source } = state;
  const workflowId = `onboarding/${slug}`;
  const answer = { customer: slug, number, workflowId, goLive: schedule?.goLive ?? null };
  output.answer(answer, () =>
    [
      `The implementation of ${name} (${slug}) is under way as ${workflowId}.`,
      ...(schedule === null ? [] : [`Go-live is planned for ${dayWords(schedule.goLive)}.`]),
      `First of ${deliverablesFor(source).length} deliverables: ${firstDue(state)}`,
      '',
      'Next:',
      `  usersync onboarding show ${slug}`,
      `  usersync views --manager ${state.manager}`,
    ].join('\n'),
  );
}

function firstDue({ source, schedule }: OnboardingState): string {
  const [first] = deliverablesFor(source);
  const due = schedule?.items.find(({ id }) => id === first?.id)?.dueDate;
  return `${first?.title ?? 'none'}${due === undefined ? '' : `, due ${dayWords(due)}`}.`;
}
