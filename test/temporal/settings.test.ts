import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BadTemporalSettings, temporalSettings } from '../../src/temporal/connection.js';

const EMBEDDED = { address: '127.0.0.1:7233', namespace: 'default' };
const PROFILES = `
[profile.default]
address = "from-default:7233"

[profile.cloud]
address = "usersync.a1b2c.tmprl.cloud:7233"
namespace = "usersync.a1b2c"
api_key = "key-of-the-file"

[profile.cloud.grpc_meta]
x-team = "hr"
`;

let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'usersync-temporal-'));
  file = join(folder, 'temporal.toml');
  await writeFile(file, PROFILES);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('Temporal from the environment', () => {
  test('an address and a namespace are all that a server without TLS needs', () => {
    const settings = temporalSettings(
      inEmptyHome({ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'hr' }),
      null,
    );
    expect(settings).toEqual({ connection: { address: 'temporal:7233', metadata: {} }, namespace: 'hr' });
  });

  test('an API key switches TLS on', () => {
    const settings = temporalSettings(inEmptyHome({ TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_API_KEY: 'k' }), null);
    expect(settings.connection).toMatchObject({ apiKey: 'k', tls: true });
  });

  test('TLS is switched on and off by TEMPORAL_TLS', () => {
    const withTls = (value: string) =>
      temporalSettings(inEmptyHome({ TEMPORAL_ADDRESS: 'cloud:7233', TEMPORAL_TLS: value }), null).connection.tls;
    expect(withTls('true')).toBeTypeOf('object');
    expect(withTls('false')).toBe(false);
  });

  test('what a compose file leaves empty counts as absent', () => {
    const env = { TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: '', TEMPORAL_API_KEY: '', TEMPORAL_TLS: '' };
    const settings = temporalSettings(inEmptyHome(env), null);
    expect(settings).toEqual({ connection: { address: 'temporal:7233', metadata: {} }, namespace: 'default' });
  });
});

describe('Temporal from its configuration file', () => {
  test('a profile gives address, namespace, key and headers', () => {
    const settings = temporalSettings({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'cloud' }, null);
    expect(settings).toEqual({
      namespace: 'usersync.a1b2c',
      connection: {
        address: 'usersync.a1b2c.tmprl.cloud:7233',
        apiKey: 'key-of-the-file',
        tls: true,
        metadata: { 'x-team': 'hr' },
      },
    });
  });

  test('a variable wins over the file', () => {
    const env = { TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'cloud', TEMPORAL_NAMESPACE: 'other' };
    expect(temporalSettings(env, null).namespace).toBe('other');
  });

  test('the embedded stack keeps its own server, whatever profile the user has', () => {
    const settings = temporalSettings({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'cloud' }, EMBEDDED);
    expect(settings).toEqual({ connection: { address: '127.0.0.1:7233' }, namespace: 'default' });
  });

  test('the embedded stack gives way to TEMPORAL_ADDRESS', () => {
    const env = inEmptyHome({ TEMPORAL_ADDRESS: 'temporal:7233', TEMPORAL_NAMESPACE: 'hr' });
    expect(temporalSettings(env, EMBEDDED)).toMatchObject({
      connection: { address: 'temporal:7233' },
      namespace: 'hr',
    });
  });
});

describe('settings for Temporal that cannot be used', () => {
  const refusalOf = (env: NodeJS.ProcessEnv) => () => temporalSettings(inEmptyHome(env), null);

  test('a file that is named and not there', () => {
    expect(refusalOf({ TEMPORAL_CONFIG_FILE: join(folder, 'none.toml') })).toThrow(/there is no file .*none\.toml/);
  });

  test('a profile that the file does not have', () => {
    expect(refusalOf({ TEMPORAL_CONFIG_FILE: file, TEMPORAL_PROFILE: 'nowhere' })).toThrow(/'nowhere' not found/);
  });

  test('a certificate file that is not there', () => {
    const env = { TEMPORAL_TLS_CLIENT_CERT_PATH: join(folder, 'none.pem'), TEMPORAL_TLS_CLIENT_KEY_DATA: 'x' };
    expect(refusalOf(env)).toThrow(BadTemporalSettings);
  });

  test('a client certificate without its key', () => {
    expect(refusalOf({ TEMPORAL_TLS_CLIENT_CERT_DATA: 'x' })).toThrow(/only one is given/);
  });

  test('a certificate as a file and as text', () => {
    const env = { TEMPORAL_TLS_SERVER_CA_CERT_PATH: file, TEMPORAL_TLS_SERVER_CA_CERT_DATA: 'x' };
    expect(refusalOf(env)).toThrow(BadTemporalSettings);
  });
});

/** Without the configuration file of whoever runs the tests. */
function inEmptyHome(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { HOME: folder, XDG_CONFIG_HOME: folder, ...env };
}
