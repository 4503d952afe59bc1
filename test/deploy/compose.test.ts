import { existsSync } from 'node:fs';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Environment } from '../../src/config.js';
import {
  inClone,
  readCompose,
  readEnvironmentExample,
  readText,
  requiredVariables,
  variablesIn,
  type ComposeService,
} from './compose-file.js';

let text: string;
let example: Readonly<Record<string, string>>;
let compose: Awaited<ReturnType<typeof readCompose>>;
let services: readonly (readonly [string, ComposeService])[];
let ours: readonly (readonly [string, ComposeService])[];

beforeAll(async () => {
  text = await readText('docker-compose.yml');
  example = await readEnvironmentExample();
  const secrets = Object.fromEntries([...requiredVariables(text)].map((name) => [name, 'made-up']));
  compose = await readCompose({ ...example, ...secrets });
  services = Object.entries(compose.services);
  ours = services.filter(([, service]) => service.build !== undefined);
});

describe('the compose file', () => {
  test('is what the Compose Specification allows', async () => {
    const { $schema: _, ...schema } = z
      .record(z.string(), z.unknown())
      .parse(JSON.parse(await readText('test/deploy/compose-spec/compose-spec.json')));
    const validate = new Ajv({ strict: false, validateFormats: false, allErrors: true }).compile(schema);
    validate(compose.document);
    expect(validate.errors ?? []).toEqual([]);
    expect(validate({ services: { worker: { imagee: 'a typing error' } } })).toBe(false);
  });

  test('pins every image to a version', () => {
    for (const [name, { image }] of services) expect(image, name).toMatch(/^[\w./-]+:v?\d+\.\d+[\w.-]*$/);
  });

  test('runs none of the images that set Temporal up by themselves', () => {
    expect(services.map(([, { image }]) => image).filter((image) => image.includes('auto-setup'))).toEqual([]);
  });

  test('names in depends_on, volumes and profiles only what is there', () => {
    for (const [name, service] of services) {
      for (const other of Object.keys(service.depends_on)) expect(compose.services, name).toHaveProperty([other]);
      for (const volume of service.volumes) expect(isThere(volume), `${name}: ${volume}`).toBe(true);
    }
  });

  test('starts what does our work when the preparation has ended well', () => {
    for (const name of ['worker', 'drop', 'portal']) {
      expect(compose.services[name]?.depends_on['prepare']).toEqual({ condition: 'service_completed_successfully' });
    }
    const { prepare, temporal } = compose.services;
    expect(prepare?.depends_on['postgres']).toEqual({ condition: 'service_healthy' });
    expect(prepare?.depends_on['temporal']).toEqual({ condition: 'service_healthy', required: false });
    expect(temporal?.depends_on['temporal-schema']).toEqual({ condition: 'service_completed_successfully' });
  });

  test('waits for the health of services that have a check', () => {
    for (const [name, { depends_on }] of services) {
      for (const [other, { condition }] of Object.entries(depends_on)) {
        if (condition !== 'service_healthy') continue;
        expect(compose.services[other]?.healthcheck?.test, `${name} waits for ${other}`).toBeDefined();
      }
    }
  });

  test('restarts services for ever and tasks a few times', () => {
    const tasks = new Set(
      services.flatMap(([, { depends_on }]) =>
        Object.entries(depends_on).flatMap(([name, { condition }]) =>
          condition === 'service_completed_successfully' ? [name] : [],
        ),
      ),
    );
    for (const [name, { restart, profiles }] of services) {
      if (profiles.includes('tools')) continue;
      expect(restart, name).toMatch(tasks.has(name) ? /^on-failure:\d$/ : /^unless-stopped$/);
    }
  });

  test('limits what each service may take', () => {
    for (const [name, { restart, deploy }] of services) {
      if (restart === 'unless-stopped')
        expect(Object.keys(deploy?.resources.limits ?? {}), name).toEqual(['cpus', 'memory']);
    }
  });

  test('gives our containers no right that they do not need', () => {
    expect(ours.map(([name]) => name).sort()).toEqual([
      ...['codec', 'drop', 'portal', 'prepare', 'sandbox', 'usersync', 'worker'],
    ]);
    for (const [name, service] of ours) {
      expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'] });
      expect(service['privileged'], name).toBeUndefined();
    }
  });

  test('gives the drop, which strangers reach, no key and no delivery', () => {
    const { drop } = compose.services;
    expect(Object.keys(drop?.environment ?? {}).filter((name) => name.includes('KEY'))).toEqual([]);
    expect(drop?.volumes).toEqual(['drop:/data']);
  });

  test('lets the worker see uploads and the host key of the drop, and change neither', () => {
    const { worker } = compose.services;
    expect(worker?.volumes).toContain('drop:/drop:ro');
    expect(worker?.environment['USERSYNC_DROP_DATA']).toBe('/drop');
    expect(worker?.environment['USERSYNC_DROP_READ_ADDRESS']).toBe('drop:2222');
  });

  test("sends the browser of Temporal's UI to the codec endpoint, with its token, from where it may ask", () => {
    const { codec, 'temporal-ui': ui } = compose.services;
    const { USERSYNC_CODEC_TOKEN: token, USERSYNC_CODEC_ORIGINS: origins } = codec?.environment ?? {};
    const [port] = (codec?.ports[0] ?? '').split(':').slice(1);
    expect(ui?.environment['TEMPORAL_CODEC_ENDPOINT']).toBe(`http://127.0.0.1:${port}/${token}`);
    expect(origins).toContain(`http://127.0.0.1:${ui?.ports[0]?.split(':')[1]}`);
  });

  test('lets only the drop be reached from other machines', () => {
    for (const [name, { ports }] of services) {
      for (const port of ports) if (name !== 'drop') expect(port, name).toMatch(/^127\.0\.0\.1:/);
    }
  });
});

