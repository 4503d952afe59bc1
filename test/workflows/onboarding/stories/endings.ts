import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { expect } from 'vitest';
import { sealSourceCredentials } from '../../../../src/connections/credentials.js';
import { DeliveryFiles } from '../../../../src/connections/deliveries.js';
import { loadKeys } from '../../../../src/secrets/keys.js';
import { saveOnboardingFile } from '../../../../src/store/onboarding-files.js';
import { saveSource } from '../../../../src/store/customers.js';
import { OVERVIEW } from '../../../support/course.js';
import { csvOf, madeUpPeople } from '../../../support/people.js';
import type { TimedCourse } from '../../../support/timed-course.js';
import { AfasServer, TOKEN } from '../../../sources/afas-server.js';
import { finishInTime, mapInTime, setUpInTime } from './smooth.js';
import type { Story } from './story.js';

/** Everything that the onboarding made is gone, table by table. */
export const cancelled: Story = {
  customer: 'cancelled',
  ends: 'cancelled',
  async tell(course) {
    const { manager, hr } = course.contacts;
    await course.begin();
    await setUpInTime(course);
    await mapInTime(course);
    await course.on(12);
    await course.until('showed the rules', ({ rehearsal }) => rehearsal !== null);
    const before = await rowsOf(course);
    expect(before).toMatchObject({ source: 1, drop_account: 2, concept: 1, onboarding_file: 2, schedule: 1, files: 5 });
    expect(await course.refusal(course.say('cancel', { by: hr, reason: 'no more' }))).toContain("is Speakap's");
    await course.say('cancel', { by: manager, reason: 'the contract ended' });
    expect(await course.ended()).toBe('cancelled');
    const { words } = await course.handle.result();
    expect(words).toMatch(/Removed: 2 logins of the drop, .*the source with its credentials, the daily schedule/);
    expect(words).toMatch(/What stays: the audit trail.*the contacts.*groups that were created in the network/);
    await expectNothingLeft(course);
    await course.expectShown({ phase: 'cancelled', waitingOn: null });
  },
};

/** By Temporal's own button: the same end. */
export const cancelledInTemporal: Story = {
  customer: 'cancelled-in-temporal',
  ends: 'cancelled',
  async tell(course) {
    await course.begin();
    await setUpInTime(course);
    await course.on(7);
    await course.agreeOnGroups();
    await course.propose();
    await course.handle.cancel();
    expect(await course.ended()).toBe('cancelled');
    await expectNothingLeft(course);
    const concept = course.world.temporal.client.workflow.getHandle(`onboarding/${course.customer}/mapping/1`);
    expect((await concept.describe()).status.name).toBe('CANCELLED');
  },
};

/** The record comes through a real-time connection. */
export const afas: Story = {
  customer: 'afas',
  ends: 'done',
  async tell(course) {
    const [header = '', ...lines] = csvOf(madeUpPeople(1, 30)).trim().split('\r\n');
    const names = header.split(';');
    const rows = lines.map((line) =>
      Object.fromEntries(line.split(';').map((cell, index) => [names[index] ?? '', cell])),
    );
    const server = await AfasServer.start({ Employees: { rows, fields: names } });
    try {
      await course.begin({ source: 'api' });
      await course.expectShown({ phase: 'setup', goLive: 30 });
      await course.on(1);
      const early = await course.refusal(course.deliver('api-credentials', {}, course.contacts.it));
      expect(early).toContain('No credentials are stored');
      await storeCredentials(course, server);
      await course.deliver('api-credentials', {}, course.contacts.it);
      await course.until('read the record', ({ items }) =>
        items.some(({ id, state }) => id === 'first-read' && state === 'checked'),
      );
      await handOverByCommandLine(course, 'example-record', csvOf(madeUpPeople(1, 2)));
      await handOverByCommandLine(course, 'structure-overview', OVERVIEW);
      await course.on(3);
      await course.agreeInWords();
      await course.settleOpenChecks();
      await mapInTime(course);
      await finishInTime(course);
      expect(server.complaints).toEqual([]);
    } finally {
      await server.close();
    }
  },
};

async function storeCredentials(course: TimedCourse, { base }: AfasServer): Promise<void> {
  const { config, database } = course.world;
  const { customer } = course.added;
  const { key } = await loadKeys(config);
  const settings = { base, connector: 'Employees', keyField: 'Id', take: 100 };
  const credentials = sealSourceCredentials(key, customer, { token: TOKEN });
  await saveSource(database, customer, { kind: 'afas', settings, credentials });
}

/** As `usersync onboarding deliver --file` does for a customer without a login to the drop. */
async function handOverByCommandLine(course: TimedCourse, item: string, content: string): Promise<void> {
  const { id } = await course.world.database.prisma.onboarding.findFirstOrThrow({
    where: { customerId: course.customer },
  });
  const { config, database } = course.world;
  const keys = await loadKeys(config);
  const files = new DeliveryFiles(join(config.dataFolder, 'deliveries'), keys.key, keys.old, 1_000_000);
  const kept = await files.keepFile(course.added.customer, item, { content: Readable.from([content]), size: null });
  const details = { onboardingId: id, item, fileName: `${item}.txt`, deliveredBy: course.contacts.hr };
  await course.deliver(item, { fileId: await saveOnboardingFile(database, { ...kept, ...details }) });
}

/** Rows of a customer by table, and files. */
async function rowsOf(course: TimedCourse): Promise<Readonly<Record<string, number>>> {
  const { database, config } = course.world;
  const of = (table: string, where: string) =>
    `SELECT '${table}' AS "table", count(*)::int AS rows FROM ${table} WHERE ${where}`;
  const byCustomer = ['source', 'drop_upload', 'once_link', 'record', 'due', 'snapshot'];
  const byOnboarding = ['onboarding_file', 'concept', 'concept_comment', 'approval_code', 'rule_coverage'];
  const byRun = ['plan', 'change', 'run_warning'];
  const { rows } = await database.pool.query<{ table: string; rows: number }>(
    [
      // The name of a login is never given again; there is nothing left by which anybody could use it.
      of(
        'drop_account',
        `customer_id = $1 AND (disabled_at IS NULL OR password_hash IS NOT NULL OR public_keys <> '{}')`,
      ),
      ...byCustomer.map((table) => of(table, 'customer_id = $1')),
      ...byOnboarding.map((table) => of(table, 'onboarding_id IN (SELECT id FROM onboarding WHERE customer_id = $1)')),
      ...byRun.map((table) => of(table, 'run_id IN (SELECT id FROM run WHERE customer_id = $1)')),
    ].join(' UNION ALL '),
    [course.customer],
  );
  const folders = [
    join(config.dataFolder, 'drop', course.customer),
    join(config.dataFolder, 'deliveries', course.customer),
  ];
  const files = await Promise.all(
    folders.map((folder) => readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])),
  );
  return {
    ...Object.fromEntries(rows.map(({ table, rows: count }) => [table, count])),
    files: files.flat().filter((entry) => entry.isFile()).length,
    schedule: (await course.schedule()) === null ? 0 : 1,
  };
}

async function expectNothingLeft(course: TimedCourse): Promise<void> {
  const left = Object.entries(await rowsOf(course)).filter(([, rows]) => rows > 0);
  expect(left).toEqual([]);
}
