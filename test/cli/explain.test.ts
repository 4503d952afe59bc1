import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { sealNetworkCredentials } from '../../src/connections/credentials.js';
import { createSpeakapNetwork } from '../../src/network/speakap/speakap.js';
import { startSandbox, type Sandbox } from '../../src/sandbox/sandbox.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import type { Database } from '../../src/store/database.js';
import { saveMapping } from '../../src/store/mappings.js';
import { toXid } from '../../src/sync/ids.js';
import { useMapping } from '../support/active-mapping.js';
import { csvOf, MAPPING, type MadeUpPerson } from '../support/people.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { aCustomer, aRow, deliver, forgetDue, korenaar } from '../store/builders.js';
import { usersync, type Answer } from './support.js';

// Every step is a process of its own, on a machine that other tests use as well.
vi.setConfig({ testTimeout: 120_000 });

const keyText = randomBytes(32).toString('hex');
let place: TestDatabase;
let database: Database;
let sandbox: Sandbox;
let env: Readonly<Record<string, string>>;

const ANNA: MadeUpPerson = {
  id: '0004711',
  first: 'Anna',
  last: 'Bakker',
  mail: '',
  unit: 'Delft',
  department: 'Oven',
};

/** Anna has an account whose job title somebody changed by hand; Bram is new; Carla left the record. */
beforeAll(async () => {
  place = await createTestDatabase();
  database = await aCustomer(place.url);
  sandbox = await startSandbox({ dataDir: null });
  const { eid, app, scimToken } = sandbox.control.createNetwork({ name: 'De Korenaar' });
  const credentials = { appEid: app.eid, appSecret: app.secret, scimToken };
  const sealed = sealNetworkCredentials(parseMasterKey(keyText, 'a test'), korenaar, credentials);
  await database.prisma.network.update({
    where: { customerId: korenaar },
    data: { eid, apiBase: sandbox.url, credentials: sealed },
  });
  await accept([ANNA, { id: '0004712', first: 'Bram' }]);
  await useMapping(database, korenaar, MAPPING);
  await forgetDue(database);
  const network = createSpeakapNetwork({ apiBase: sandbox.url, networkEid: eid, ...credentials });
  const shown = { givenName: 'Anna', familyName: 'Bakker', jobTitle: 'Head baker' };
  const xid = toXid('0004711');
  const scimId = await network.createAccount({ userName: '0004711', xid, profile: shown });
  const userEid = (await network.findPeople(new Set([xid]))).get(xid) ?? null;
  await network.close();
  await link('0004711', { profile: { ...shown, jobTitle: 'Clerk' }, ids: { scimId, userEid } });
  await link('0000815', { profile: { givenName: 'Carla' } });
  env = { DATABASE_URL: place.url, USERSYNC_MASTER_KEY: keyText };
});

afterAll(async () => {
  await database.close();
  await sandbox.close();
  await place.close();
});

async function accept(people: readonly MadeUpPerson[]): Promise<void> {
  const [header = '', ...lines] = csvOf(people).trim().split('\r\n');
  const columns = header.split(';');
  const rows = lines.map((line, index) => {
    const cells = line.split(';');
    const fields = Object.fromEntries(columns.map((column, at) => [column, cells[at] ?? '']));
    return aRow(cells[0] ?? '', fields, index + 2);
  });
  await deliver(database, rows);
  await database.pool.query('UPDATE snapshot SET columns = $1', [columns]);
}

async function link(
  xid: string,
  { profile, ids = {} }: { readonly profile: object; readonly ids?: { scimId?: string; userEid?: string | null } },
): Promise<void> {
  const group = { kind: 'business_unit', name: 'Delft' };
  const memberships = { 'business_unit:delft': { group, role: 'member' } };
  const written = { userName: xid, profile, audience: 'none', networkRole: 'member', memberships };
  await database.prisma.link.create({
    data: { ...{ customerId: korenaar, xid, state: 'active', userName: xid, written }, ...ids },
  });
}

const explain = (...args: readonly string[]): Promise<Answer> =>
  usersync(['sync', 'explain', 'korenaar', ...args], { env });

