import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';

const DependsOn = z.record(z.string(), z.object({ condition: z.string(), required: z.boolean().optional() }));

const Service = z.looseObject({
  image: z.string(),
  build: z.string().optional(),
  profiles: z.array(z.string()).default([]),
  entrypoint: z.array(z.string()).optional(),
  command: z.array(z.string()).optional(),
  restart: z.string().optional(),
  environment: z.record(z.string(), z.string()).default({}),
  depends_on: DependsOn.default({}),
  ports: z.array(z.string()).default([]),
  expose: z.array(z.string()).default([]),
  volumes: z.array(z.string()).default([]),
  healthcheck: z.object({ test: z.array(z.string()).optional(), disable: z.boolean().optional() }).optional(),
  read_only: z.boolean().optional(),
  cap_drop: z.array(z.string()).default([]),
  stop_grace_period: z.string().optional(),
  deploy: z.looseObject({ resources: z.object({ limits: z.record(z.string(), z.string()) }) }).optional(),
});

export type ComposeService = z.infer<typeof Service>;

const ComposeFile = z.looseObject({
  services: z.record(z.string(), Service),
  volumes: z.record(z.string(), z.unknown()),
});

/** A path inside the clone. */
export function inClone(path: string): URL {
  return new URL(`../../${path}`, import.meta.url);
}

export function readText(path: string): Promise<string> {
  return readFile(inClone(path), 'utf8');
}

/** The file as `docker compose` reads it with these variables. */
export async function readCompose(variables: Readonly<Record<string, string>>) {
  const document: unknown = parse(await readText('docker-compose.yml'), { merge: true });
  const filled = fillIn(document, variables);
  return { document: filled, ...ComposeFile.parse(filled) };
}

/** `NAME=value` lines. */
export async function readEnvironmentExample(): Promise<Readonly<Record<string, string>>> {
  const lines = (await readText('.env.example')).split('\n').filter((line) => /^[A-Z]/.test(line));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

/** Names of all variables that a text refers to. */
export function variablesIn(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\$\{([A-Z_][A-Z0-9_]*)/g)].map(([, name]) => name ?? ''));
}

/** The names that have to have a value. */
export function requiredVariables(text: string): ReadonlySet<string> {
  return new Set([...text.matchAll(/\$\{([A-Z_][A-Z0-9_]*):\?/g)].map(([, name]) => name ?? ''));
}

function fillIn(value: unknown, variables: Readonly<Record<string, string>>): unknown {
  if (typeof value === 'string') return interpolate(value, variables);
  if (Array.isArray(value)) return value.map((item: unknown) => fillIn(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, variables)]));
}

/** Innermost first, since a default may hold another variable. @throws when a required one has no value. */
function interpolate(text: string, variables: Readonly<Record<string, string>>): string {
  const innermost = /\$\{([A-Z_][A-Z0-9_]*)(?::([-?])([^${}]*))?\}/;
  const match = innermost.exec(text);
  if (match === null) return text;
  const [whole, name = '', operator, rest = ''] = match;
  const given = variables[name] ?? '';
  if (given === '' && operator === '?') throw new Error(`${name}: ${rest}`);
  const filled = given === '' && operator === '-' ? rest : given;
  return interpolate(
    text.replace(whole, () => filled),
    variables,
  );
}
