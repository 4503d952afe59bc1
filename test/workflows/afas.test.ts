import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { AfasServer, TOKEN, type Connector, type Row } from '../sources/afas-server.js';
import { openWorld, type World } from '../support/world.js';

const MAPPING = `
format: 1
externalId: Medewerker
columns:
  givenName: Roepnaam
  familyName: Geboortenaam
  email: Email_werk
  jobTitle: Functie_omschrijving
groups:
  - businessUnit: { column: Werkgever_omschrijving }
  - department: { column: Organisatorische_eenheid_omschrijving }
invitations:
  - audience: email
options:
  createMissingGroups: true
  mergeDuplicates: true
`;

let world: World;
let afas: AfasServer;
const connector: Connector = { rows: [] };

beforeEach(async () => {
  connector.rows = employments(25);
  afas = await AfasServer.start({ Medewerkers: connector });
  world = await openWorld({
    source: {
      kind: 'afas',
      settings: { base: afas.base, connector: 'Medewerkers', keyField: 'Medewerker', take: 10 },
      credentials: { token: TOKEN },
    },
  });
  await world.useMapping(MAPPING);
  await world.startWorker();
});

afterEach(async () => {
  await world.close();
  await afas.close();
});

test('a customer whose HR system is AFAS: the first sync, a quiet day, and a day with news', async () => {
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(activePeople()).toHaveLength(25);
  // Two employments of one person are one account in two departments.
  const anna = world.network().people.find(({ xid }) => xid === '0001');
  expect(anna?.groups.map(({ name }) => name).sort()).toEqual(['Bakkerij', 'De Korenaar', 'Winkel']);

  const before = JSON.stringify(world.network().people);
  const pages = afas.pages.length;
  expect(await run()).toMatchObject({ status: 'done', done: 0, failed: 0 });
  expect(afas.pages.length).toBe(2 * pages);
  expect(JSON.stringify(world.network().people)).toBe(before);
  expect(await snapshots()).toEqual([
    { status: 'accepted', file_name: 'Medewerkers.csv', people: 25, changed: 26, same: false },
    { status: 'accepted', file_name: 'Medewerkers.csv', people: 25, changed: 0, same: true },
  ]);
  expect(await readdir(join(world.config.dataFolder, 'drop')).catch(() => [])).not.toContain('archive');

  connector.rows = [...connector.rows.filter(({ Medewerker }) => Medewerker !== '0025'), anEmployment(26)];
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(activePeople()).toHaveLength(25);
  expect(activePeople()).toContain('0026');
  expect(activePeople()).not.toContain('0025');
});

test('records that move while they are read are read once more, and nobody is passed over', async () => {
  afas.beforePage.set(2, () => void (connector.rows = connector.rows.slice(1)));
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(activePeople()).toHaveLength(25);
});

test('records that never hold still change nothing, and the run says what to do', async () => {
  // The second page of the first reading, and that of the second.
  for (const page of [2, 4]) afas.beforePage.set(page, () => void (connector.rows = connector.rows.slice(1)));
  expect(await failedRun()).toMatch(/do not fit together from page to page.*nothing was changed/);
  expect(activePeople()).toHaveLength(0);
  expect(await snapshots()).toEqual([]);
});

test('a connector that gives no rows any more removes nobody', async () => {
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  connector.rows = [];
  const result = await run();
  expect(result).toMatchObject({ status: 'rejected', done: 0 });
  expect(result.problem).toMatch(/gives no rows of the connector "Medewerkers"/);
  expect(activePeople()).toHaveLength(25);
});

test('a read that breaks off is done again, and a refused token ends the run', async () => {
  afas.faults.set(2, 'half');
  expect(await run()).toMatchObject({ status: 'done', failed: 0 });
  expect(activePeople()).toHaveLength(25);
  afas.faults.set(afas.pages.length + 1, { status: 401 });
  expect(await failedRun()).toMatch(/does not accept our token/);
});

async function run() {
  return (await world.start('live')).result();
}

/** Why the run failed, as it is written down. */
async function failedRun(): Promise<string> {
  await expect(run()).rejects.toThrow();
  const { rows } = await world.database.pool.query<{ status: string; problem: string }>(
    'SELECT status::text, problem FROM run ORDER BY id DESC LIMIT 1',
  );
  expect(rows[0]?.status).toBe('failed');
  return rows[0]?.problem ?? '';
}

async function snapshots() {
  const { rows } = await world.database.pool.query(
    `SELECT status::text, file_name, people, changed, sha256 = lag(sha256, 1, '') OVER (ORDER BY id) AS same
     FROM snapshot ORDER BY id`,
  );
  return rows as readonly unknown[];
}

function activePeople(): readonly (string | null)[] {
  return world
    .network()
    .people.filter(({ xid, active }) => xid !== null && active)
    .map(({ xid }) => xid);
}

/** One row each; the first person has a second employment. */
function employments(count: number): readonly Row[] {
  const rows = Array.from({ length: count }, (_, index) => anEmployment(index + 1));
  return [
    ...rows,
    { ...anEmployment(1), Organisatorische_eenheid_omschrijving: 'Winkel', Volgnummer_contract: { raw: '2' } },
  ];
}

function anEmployment(number: number): Row {
  const Medewerker = String(number).padStart(4, '0');
  return {
    Medewerker,
    Roepnaam: `Roepnaam${Medewerker}`,
    Geboortenaam: `Naam ${Medewerker}`,
    Email_werk: `m${Medewerker}@people.example`,
    Functie_omschrijving: 'Bakker',
    Werkgever_omschrijving: 'De Korenaar',
    Organisatorische_eenheid_omschrijving: 'Bakkerij',
    Volgnummer_contract: { raw: '1' },
    FTE: { raw: '0.80' },
    Einddatum_functie: null,
  };
}
