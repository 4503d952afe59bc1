import type { ScheduleDescription } from '@temporalio/client';
import { AfasSourceSettings } from '../../connections/afas-settings.js';
import { SftpSettings } from '../../connections/sources.js';
import { statusWords } from '../../report/headline.js';
import { renderFields } from '../../report/table.js';
import { ageWords, countWords, instantWords, numberWords } from '../../report/words.js';
import { readCustomer, type CustomerWithConnections } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { countDue } from '../../store/due.js';
import { currentFreeze, type Freeze } from '../../store/freezes.js';
import { listDropAccounts } from '../../store/drop-accounts.js';
import { findPgpSender, listPgpKeys } from '../../store/pgp-keys.js';
import { listMappings } from '../../store/mappings.js';
import type { Mapping } from '../../store/prisma/client.js';
import { findRun } from '../../store/runs.js';
import { lastAccepted } from '../../store/snapshots.js';
import { toCustomerId } from '../../sync/ids.js';
import { TemporalUnreachable } from '../../temporal/connection.js';
import { describeSchedule } from '../../temporal/schedule.js';
import type { Context } from '../context.js';
import { NoStack } from '../errors.js';
import { readRunStatus } from '../sync/run-status.js';

/** `customer show`: everything but secrets. Without Temporal the schedule is left out, since all else is in Postgres. */
export async function showCustomer(context: Context, slug: string): Promise<void> {
  const database = await context.database();
  const customer = await readCustomer(database, slug);
  const [mapping] = (await listMappings(database, slug)).filter(({ status }) => status === 'active');
  const run = await findRun(database, slug, null);
  const snapshot = await lastAccepted(database, slug);
  const accounts = await listDropAccounts(database, slug);
  const pgp = await pgpOf(database, slug);
  const due = await countDue(database, toCustomerId(customer.id));
  const schedule = await scheduleOf(context, slug);
  const frozen = await currentFreeze(database, toCustomerId(customer.id));
  const { network, source, ...details } = customer;
  const shown = {
    ...details,
    network: network && withoutCredentials(network),
    source: source && withoutCredentials(source),
    activeMapping: mapping === undefined ? null : whoAndWhen(mapping),
    lastRun: run && {
      number: run.number,
      kind: run.kind,
      status: await readRunStatus(database, run),
      startedAt: run.startedAt,
      problem: run.problem,
    },
    lastAccepted: snapshot && {
      fileName: snapshot.fileName,
      at: snapshot.decidedAt,
      rows: snapshot.rows,
      people: snapshot.people,
    },
    due,
    schedule,
    frozen,
    pgp,
    dropAccounts: accounts.map(({ userName, access, disabledAt }) => ({
      userName,
      access,
      disabled: disabledAt !== null,
    })),
  };
  context.output.answer(shown, () => renderFields(fields(shown, customer), context.output.paint));
}

/** Fingerprints, the newest first. */
async function pgpOf(database: Database, slug: string) {
  const keys = await listPgpKeys(database, slug);
  const sender = await findPgpSender(database, slug);
  return {
    keys: keys.map(({ fingerprint }) => fingerprint),
    sender: sender && { fingerprint: sender.fingerprint, mustSign: sender.mustSign },
  };
}

function whoAndWhen({ version, importedBy, activatedAt, activatedBy }: Mapping) {
  return { version, importedBy, activatedAt, activatedBy };
}

function withoutCredentials<Connection extends { readonly credentials: string }>({
  credentials: _,
  ...rest
}: Connection) {
  return rest;
}

async function scheduleOf(context: Context, slug: string) {
  try {
    const description = await describeSchedule(await context.temporal(), slug);
    return description && toSchedule(description);
  } catch (error) {
    if (error instanceof NoStack || error instanceof TemporalUnreachable)
      return { unknown: 'Temporal does not answer' };
    throw error;
  }
}

function toSchedule({ state, info }: ScheduleDescription) {
  return { paused: state.paused, note: state.note ?? '', next: info.nextActionTimes[0] ?? null };
}

interface Shown {
  readonly activeMapping: { readonly version: number; readonly importedBy: string } | null;
  readonly lastRun: {
    readonly number: number;
    readonly kind: string;
    readonly status: string;
    readonly startedAt: Date;
    readonly problem: string | null;
  } | null;
  readonly lastAccepted: {
    readonly fileName: string;
    readonly at: Date | null;
    readonly rows: number | null;
    readonly people: number | null;
  } | null;
  readonly due: number;
  readonly schedule: Awaited<ReturnType<typeof scheduleOf>>;
  readonly frozen: Freeze | null;
  readonly pgp: Awaited<ReturnType<typeof pgpOf>>;
  readonly dropAccounts: readonly { readonly userName: string; readonly access: string; readonly disabled: boolean }[];
}

