import { dirname, resolve } from 'node:path';
import {
  sealNetworkCredentials,
  sealSourceCredentials,
  type NetworkCredentials,
  type SourceCredentials,
} from '../../connections/credentials.js';
import { makeDropSource } from '../../connections/drop-source.js';
import { resealPgpKeys } from '../../connections/pgp.js';
import { saveCustomer, type NetworkDetails, type SourceDetails } from '../../store/customers.js';
import { saveDropAccount, type NewDropAccount } from '../../store/drop-accounts.js';
import { toCustomerId, toEid, type CustomerId } from '../../sync/ids.js';
import { saveSchedule } from '../../temporal/schedule.js';
import { moveWeekly } from '../../temporal/weekly-schedule.js';
import type { Keys } from '../../secrets/keys.js';
import type { Context } from '../context.js';
import { readTextFile } from '../read-file.js';
import { ProblemsFound } from '../yaml/problems-found.js';
import { readYaml } from '../yaml/read-yaml.js';
import { toAfasSettings } from './afas-document.js';
import { CustomerDocument, toSftpSettings, type SourceDocument } from './document.js';
import { dropReading } from './drop-source.js';
import { Secrets } from './secrets.js';

/** `customer add`: everything is read, checked and connected before the first row is written. */
export async function addCustomerFile(context: Context, file: string): Promise<void> {
  const { document, secrets } = await readCustomerFile(file, context.env);
  const keys = await context.keys();
  const database = await context.database();
  const client = await context.temporal();
  const customer = toCustomerId(document.slug);
  const source = await toSource(context, customer, document.source, secrets.source, keys);

  const { slug: _, network: __, source: ___, letter = null, ...details } = document;
  const network = toNetwork(customer, document.network, secrets.network, keys);
  await saveCustomer(database, { id: customer, letter, ...details }, network, source.details);
  if (source.account !== null) await saveDropAccount(database, source.account);
  await resealPgpKeys(database, keys, customer);
  const { dailyAt, timeZone } = document;
  const { taskQueue } = context.config;
  await saveSchedule(client, { customer, dailyAt, timeZone, taskQueue, paused: true });
  await moveWeekly(client, { customer, timeZone, taskQueue });
  sayAdded(context, document, source);
}

/** @throws CommandFailed, ProblemsFound with every mistake of the file. */
export async function readCustomerFile(file: string, env: NodeJS.ProcessEnv) {
  const read = readYaml(await readTextFile(file), CustomerDocument);
  if ('problems' in read) throw new ProblemsFound(file, read.problems);
  const secrets = new Secrets(read.places, dirname(resolve(file)), env);
  const network = await secrets.ofNetwork(read.value);
  const source = read.value.source.kind === 'drop' ? null : await secrets.ofSource(read.value.source);
  if (secrets.problems.length > 0) throw new ProblemsFound(file, secrets.problems);
  return { document: read.value, secrets: { network, source } };
}

export function toNetwork(
  customer: CustomerId,
  network: CustomerDocument['network'],
  secrets: NetworkCredentials,
  keys: Keys,
): NetworkDetails {
  return {
    eid: toEid(network.eid),
    apiBase: network.apiBase,
    scimBase: network.scimBase ?? null,
    requestsPerSecond: network.requestsPerSecond ?? null,
    credentials: sealNetworkCredentials(keys.key, customer, secrets),
  };
}

export interface MadeSource {
  readonly details: SourceDetails;
  /** The login of our reading side; only on our own drop. */
  readonly account: NewDropAccount | null;
}

/** @throws CommandFailed when our own drop is meant and its address is not known. */
export async function toSource(
  context: Context,
  customer: CustomerId,
  source: SourceDocument,
  secrets: SourceCredentials | null,
  { key }: Keys,
): Promise<MadeSource> {
  if (source.kind !== 'drop') {
    const settings = source.kind === 'afas' ? toAfasSettings(source) : toSftpSettings(source);
    const credentials = sealSourceCredentials(key, customer, secrets ?? { password: '' });
    return { details: { kind: source.kind, settings, credentials }, account: null };
  }
  const reading = dropReading(source, await context.stack());
  const { settings, password, account } = await makeDropSource(customer, reading, context.config.maxDeliveryBytes);
  const credentials = sealSourceCredentials(key, customer, { password });
  return { details: { kind: 'drop', settings, credentials }, account };
}

function sayAdded(
  { output }: Context,
  { slug, name, dailyAt, timeZone }: CustomerDocument,
  { details }: MadeSource,
): void {
  const upload =
    details.kind === 'drop' ? [`usersync drop account add ${slug} ${slug}-hr --from ADDRESS --generate-password`] : [];
  const next = [
    ...upload,
    `usersync mapping import ${slug} mapping.yaml --by YOUR-ID`,
    `usersync sync plan ${slug}`,
    `usersync schedule resume ${slug}`,
  ];
  output.answer({ slug, name, source: details.kind, schedule: { dailyAt, timeZone }, next }, () =>
    [
      `${name} (${slug}) is saved, with its secrets sealed.`,
      `Its schedule is made for ${dailyAt} in ${timeZone}; a new one is paused until you resume it.`,
      '',
      'Next:',
      ...next.map((step) => `  ${step}`),
    ].join('\n'),
  );
}
