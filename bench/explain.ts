import { execFile } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { explainPerson } from '../src/cli/sync/explained-person.js';
import { plain } from '../src/report/paint.js';
import { renderExplanation } from '../src/report/explanation-text.js';
import { readCustomer } from '../src/store/customers.js';
import { toXid } from '../src/sync/ids.js';
import type { Place, Stack } from './place.js';
import { dryRun, seedLinks } from './plan.js';
import type { Figure } from './results.js';
import { MAPPING, writeRoster } from './roster.js';

export const explainFigures = ['explain', 'explain-command'];

const PEOPLE = 100_000;
const RUNS = 7;

/** One person of a large customer with an account, rows and changes of a run; each time another one. */
export async function measureExplain(place: Place): Promise<readonly Figure[]> {
  const stack = await place.stack();
  const { customer } = await stack.addCustomer('bench-explain', { mapping: MAPPING });
  place.say(`  a customer of ${PEOPLE.toLocaleString('en')} people`);
  await seedLinks(stack.database, customer, { people: PEOPLE, day: 0 });
  for (const day of [0, 1] as const) {
    const roster = join(stack.folder, `roster-explain-${day}.csv`);
    await writeRoster(roster, { people: PEOPLE, day });
    await dryRun(stack, customer, roster);
    await rm(roster, { force: true });
  }
  await stack.database.pool.query('VACUUM ANALYZE');
  const { rows } = await stack.database.pool.query<{ xid: string }>(
    `SELECT DISTINCT xid FROM change WHERE run_id = (SELECT max(id) FROM run) AND kind = 'update' ORDER BY xid LIMIT $1`,
    [RUNS],
  );
  const xids = rows.map(({ xid }) => xid);
  const measured = { explain: [] as number[], floor: [] as number[], command: [] as number[], version: [] as number[] };
  for (const xid of xids) {
    measured.floor.push(await secondsOf(() => readByKeys(stack, customer, xid)));
    measured.explain.push(await secondsOf(() => explainOne(stack, customer, xid)));
    measured.version.push(await secondsOf(() => usersync(stack, '--help')));
    measured.command.push(await secondsOf(() => usersync(stack, 'sync', 'explain', customer, '--xid', xid)));
  }
  return [
    {
      ...{ name: 'explain', unit: 's', measured: measured.explain },
      floor: { is: 'five rows of Postgres by their keys', measured: measured.floor },
      goal: { text: 'under 1 s', isHeld: (value) => value < 1 },
    },
    {
      ...{ name: 'explain-command', unit: 's', measured: measured.command },
      floor: { is: 'the command line that shows its help', measured: measured.version },
      goal: { text: 'under 1 s', isHeld: (value) => value < 1 },
    },
  ];
}

async function explainOne({ database }: Stack, slug: string, xid: string): Promise<string> {
  const { explanation, mapping } = await explainPerson(
    database,
    await readCustomer(database, slug),
    toXid(xid),
    undefined,
  );
  return renderExplanation({ ...explanation, network: null }, mapping.mapping, plain, 140);
}

/** What no explanation can do without. */
async function readByKeys({ database: { pool } }: Stack, customer: string, xid: string): Promise<void> {
  await pool.query('SELECT * FROM customer WHERE id = $1', [customer]);
  await pool.query(`SELECT * FROM mapping WHERE customer_id = $1 AND status = 'active'`, [customer]);
  await pool.query('SELECT * FROM record WHERE customer_id = $1 AND xid = $2', [customer, xid]);
  await pool.query('SELECT * FROM link WHERE customer_id = $1 AND xid = $2', [customer, xid]);
  await pool.query('SELECT * FROM due WHERE customer_id = $1 AND xid = $2', [customer, xid]);
}

/** As in the image; in a clone, what turns TypeScript into JavaScript is added. */
async function usersync({ config, databaseUrl, compiled }: Stack, ...args: readonly string[]): Promise<void> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, USERSYNC_DATA: config.dataFolder };
  await promisify(execFile)(process.execPath, [join(compiled, 'cli', 'main.js'), ...args], { env });
}

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