describe('the settings', () => {
  test('stand in .env.example, all of them and no others', () => {
    const used = new Set([...variablesIn(text), 'COMPOSE_PROFILES']);
    expect(Object.keys(example).sort()).toEqual([...used].sort());
  });

  test('stand in the documentation', async () => {
    const documentation = await readText('docs/configuration.md');
    for (const name of Object.keys(example)) expect(documentation).toContain(`\`${name}\``);
  });

  test('that are secret have to be given, and are not in the example', () => {
    const passwords = ['POSTGRES_PASSWORD', 'TEMPORAL_DB_PASSWORD', 'USERSYNC_DB_PASSWORD'];
    const secrets = [...passwords, 'USERSYNC_CODEC_TOKEN', 'USERSYNC_MASTER_KEY'];
    expect([...requiredVariables(text)].sort()).toEqual([...secrets].sort());
    for (const name of secrets) expect(example[name], name).toBe('');
  });

  test('are known to the programs that are given them', () => {
    const known = [...Object.keys(Environment.shape), 'SANDBOX_HOST', 'SANDBOX_PORT', 'SANDBOX_DATA'];
    for (const [name, { environment }] of ours) {
      const strangers = Object.keys(environment).filter(
        (setting) => !known.includes(setting) && !setting.startsWith('TEMPORAL_'),
      );
      expect(strangers, name).toEqual([]);
    }
  });

  test('of Temporal are the same for everyone who connects to it', () => {
    const settingsOf = (name: string) =>
      Object.entries(compose.services[name]?.environment ?? {}).filter(([setting]) => setting.startsWith('TEMPORAL_'));
    expect(settingsOf('prepare')).toEqual(settingsOf('worker'));
    expect(settingsOf('usersync')).toEqual(settingsOf('worker'));
    expect(Object.fromEntries(settingsOf('worker'))['TEMPORAL_ADDRESS']).toBe('temporal:7233');
  });
});

describe('commands and checks', () => {
  test('run programs that the build makes from this repository', () => {
    const programs = ours.flatMap(([, { command = [], healthcheck }]) =>
      [...command, ...(healthcheck?.test ?? [])].filter((word) => /\.m?js$/.test(word)),
    );
    expect(new Set(programs)).toContain('dist/worker.js');
    for (const program of programs) expect(existsSync(sourceOf(program)), program).toBe(true);
  });

  test('meet where the image listens', async () => {
    const dockerfile = await readText('Dockerfile');
    const listening = (name: string) => new RegExp(`${name}=\\S*:(\\d+)`).exec(dockerfile)?.[1];
    const metrics = listening('USERSYNC_METRICS_ADDRESS');
    const drop = listening('USERSYNC_DROP_ADDRESS');
    expect(compose.services['worker']?.expose).toEqual([metrics]);
    expect(checkOf('worker')).toBe(`http://127.0.0.1:${metrics}/readyz`);
    expect(compose.services['drop']?.ports).toEqual([`${drop}:${drop}`]);
    expect(checkOf('drop')).toBe(`ssh://127.0.0.1:${drop}`);
    expect(Environment.parse({}).USERSYNC_DROP_ADDRESS).toBe(`127.0.0.1:${drop}`);
    for (const [name, setting] of [
      ['portal', 'USERSYNC_PORTAL_ADDRESS'],
      ['codec', 'USERSYNC_CODEC_ADDRESS'],
    ] as const) {
      const port = listening(setting);
      expect(compose.services[name]?.ports).toEqual([`127.0.0.1:${port}:${port}`]);
      expect(checkOf(name)).toBe(`http://127.0.0.1:${port}/healthz`);
      expect(Environment.parse({})[setting]).toBe(`127.0.0.1:${port}`);
    }
    const sandbox = compose.services['sandbox']?.environment['SANDBOX_PORT'];
    expect(compose.services['sandbox']?.ports).toEqual([`127.0.0.1:${sandbox}:${sandbox}`]);
    expect(checkOf('sandbox')).toBe(`http://127.0.0.1:${sandbox}/_sandbox/health`);
  });

  test('leave a worker the time it takes for its last work', () => {
    expect(compose.services['worker']?.stop_grace_period).toBe('50s');
  });
});

function checkOf(name: string): string | undefined {
  return compose.services[name]?.healthcheck?.test?.at(-1);
}

/** A named volume, or a file of the clone; `customers` is each installation's own. */
function isThere(volume: string): boolean {
  const [source = ''] = volume.split(':');
  if (source === './customers') return true;
  return source.startsWith('./') ? existsSync(inClone(source)) : source in compose.volumes;
}

function sourceOf(program: string): URL {
  return inClone(program.replace(/^dist\/(.*)\.js$/, 'src/$1.ts'));
}
