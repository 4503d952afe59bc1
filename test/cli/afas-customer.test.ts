import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toAfasSettings } from '../../src/cli/customer/afas-document.js';
import { readCustomerFile } from '../../src/cli/customer/add.js';
import { saveCustomer } from '../../src/store/customers.js';
import { openDatabase } from '../../src/store/database.js';
import { toCustomerId } from '../../src/sync/ids.js';
import { createTestDatabase } from '../support/test-database.js';
import { customerFile } from './korenaar.js';
import { temporaryFolder, usersync } from './support.js';

const TOKEN = 'ADE370BE8DAF40D0A17FFB914E42675E9998C2D546A2F4FA3E4F3AFBA867B96F';
const XML = `<token><version>1</version><data>${TOKEN}</data></token>`;
let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
  await writeFile(join(folder.path, 'scim-token.txt'), 'scim');
});
afterAll(() => folder.remove());

const SOURCE = `source:
  kind: afas
  environment: 12345
  connector: Medewerkers
  keyField: Medewerker
  credentials:
    token: { env: KORENAAR_AFAS_TOKEN }
`;

async function read(source: string, token = XML) {
  const path = join(folder.path, 'korenaar.yaml');
  await writeFile(path, customerFile('https://api.example').replace(/source:\n {2}kind: drop\n/, source));
  const read = await readCustomerFile(path, { KORENAAR_APP_SECRET: 'app', KORENAAR_AFAS_TOKEN: token });
  if (read.document.source.kind !== 'afas') throw new Error('This is no AFAS source.');
  return { settings: toAfasSettings(read.document.source), credentials: read.secrets.source };
}

describe("a customer's file with an AFAS source", () => {
  test('needs an environment, a connector, a key field and a token', async () => {
    expect(await read(SOURCE)).toEqual({
      credentials: { token: TOKEN },
      settings: {
        base: 'https://12345.rest.afas.online/ProfitRestServices',
        ...{ connector: 'Medewerkers', keyField: 'Medewerker', take: 1_000, filter: [], timeoutMs: 120_000 },
      },
    });
  });

  test('may name another address, a page, a filter and a time limit', async () => {
    const source = `${SOURCE.replace('environment: 12345', 'base: https://12345.resttest.afas.online/')}  take: 250
  timeoutMs: 300000
  filter:
    - { field: Soort_medewerker_code, operator: not equal, value: N }
    - { field: Email_werk, operator: not empty }
`;
    expect((await read(source)).settings).toMatchObject({
      ...{ base: 'https://12345.resttest.afas.online/ProfitRestServices', take: 250, timeoutMs: 300_000 },
      filter: [
        { field: 'Soort_medewerker_code', operator: 'not equal', value: 'N' },
        { field: 'Email_werk', operator: 'not empty', value: '' },
      ],
    });
  });

  test.each<[string, RegExp]>([
    [SOURCE.replace('  environment: 12345\n', ''), /Give `environment`, its number, or `base`/],
    [SOURCE.replace('12345', 'korenaar'), /:\d+:\d+.*The number of the environment is needed here/],
    [SOURCE.replace('environment: 12345', 'base: http://afas.example'), /:\d+:\d+.*not encrypted/],
    [SOURCE.replace('keyField: Medewerker', 'keyField: -Medewerker'), /:\d+:\d+.*without commas, blanks or a minus/],
    [SOURCE.replace('keyField', 'keyfield'), /Unknown key `keyfield`. Did you mean "keyField"/],
    [`${SOURCE}  take: 5\n`, /A number from 10 to 100000/],
    [
      `${SOURCE}  filter: [{ field: A, operator: like, value: b }]\n`,
      /One of equal, greater or equal, .* is needed here/,
    ],
    [`${SOURCE}  filter: [{ field: A, operator: equal, value: 'b;c' }]\n`, /belongs into the connector itself/],
    [`${SOURCE}  filter: [{ field: A, operator: empty, value: b }]\n`, /"empty" takes no `value`/],
    [`${SOURCE}  filter: [{ field: A, operator: equal }]\n`, /"equal" needs a `value`/],
    [SOURCE.replace('{ env: KORENAAR_AFAS_TOKEN }', TOKEN), /A secret is not written here/],
  ])('is refused with the place of a mistake', async (source, words) => {
    await expect(read(source)).rejects.toThrow(words);
  });

  test('is refused with a token that is none, which is not repeated', async () => {
    const error: unknown = await read(SOURCE, 'some-other-secret').catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/korenaar\.yaml:\d+:\d+.*This is no AFAS token/);
    expect(String(error)).not.toContain('some-other-secret');
  });
});

test('`customer show` names the connector, and no secret', async () => {
  const place = await createTestDatabase();
  const database = openDatabase(place.url);
  const { settings } = await read(`${SOURCE}  filter: [{ field: Soort, operator: not equal, value: N }]\n`);
  await saveCustomer(
    database,
    { id: toCustomerId('korenaar'), name: 'De Korenaar', timeZone: 'UTC', manager: 'pm-1', dailyAt: '05:30' },
    { eid: '0123456789abcdef', apiBase: 'http://x', scimBase: null, credentials: 'sealed-1', requestsPerSecond: null },
    { kind: 'afas', settings, credentials: 'sealed-2' },
  );
  await database.close();
  const env = { DATABASE_URL: place.url };
  const shown = await usersync(['customer', 'show', 'korenaar', '--data', folder.path], { env });
  const asJson = await usersync(['customer', 'show', 'korenaar', '--json', '--data', folder.path], { env });
  await place.close();
  expect(shown.stdout).toContain(
    'AFAS connector Medewerkers at https://12345.rest.afas.online/ProfitRestServices, by Medewerker, 1,000 rows a page, ' +
      'where Soort not equal N',
  );
  expect(asJson.json()).toMatchObject({ source: { kind: 'afas', settings: { connector: 'Medewerkers' } } });
  expect(shown.stdout + asJson.stdout).not.toContain('sealed-');
});
