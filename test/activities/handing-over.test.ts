import { existsSync } from 'node:fs';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { tellFinding } from '../../src/activities/onboarding/tell-finding.js';
import type { CustomerId } from '../../src/sync/ids.js';
import { keys, otherKeys } from '../drop/support.js';
import { aWorkbook, textRow } from '../formats/builders.js';
import { openWorkbench, type Workbench } from './workbench.js';

const EXAMPLE = 'Employee number;First name\n1;Made\n';

let bench: Workbench;

beforeAll(async () => void (bench = await openWorkbench()));
afterAll(() => bench.close());

describe('a file that is handed over', () => {
  test('is taken over once, however often the step is tried, and leaves the drop', async () => {
    const { customer, onboardingId } = await bench.customer('files');
    const request = { onboardingId, item: 'example-record', by: 'c-hr', file: 'example.csv', fileId: null };
    await upload(customer, 'example.csv');
    await bench.attempt('inspectDeliverable', request, { activityId: '7' });
    // As after a crash between the two: stored, and still in the drop.
    await upload(customer, 'example.csv');
    await bench.attempt('inspectDeliverable', request, { activityId: '7', attempt: 2 });
    expect(existsSync(join(bench.folder, 'drop', customer, 'example.csv'))).toBe(false);
    expect(await stored(onboardingId)).toBe(1);
    expect(await readdir(join(bench.folder, 'deliveries', customer))).toHaveLength(1);
  });

  test('is another one when it is handed over again, in this part of the history or the next', async () => {
    const { customer, onboardingId } = await bench.customer('again');
    const request = { onboardingId, item: 'example-record', by: 'c-hr', file: 'example.csv', fileId: null };
    for (const step of [{ activityId: '7' }, { activityId: '8' }, { activityId: '7', runId: 'run-2' }]) {
      await upload(customer, 'example.csv');
      await bench.attempt('inspectDeliverable', request, step);
    }
    expect(await stored(onboardingId)).toBe(3);
  });

  test('may be a workbook, and one that cannot be opened is told by what it is', async () => {
    const { customer, onboardingId } = await bench.customer('workbook');
    const request = { onboardingId, item: 'example-record', by: 'c-hr', file: 'example.xlsx', fileId: null };
    const rows = textRow('Employee number', 'First name', 'Last name') + textRow('0004711', 'Made', 'Up');
    await upload(customer, 'example.xlsx', aWorkbook({ rows }));
    const { finding } = await bench.attempt('inspectDeliverable', request, { activityId: '7' });
    expect(finding).toMatch(/^1 row, 3 columns/);
    await upload(customer, 'example.xlsx', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)]));
    const old = await bench.attempt('inspectDeliverable', request, { activityId: '8' });
    expect(old).toMatchObject({ usable: false });
    expect(old.finding).toContain('an old Excel workbook (.xls)');
  });

  test('is missed at once when it is not there', async () => {
    const { onboardingId } = await bench.customer('missing');
    const request = { onboardingId, item: 'example-record', by: 'c-hr', file: 'example.csv', fileId: null };
    await expect(bench.attempt('inspectDeliverable', request)).rejects.toMatchObject({
      ...{ type: 'NoDropFile', nonRetryable: true },
    });
  });
});

test('a column is told by its place unless its name surely is one', () => {
  const header = ['Employee number', 'De Vries', ''];
  const tell = (column: string | null, text = 'odd.') => tellFinding({ level: 'look', column, text }, header);
  expect(tell('Employee number')).toBe('Column "Employee number": odd.');
  expect(tell('De Vries')).toBe('Column 2: odd.');
  expect(tell('Smith')).toBe('A column: odd.');
  expect(tell(null, 'DD-MM in "De Vries".')).toBe('DD-MM in column 2.');
});

describe('addresses for the drop', () => {
  test('are answered at once when they are none', async () => {
    const { onboardingId } = await bench.customer('wrong');
    const request = { onboardingId, by: 'c-hr', addresses: ['nonsense'], publicKey: null };
    await expect(bench.attempt('giveUploadAccess', request)).rejects.toMatchObject({
      ...{ type: 'UnusableAddress', nonRetryable: true },
    });
  });

  test('handed over again get a mail of their own, and a password; the same attempt does not', async () => {
    const { onboardingId } = await bench.customer('access');
    const request = { onboardingId, by: 'c-hr', addresses: ['127.0.0.1'], publicKey: null };
    const before = bench.smtp.received.length;
    const first = await bench.attempt('giveUploadAccess', { ...request, number: 4 });
    expect(first.login).toMatch(/; mailed to c-hr\.$/);
    await bench.attempt('giveUploadAccess', { ...request, number: 4 });
    expect(bench.smtp.received.length - before).toBe(1);
    await bench.attempt('giveUploadAccess', { ...request, number: 9 });
    await bench.attempt('giveUploadAccess', { ...request, publicKey: keys.publicKey });
    await bench.attempt('giveUploadAccess', { ...request, publicKey: otherKeys.publicKey });
    expect(bench.smtp.received.length - before).toBe(4);
    expect(await bench.database.prisma.onceLink.count({ where: { customerId: 'access' } })).toBe(2);
  });

  test('are not said to be mailed when they were not', async () => {
    const { onboardingId } = await bench.customer('unmailed');
    const request = { onboardingId, addresses: ['127.0.0.1'], publicKey: null };
    const login = async (by: string, attempt: number) =>
      (await bench.attempt('giveUploadAccess', { ...request, by }, { attempt })).login;
    expect(await login('c-never', 1)).toMatch(/; not mailed to c-never: .*once more/);
    expect(await login('c-nobody', 1)).toContain('not mailed, since "c-nobody" is no contact');
    await expect(login('c-later', 1)).rejects.toMatchObject({ type: 'MailNotSent' });
    expect(await login('c-later', 3)).toMatch(/; not mailed to c-later: /);
  });
});

async function upload(customer: CustomerId, name: string, content: string | Buffer = EXAMPLE): Promise<void> {
  await mkdir(join(bench.folder, 'drop', customer), { recursive: true });
  await writeFile(join(bench.folder, 'drop', customer, name), content);
}

function stored(onboardingId: number): Promise<number> {
  return bench.database.prisma.onboardingFile.count({ where: { onboardingId } });
}
