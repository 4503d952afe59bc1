import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { DeliveryFiles } from '../../src/connections/deliveries.js';
import { parseMasterKey } from '../../src/secrets/master-key.js';
import * as api from '../../src/sources/api-errors.js';
import { readAfasFields } from '../../src/sources/afas/afas-source.js';
import * as own from '../../src/sources/afas/errors.js';
import type { AfasSettings } from '../../src/sources/afas/settings.js';
import { authorisationOf, readAfasToken, UnusableToken } from '../../src/sources/afas/token.js';
import { SourceUnreachable, type SourceError } from '../../src/sources/errors.js';
import { toCustomerId } from '../../src/sync/ids.js';
import { makeCertificates } from '../temporal/secure-temporal.js';
import { AfasServer, TOKEN, type Fault } from './afas-server.js';

let afas: AfasServer;
beforeEach(async () => {
  const rows = Array.from({ length: 12 }, (_, index) => ({ Medewerker: String(index + 10), Naam: 'Aalders' }));
  afas = await AfasServer.start({ Medewerkers: { rows }, Contracten: { rows }, Afdelingen: { rows } });
});
afterEach(() => afas.close());

describe('a page that fails', () => {
  const broken: [string, Fault, new (...args: never[]) => Error, RegExp][] = [
    ['is reset without an answer', 'reset', SourceUnreachable, /cannot be reached: (ECONNRESET|UND_ERR_SOCKET)/],
    ['is cut in the middle', 'half', api.AnswerCutOff, /broke off in the middle of an answer/],
    ['is JSON that ends too early', 'truncated', api.UnreadableAnswer, /cut-off or broken JSON instead of JSON/],
    ['never comes', 'hang', api.SourceTooSlow, /no whole answer within 0\.5 s.*`take`/],
    [
      'is a web page',
      { status: 200, body: '<html>Onderhoud</html>' },
      api.UnreadableAnswer,
      /a web page instead of JSON/,
    ],
    ['is empty', { status: 200 }, api.UnreadableAnswer, /an empty answer instead of JSON/],
    ['lacks rows', { status: 200, body: '{"skip":0}' }, api.UnreadableAnswer, /"rows" is missing or of another kind/],
    [
      'has rows of another shape',
      { status: 200, body: '{"rows":[{"Medewerker":{"Naam":"Aalders"}}]}' },
      api.UnreadableAnswer,
      /"rows\.Medewerker" is missing or of another kind/,
    ],
    [
      'has more rows than were asked for',
      { status: 200, body: JSON.stringify({ rows: Array.from({ length: 9 }, () => ({ Medewerker: '1' })) }) },
      api.UnreadableAnswer,
      /more rows than were asked for/,
    ],
    ['is somewhere else', { status: 302, headers: { location: '/elsewhere' } }, api.UnreadableAnswer, /status 302/],
    ['fails', { status: 502, body: 'Aalders' }, api.SourceFailed, /failed \(502\)/],
  ];

  it.each(broken)('because it %s', async (_what, fault, kind, words) => {
    for (const page of [1, 3]) {
      afas.pages.length = 0;
      afas.faults.clear();
      afas.faults.set(page, fault);
      const error = await failureOf({ timeoutMs: 500 });
      expect(error).toBeInstanceOf(kind);
      expect(error).toMatchObject({ retryable: true });
      expect(error.message).toMatch(words);
      expect(error.message).toMatch(/[Nn]othing was (read or )?changed/);
      expect(error.message).not.toMatch(/Aalders|ADE370/);
      expect(afas.pages).toHaveLength(page);
    }
  });

  it('leaves no file behind', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'usersync-afas-'));
    const files = new DeliveryFiles(
      folder,
      parseMasterKey(Buffer.alloc(32, 7).toString('base64'), 'test'),
      [],
      1_000_000,
    );
    const keep = async () => {
      const source = afas.source();
      const customer = toCustomerId('korenaar');
      return files.keep(customer, 1, await source.newest()).finally(() => source.close());
    };
    try {
      for (const fault of ['half', 'truncated', 'reset'] as const) {
        afas.pages.length = 0;
        afas.faults.set(3, fault);
        await expect(keep()).rejects.toMatchObject({ retryable: true });
        expect(await readdir(join(folder, 'korenaar'))).toEqual([]);
      }
      afas.faults.clear();
      expect((await keep()).bytes).toBeGreaterThan(100);
      expect(await readdir(join(folder, 'korenaar'))).toEqual(['1.sealed']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('a refusal', () => {
  it('with 429 or 503 says when to come back', async () => {
    const waits: [Fault, number][] = [
      [{ status: 429, headers: { 'retry-after': '120' } }, 120_000],
      [{ status: 503, body: '{"error":{"code":{}},"retry_after":7200}' }, 7_200_000],
      [{ status: 503, headers: { 'retry-after': new Date(Date.now() - 60_000).toUTCString() } }, 1_000],
      [{ status: 429, headers: { 'retry-after': 'soon' } }, 30_000],
      [{ status: 429, headers: { 'retry-after': '99999999' } }, 21_600_000],
    ];
    for (const [fault, retryAfterMs] of waits) {
      afas.pages.length = 0;
      afas.faults.set(1, fault);
      const error = await failureOf();
      expect(error).toBeInstanceOf(api.SourceBusy);
      expect(error).toMatchObject({ retryable: true, retryAfterMs });
    }
  });

  it('of the token is final', async () => {
    const error = await failureOf({ token: 'F'.repeat(64) });
    expect(error).toBeInstanceOf(api.TokenRefused);
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toMatch(/does not accept our token \(401\).*customer add/);
    expect(error.message).not.toContain('FFFF');
  });

  it('of our address is final', async () => {
    afas.faults.set(1, { status: 403 });
    expect(await failureOf()).toBeInstanceOf(own.AccessRefused);
  });

  it('of an unknown connector names what was meant, and what there is', async () => {
    const error = await failureOf({ connector: 'Medewerker' });
    expect(error).toBeInstanceOf(own.UnknownConnector);
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).toContain('connector "Medewerker". Did you mean "Medewerkers"?');
    expect(error.message).toContain('The token may read Medewerkers, Contracten, Afdelingen.');
  });

  it('of an unknown connector says so when even the list cannot be read', async () => {
    const error = await failureOf({ base: afas.base.replace('ProfitRestServices', 'Elsewhere') });
    expect(error).toBeInstanceOf(own.UnknownConnector);
    expect(error.message).toContain('Nor can the list of its connectors be read: check the environment');
  });

  it('of the metainfo of an unknown connector is the same', async () => {
    await expect(readAfasFields(afas.settings({ connector: 'Medewerkrs' }))).rejects.toThrow(
      /Did you mean "Medewerkers"/,
    );
  });

  it('of a page that is too large for AFAS asks for a smaller one', async () => {
    afas.largestTake = 4;
    const error = await failureOf();
    expect(error).toBeInstanceOf(api.SourceTooSlow);
    expect(error.message).toMatch(/no room for so many rows.*`take`/);
  });

  it('of the field that we sort by names it', async () => {
    const error = await failureOf({ keyField: 'Medewerkr' });
    expect(error).toBeInstanceOf(own.UnknownField);
    expect(error.message).toContain('does not have the field "Medewerkr"');
  });

  it.each<[string, new (...args: never[]) => Error, RegExp]>([
    [
      'GetConnector niet ondersteund voor deze app of de gebruiker is niet geautoriseerd',
      own.UnknownConnector,
      /app connector/,
    ],
    ['Deze GetConnector (definitie) is geblokkeerd', own.ConnectorBlocked, /is blocked/],
    [
      'De maximale tijdsduur voor het uitvoeren van de opdracht is verstreken.',
      api.SourceTooSlow,
      /gave the question up/,
    ],
    ["Connector-veld 'Aalders' niet gevonden", own.UnknownField, /a field by which we sort or filter/],
    ['Er is een onverwachte fout opgetreden.', api.SourceFailed, /It says: "Er is een onverwachte fout opgetreden\."/],
    [
      "Conversie van 'Aalders' naar datum is mislukt",
      api.SourceFailed,
      /not repeated here.*as 3A4CA18A611A4E07B429AC6BAFC6B8D1/,
    ],
  ])('with the message "%s" is understood without being repeated', async (externalMessage, kind, words) => {
    const body = JSON.stringify({
      externalMessage,
      errorNumber: -1,
      profitLogReference: '3A4CA18A611A4E07B429AC6BAFC6B8D1',
    });
    afas.faults.set(1, { status: 500, body });
    const error = await failureOf();
    expect(error).toBeInstanceOf(kind);
    expect(error.message).toMatch(words);
    expect(error.message).not.toContain('Aalders');
  });

  it('as it is put is final, and a log reference that is none is not told', async () => {
    const body = JSON.stringify({ externalMessage: 'Aalders', profitLogReference: 'Aalders' });
    afas.faults.set(1, { status: 400, body });
    const error = await failureOf();
    expect(error).toBeInstanceOf(api.RequestRefused);
    expect(error).toMatchObject({ retryable: false });
    expect(error.message).not.toContain('Aalders');
  });
});

describe('an address', () => {
  it('where nobody answers is unreachable', async () => {
    const error = await failureOf({ base: 'http://127.0.0.1:1/ProfitRestServices' });
    expect(error).toBeInstanceOf(SourceUnreachable);
    expect(error.message).toContain('127.0.0.1:1 cannot be reached: ECONNREFUSED');
  });

  it('with a certificate that nobody vouches for gets no token', async (context) => {
    const folder = await mkdtemp(join(tmpdir(), 'usersync-afas-'));
    const certificates = await makeCertificates(folder);
    if (certificates === null) {
      await rm(folder, { recursive: true });
      return context.skip();
    }
    const { certificate, key } = certificates.server;
    const heard: string[] = [];
    const options = { cert: await readFile(certificate), key: await readFile(key) };
    const server = createServer(options, (request) => heard.push(request.headers.authorization ?? ''));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const error = await failureOf({ base: `https://127.0.0.1:${(server.address() as AddressInfo).port}` });
    expect(error).toBeInstanceOf(api.SourceUntrusted);
    expect(error).toMatchObject({ retryable: false });
    expect(heard).toEqual([]);
    server.close();
    await rm(folder, { recursive: true });
  });

  it('that is not encrypted is refused before anything is sent, except on this machine', () => {
    for (const base of [
      'http://12345.rest.afas.online',
      'ftp://x',
      'afas',
      'https://me:pw@host',
      'https://host/?a=b',
    ]) {
      expect(() => afas.source({ base }), base).toThrow(RangeError);
    }
  });
});

describe('settings that can never work', () => {
  it.each<[string, Partial<AfasSettings>]>([
    ['a key field that turns the order round', { keyField: '-Medewerker' }],
    ['two key fields', { keyField: 'Medewerker,Naam' }],
    ['a page that is too small', { take: 2 }],
    ['a filter value that AFAS would cut in two', { filter: [{ field: 'Naam', operator: 'equal', value: 'a;b' }] }],
    ['a filter that is too long', { filter: [{ field: 'Naam', operator: 'equal', value: 'a'.repeat(3_000) }] }],
  ])('%s', (_what, changes) => {
    expect(() => afas.source(changes)).toThrow(RangeError);
  });
});

describe('a token', () => {
  const xml = `<token><version>1</version><data>${TOKEN}</data></token>`;
  const base64 = Buffer.from(xml).toString('base64');

  test('is read in every form that people have at hand', () => {
    const forms = [
      ...[xml, ` \ufeff${xml}\n`, xml.replaceAll('><', '>\n  <'), TOKEN, ` ${TOKEN}\n`],
      ...[
        base64,
        `${base64.slice(0, 40)}\n${base64.slice(40)}`,
        `AfasToken ${base64}`,
        `Authorization: AfasToken ${base64}`,
      ],
    ];
    for (const form of forms) expect(readAfasToken(form), form).toBe(TOKEN);
  });

  test('is sent as base64 of the whole XML', () => {
    expect(authorisationOf(TOKEN)).toBe(`AfasToken ${base64}`);
  });

  test.each([
    '',
    'geheim',
    'geheim wachtwoord met blanks erin',
    '<token><version>1</version><data></data></token>',
    `<token><version>2</version><data>${TOKEN}</data></token>`,
    xml.slice(0, -8),
    '<html>geheim</html>',
    Buffer.from(`<geheim><data>${TOKEN}</data></geheim>`).toString('base64'),
  ])('is refused with a sentence that does not repeat it: %s', (form) => {
    const read = () => readAfasToken(form);
    expect(read).toThrow(UnusableToken);
    expect(read).toThrow(/This is no AFAS token: .*<token><version>1<\/version><data>\.\.\.<\/data><\/token>/);
    expect(read).not.toThrow(/geheim|ADE370/);
  });
});

async function failureOf(changes: Partial<AfasSettings> = {}): Promise<SourceError> {
  const source = afas.source(changes);
  try {
    await text((await source.newest()).content);
  } catch (error) {
    if (error instanceof Error) return error as SourceError;
  } finally {
    await source.close();
  }
  throw new Error('It was expected to fail.');
}
