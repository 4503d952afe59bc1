import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MockActivityEnvironment } from '@temporalio/testing';
import { createActivities, type Activities } from '../../src/activities/index.js';
import type { ActivityParts } from '../../src/activities/parts.js';
import { readConfig } from '../../src/config.js';
import { DeliveryFiles } from '../../src/connections/deliveries.js';
import { OpenNetworks } from '../../src/connections/networks.js';
import { TemporaryPasswords } from '../../src/connections/passwords.js';
import { openDelivered } from '../../src/connections/pgp.js';
import { OpenSources } from '../../src/connections/sources.js';
import { TestSpaces } from '../../src/connections/test/test-spaces.js';
import { UploadAccess } from '../../src/connections/upload-access.js';
import { createMailer } from '../../src/mail/transport.js';
import { createLogger } from '../../src/log.js';
import { SyncMetrics } from '../../src/metrics/metrics.js';
import { loadKeys } from '../../src/secrets/keys.js';
import { saveContacts } from '../../src/store/contacts.js';
import { openDatabase } from '../../src/store/database.js';
import type { CustomerId } from '../../src/sync/ids.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { addCustomer, addOnboarding } from '../support/bare-customer.js';
import { createTestDatabase } from '../support/test-database.js';
import { startSmtpServer } from '../mail/smtp-server.js';

/** An attempt at a step of a workflow. */
export interface Attempt {
  readonly runId?: string;
  readonly activityId?: string;
  readonly attempt?: number;
}

/**
 * Activities by themselves: with a real database, real files and a real mail server, and Temporal's own environment for an
 * attempt. The mail server says "later" to addresses with `later` in them, and "never" to those with `never`.
 */
export async function openWorkbench() {
  await installRuntime(createLogger('silent'), false);
  const [place, folder] = await Promise.all([createTestDatabase(), mkdtemp(join(tmpdir(), 'usersync-activities-'))]);
  const database = openDatabase(place.url);
  const refused = { later: true };
  const smtp = await startSmtpServer({
    onRcptTo: ({ address }, _session, done) => done(answerTo(address, refused.later)),
  });
  const config = readConfig({
    USERSYNC_DATA: folder,
    USERSYNC_DROP_PUBLIC_ADDRESS: '127.0.0.1:2222',
    USERSYNC_DROP_HOST_KEY: `SHA256:${'A'.repeat(43)}`,
    USERSYNC_SMTP_URL: `smtp://127.0.0.1:${smtp.port}`,
    USERSYNC_MAIL_FROM: 'sync@speakap.example',
  });
  const keys = await loadKeys(config);
  const mailer = createMailer(config.mail);
  const networks = new OpenNetworks(database, keys.ring, () => undefined);
  const removedSchedules: string[] = [];
  const parts: ActivityParts = {
    ...{ database, networks, mailer, heartbeatSeconds: 3, networkConcurrency: 2, batchSize: 50, historyEvents: 1_000 },
    sources: new OpenSources(database, keys.ring),
    deliveries: new DeliveryFiles(join(folder, 'deliveries'), keys.key, keys.old, config.maxDeliveryBytes),
    passwords: new TemporaryPasswords(keys.key, keys.ring),
    metrics: new SyncMetrics(),
    schedules: {
      save: () => Promise.resolve(),
      switchOn: () => Promise.resolve(),
      pause: () => Promise.resolve(),
      remove: (customer) => Promise.resolve(removedSchedules.push(customer) > 0),
    },
    tests: new TestSpaces(database, keys, {
      databaseUrl: place.url,
      dataFolder: folder,
      maxDeliveryBytes: config.maxDeliveryBytes,
    }),
    ...{ keys, dataFolder: folder },
    workflows: {
      isUnderWay: () => Promise.resolve(false),
      texts: async function* () {},
      startRelease: () => Promise.resolve(),
    },
    kAnonymity: 5,
    approvalsNeedCodes: true,
    uploads: new UploadAccess(database, keys, config),
    openDelivered: (customer, content) => openDelivered(database, keys.ring, customer, content),
    probe: () => Promise.resolve({ ok: true, sentence: 'It can be read.', retryable: false }),
  };
  const activities = createActivities(parts);
  return {
    ...{ database, folder, smtp, parts, refused, removedSchedules },
    async customer(slug: string): Promise<{ readonly customer: CustomerId; readonly onboardingId: number }> {
      const customer = await addCustomer(database, slug);
      await saveContacts(database, customer, CONTACTS);
      return { customer, onboardingId: await addOnboarding(database, customer) };
    },
    /** One attempt at an activity. */
    attempt<Name extends keyof Activities>(
      name: Name,
      request: Parameters<Activities[Name]>[0],
      { runId = 'run-1', activityId = '7', attempt = 1 }: Attempt = {},
    ): Promise<Awaited<ReturnType<Activities[Name]>>> {
      const environment = new MockActivityEnvironment({
        ...{ activityId, attempt, workflowExecution: { workflowId: 'onboarding/test', runId } },
      });
      const work = activities[name] as (request: unknown) => Promise<Awaited<ReturnType<Activities[Name]>>>;
      return environment.run(work, request);
    },
    async close() {
      await mailer.close();
      await smtp.close();
      await networks.close();
      await database.close();
      await place.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Workbench = Awaited<ReturnType<typeof openWorkbench>>;

const CONTACTS = [
  contact('c-later', 'customer', 'later@customer.example'),
  contact('c-never', 'customer', 'never@customer.example'),
  contact('c-hr', 'customer', 'hr@customer.example'),
  contact('pm-1', 'speakap', 'pm@speakap.example'),
  contact('staff-2', 'speakap', 'engineer@speakap.example'),
];

function contact(id: string, side: 'customer' | 'speakap', email: string) {
  return { id, side, email, role: 'contact', name: 'Made Up', approves: true, owns: [] };
}

function answerTo(address: string, isLater: boolean): Error | null {
  if (address.startsWith('never')) return Object.assign(new Error('no such mailbox'), { responseCode: 550 });
  if (address.startsWith('later') && isLater) return Object.assign(new Error('try again'), { responseCode: 450 });
  return null;
}