function fields(shown: Shown, customer: CustomerWithConnections): readonly (readonly [string, string])[] {
  const { timeZone, name, id, manager } = customer;
  return [
    ['customer', `${name} (${id})`],
    ['manager', manager],
    ['network', networkWords(customer)],
    ['source', sourceWords(customer)],
    [
      'mapping',
      shown.activeMapping === null
        ? 'none is active'
        : `version ${shown.activeMapping.version}, by ${shown.activeMapping.importedBy}`,
    ],
    ['last run', lastRunWords(shown, timeZone)],
    ['employee record', recordWords(shown, timeZone)],
    ['looked at next', `${numberWords(shown.due)} people`],
    ['schedule', scheduleWords(shown.schedule, customer)],
    ...frozenField(shown, timeZone),
    ['drop accounts', accountWords(shown)],
    ...pgpField(shown),
  ];
}

function frozenField({ frozen }: Shown, timeZone: string): readonly (readonly [string, string])[] {
  if (frozen === null) return [];
  return [['frozen', `until ${instantWords(frozen.until, timeZone)} by ${frozen.by}: ${frozen.reason}`]];
}

function pgpField({ pgp: { keys, sender } }: Shown): readonly (readonly [string, string])[] {
  const [newest] = keys;
  if (newest === undefined && sender === null) return [];
  const signed = sender === null ? '' : `, signed by ${sender.fingerprint}${sender.mustSign ? ' always' : ''}`;
  return [['PGP', `${countWords(keys.length, 'key')}${newest === undefined ? '' : `, the newest ${newest}`}${signed}`]];
}

function networkWords({ network }: CustomerWithConnections): string {
  if (network === null) return 'none';
  const { eid, apiBase, requestsPerSecond } = network;
  return `${eid} at ${apiBase}${requestsPerSecond === null ? '' : `, ${requestsPerSecond} requests a second`}`;
}

function sourceWords({ source }: CustomerWithConnections): string {
  if (source === null) return 'none';
  if (source.kind === 'afas') return afasWords(source);
  const settings = SftpSettings.safeParse(source.settings);
  if (!settings.success) return source.kind;
  const { host, port, userName, folder, pattern, completeness } = settings.data;
  const place = `${userName}@${host}:${port}`;
  return `${source.kind === 'drop' ? 'our drop, ' : ''}${place}, ${folder === '.' ? '' : `${folder}/`}${pattern}, complete: ${completeness.kind}`;
}

function afasWords({ kind, settings }: { readonly kind: string; readonly settings: unknown }): string {
  const parsed = AfasSourceSettings.safeParse(settings);
  if (!parsed.success) return kind;
  const { base, connector, keyField, take, filter } = parsed.data;
  const filtered = filter.map(({ field, operator, value }) => `${field} ${operator} ${value}`.trim()).join(' and ');
  return `AFAS connector ${connector} at ${base}, by ${keyField}, ${numberWords(take)} rows a page${filtered === '' ? '' : `, where ${filtered}`}`;
}

function lastRunWords({ lastRun }: Shown, timeZone: string): string {
  if (lastRun === null) return 'none';
  const { number, kind, status, startedAt, problem } = lastRun;
  return `${number}, ${kind}, ${statusWords(status)}, ${instantWords(startedAt, timeZone)}${problem === null ? '' : `: ${problem}`}`;
}

function recordWords({ lastAccepted }: Shown, timeZone: string): string {
  if (lastAccepted === null) return 'none accepted yet';
  const { fileName, at, rows, people } = lastAccepted;
  const when = at === null ? '' : `, accepted ${instantWords(at, timeZone)}, age: ${ageWords(at, new Date())}`;
  return `${fileName}, ${numberWords(rows)} rows of ${numberWords(people)} people${when}`;
}

function scheduleWords(schedule: Shown['schedule'], { dailyAt, timeZone }: CustomerWithConnections): string {
  if (schedule === null) return 'none';
  if ('unknown' in schedule) return `${dailyAt} ${timeZone}; ${schedule.unknown}, so the next time is not known`;
  if (schedule.paused) return `${dailyAt} ${timeZone}, paused (${schedule.note})`;
  const next = schedule.next === null ? 'no next time' : `next ${instantWords(schedule.next, timeZone)}`;
  return `${dailyAt} ${timeZone}, ${next}`;
}

function accountWords({ dropAccounts }: Shown): string {
  if (dropAccounts.length === 0) return 'none';
  return dropAccounts
    .map(({ userName, access, disabled }) => `${userName} (${disabled ? 'disabled' : access})`)
    .join(', ');
}
