import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { BENCHES, figuresOf } from './benches.js';
import { openPlace } from './place.js';
import { resultTable, toResult, type Result } from './results.js';

const HELP = `Usage: npm run bench -- [--only NAME]... [--json] [--help]

Measures the system on this machine: makes its own rosters, starts its own Postgres, Temporal, sandbox and worker in a
temporary folder, prints a table and writes bench/results.json. Ends by itself; all of it takes about ten minutes and
3 GB of disk, which are given back.

  --only NAME   only what measures this figure; can be given several times. Other figures of results.json stay.
  --json        prints the results as JSON instead of a table
  --help        this

Figures:
${figuresOf()
  .map((name) => `  ${name}`)
  .join('\n')}
`;

const RESULTS = new URL('results.json', import.meta.url);

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', multiple: true, default: [] },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  const unknown = values.only.filter((name) => !figuresOf().includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`There is no figure ${unknown.map((name) => `"${name}"`).join(', ')}.\n\n${HELP}`);
    return 2;
  }
  const results = await measure(values.only);
  const text = JSON.stringify(results, null, 2);
  await writeFile(RESULTS, `${JSON.stringify(merged(await earlier(), results, values.only), null, 2)}\n`);
  process.stdout.write(values.json ? `${text}\n` : `${resultTable(results)}\n`);
  return 0;
}

/** Benches that make several figures at once are run as a whole, and only what was asked for is kept. */
async function measure(only: readonly string[]): Promise<readonly Result[]> {
  const wanted = BENCHES.filter(({ figures }) => only.length === 0 || figures.some((name) => only.includes(name)));
  const started = Date.now();
  const say = (step: string) =>
    process.stderr.write(`${((Date.now() - started) / 1000).toFixed(0).padStart(4)} s  ${step}\n`);
  const place = openPlace(say);
  const stop = () => void place.close().then(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  const results: Result[] = [];
  try {
    for (const bench of wanted) {
      say(bench.title);
      for (const figure of await bench.run(place)) {
        if (only.length === 0 || only.includes(figure.name)) results.push(toResult(figure));
      }
    }
  } finally {
    await place.close();
  }
  return results;
}

const Kept = z.array(z.looseObject({ name: z.string() }));

async function earlier(): Promise<z.infer<typeof Kept>> {
  try {
    return Kept.parse(JSON.parse(await readFile(RESULTS, 'utf8')));
  } catch {
    return [];
  }
}

function merged(before: z.infer<typeof Kept>, results: readonly Result[], only: readonly string[]) {
  if (only.length === 0) return results;
  const names = new Set(results.map(({ name }) => name));
  return [...before.filter(({ name }) => !names.has(name)), ...results];
}

process.exitCode = await main();
