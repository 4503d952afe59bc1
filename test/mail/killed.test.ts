import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deliverMail, type MailDelivery } from '../../src/mail/deliver.js';
import { createMailer } from '../../src/mail/transport.js';
import type { Database } from '../../src/store/database.js';
import { mailsInDoubt, resolveDoubt } from '../../src/store/mail-doubt.js';
import { listMails } from '../../src/store/mails.js';
import { aCustomer } from '../store/builders.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { until } from '../support/until.js';
import { smtpAt } from './builders.js';
import { anOrder } from './orders.js';
import { startRawServer, type RawServer } from './raw-server.js';

const PROGRAM = fileURLToPath(new URL('programs/deliver-once.ts', import.meta.url));

let place: TestDatabase;
let database: Database;
/** Takes mails and never says so. */
let mute: RawServer;
let server: RawServer;
let child: ChildProcess | undefined;

beforeEach(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
  mute = await startRawServer('dot', 'silence');
  server = await startRawServer(null);
});

afterEach(async () => {
  await kill();
  await mute.close();
  await server.close();
  await database.close();
  await place.close();
});

test('killed after the mail left and before its outcome was written down: in doubt, and not sent again', async () => {
  start('send');
  await until(() => mute.received.length === 1);
  expect(await listMails(database, 'korenaar')).toMatchObject([{ status: 'intended', tries: 1 }]);
  await kill();
  expect(await deliver()).toMatchObject({ status: 'unknown', isNew: false, isTriedAgain: false });
  expect(await deliver()).toMatchObject({ status: 'unknown', isNew: false });
  expect(server.received).toEqual([]);
});

test('killed while it was written: nothing had left, so the next call sends it', async () => {
  const output = start('stuck');
  await until(() => output().includes('composing'));
  await kill();
  expect(await deliver()).toMatchObject({ status: 'sent', isNew: true });
  expect(server.accepted).toHaveLength(1);
});

test('an attempt that is under way elsewhere is waited for, and is no doubt until it is gone', async () => {
  start('send');
  await until(() => mute.received.length === 1);
  let answer: MailDelivery | undefined;
  const waiting = deliver().then((delivery) => (answer = delivery));
  await until(async () => (await waitingForLocks()) === 1);
  expect(answer).toBeUndefined();
  expect(await mailsInDoubt(database)).toEqual([]);
  await kill();
  expect(await waiting).toMatchObject({ status: 'unknown', isNew: false });
  expect(server.received).toEqual([]);
});

test('what a killed process left behind is shown though nobody calls again, and can be decided about', async () => {
  start('send');
  await until(() => mute.received.length === 1);
  expect(await mailsInDoubt(database)).toEqual([]);
  await kill();
  await until(async () => (await mailsInDoubt(database)).length === 1);
  const [mail] = await mailsInDoubt(database);
  await resolveDoubt(database, { customer: 'korenaar', id: mail?.id ?? 0 }, 'send again');
  expect(await deliver()).toMatchObject({ status: 'sent', isNew: true });
  expect(server.accepted).toHaveLength(1);
});

function deliver(): Promise<MailDelivery> {
  return deliverMail({ database, mailer: createMailer(smtpAt(server.port)) }, anOrder());
}

function start(mode: 'send' | 'stuck'): () => string {
  const started = spawn(process.execPath, ['--import', 'tsx', PROGRAM, place.url, String(mute.port), mode]);
  let output = '';
  started.stdout.on('data', (text: Buffer) => (output += text.toString()));
  started.stderr.on('data', (text: Buffer) => (output += text.toString()));
  child = started;
  return () => output;
}

async function kill(): Promise<void> {
  if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGKILL');
  await exited;
}

async function waitingForLocks(): Promise<number> {
  const { rows } = await database.pool.query<{ waiting: number }>(
    `SELECT count(*) AS waiting FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
     AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
  );
  return rows[0]?.waiting ?? 0;
}