/** Everything in the tables that a run would write. */
async function tables(): Promise<string> {
  const names = ['record', 'link', 'due', 'run', 'plan', 'change', 'run_warning', 'snapshot', 'audit_entry'];
  const contents = await Promise.all(
    names.map((name) =>
      database.pool.query(`SELECT md5(string_agg(t::text, '' ORDER BY t::text)) AS hash FROM ${name} t`),
    ),
  );
  return JSON.stringify(contents.map(({ rows }) => rows as unknown));
}

test('feature 22: one person is explained step by step, and nothing is written', async () => {
  const before = await tables();
  const { code, stdout, stderr } = await explain('--xid', '0004711');
  expect(stderr).toBe('');
  expect(code).toBe(0);
  expect(stdout).toContain('0004711 at De Korenaar (korenaar), by version 1 of the mapping (active)');
  expect(stdout).toMatch(/Unit +│ Delft/);
  expect(stdout).toMatch(/groups\[0\], line 11 +│ Into the business unit .*│ holds +│ 2 +│ business unit "Delft"/);
  expect(stdout).toMatch(/columns\.email, line 8 .*│ gives nothing +│ 2 +│ the cell in "Mail" is empty/);
  expect(stdout).toMatch(/roles\[0\], line 14 .*│ does not hold/);
  expect(stdout).toContain('Not due: nothing about the person changed');
  expect(stdout).toContain('Left as it is: something is wrong or missing');
  expect(stdout).toContain('Not asked; --network reads the person there.');
  expect(stdout).not.toContain('0004712');
  expect(await tables()).toBe(before);
});

test('somebody new gets the changes of a plan, and somebody missing is waited for', async () => {
  const bram = (await explain('--xid', '0004712', '--json')).json();
  const kinds = (bram['plan'] as { changes: { kind: string }[] }).changes.map(({ kind }) => kind);
  expect(kinds).toEqual(['create_group', 'create_group', 'create', 'join', 'join', 'invite']);
  expect(bram).toMatchObject({ link: null, network: null, trace: { outcome: { kind: 'active' } } });
  expect(bram).toMatchObject({ plan: { limits: [{ kind: 'create' }, { kind: 'join' }, { kind: 'invite' }] } });

  const missing = `${MAPPING}  missing: { snapshots: 3, days: 5 }\n`;
  const version = await saveMapping(database, {
    customer: korenaar,
    document: missing,
    importedBy: 'test',
    comment: '',
  });
  const carla = await explain('--xid', '0000815', '--mapping', String(version));
  expect(carla.stdout).toContain('no row names the person');
  expect(carla.stdout).toContain('Waits for the next accepted delivery: the person is missing from the record');
  expect(carla.stdout).toContain('No change: everything is as it should be, or waits.');

  const inSteps = await saveMapping(database, {
    customer: korenaar,
    document: missing.replace('days: 5', 'days: 5, leaveGroups: {}'),
    importedBy: 'test',
    comment: '',
  });
  const leaving = await explain('--xid', '0000815', '--mapping', String(inSteps));
  expect(leaving.stdout).toMatch(/leave business unit .* │ Is no longer in the record, and keeps only the account/);
  expect(leaving.stdout).toContain('Waits for the next accepted delivery: the person is missing from the record');
  expect((await explain('--xid', '0000815')).stdout).toMatch(/suspend the account +│ Is no longer in the record/);
});

test('with --network one reading says what somebody changed there by hand', async () => {
  const { stdout, stderr } = await explain('--xid', '0004711', '--network');
  expect(stderr).toBe('');
  expect(stdout).toContain('the job title is "Head baker", written was "Clerk"');
  expect(stdout).toContain('is not in the business unit "Delft" any more');
});

test('of an unknown XID only is said that ids are text, and whether zeros are missing', async () => {
  const near = await explain('--xid', '4711');
  expect(near.code).toBe(1);
  expect(near.stderr).toContain(
    'An XID is text: 0004711 is not 4711. There is one that differs in the zeros in front only',
  );
  const far = await explain('--xid', '99');
  expect(far.stderr).toContain('Nobody with this XID is in the record of korenaar');
  expect(far.stderr).not.toContain('There is one');
});
