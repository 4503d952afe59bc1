// The steps of a plan one by one, without Postgres and Temporal: <roster of day 0> <roster of day 1>; prints their seconds as JSON.
import { createReadStream } from 'node:fs';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { columnsRead, compileMapping } from '../../src/sync/mapping/compile.js';
import { parseMapping } from '../../src/sync/mapping/parse.js';
import type { Outcome } from '../../src/sync/person.js';
import type { LinkState } from '../../src/sync/plan/link-state.js';
import { planPerson } from '../../src/sync/plan/plan-person.js';
import { keptForm, readKept } from '../../src/sync/records/kept-rows.js';
import { KnownRows } from '../../src/sync/records/known-rows.js';
import { readRecords, type ReadRecord } from '../../src/sync/records/read-records.js';
import { rowHash } from '../../src/sync/records/row-hash.js';
import { MAPPING } from '../roster.js';

const [before = '', after = ''] = process.argv.slice(2);
const parsed = parseMapping(MAPPING);
if ('problems' in parsed) throw new Error('The mapping of the bench has problems.');
const mapping = compileMapping(parsed.mapping);
const options = { idColumn: parsed.mapping.externalId.column, requiredColumns: columnsRead(parsed.mapping) };
const seconds = { parse: 0, diff: 0, map: 0, plan: 0 };

async function timed<Result>(step: keyof typeof seconds, work: () => Result | Promise<Result>): Promise<Result> {
  const start = performance.now();
  const result = await work();
  seconds[step] += (performance.now() - start) / 1000;
  return result;
}

const read = (path: string, known?: KnownRows) =>
  readRecords(createReadStream(path, { highWaterMark: 1024 * 1024 }), { ...options, ...(known && { known }) });

const known = new KnownRows();
const first = read(before, known);
for await (const chunk of first)
  for (const { xid, fields, line } of chunk) known.sawRow(xid, rowHash(fields), line ?? null);
known.reading = first.lineReading;
const kept = [...keptForm(known)];

const links = new Map<string, LinkState>();
for await (const chunk of read(before)) for (const record of chunk) remember(mapRows(mapping, record.xid, [record]));

// A worker goes through this every day: the second time counts, when everything is compiled.
for (let round = 1; round <= 2; round += 1) {
  Object.assign(seconds, { parse: 0, diff: 0, map: 0, plan: 0 });
  await compareWithYesterday();
  await planAll();
}
process.stdout.write(JSON.stringify(seconds));

function remember(outcome: Outcome): void {
  if (outcome.kind !== 'active') return;
  links.set(outcome.xid, { state: 'active', written: outcome.person, invited: true });
}

async function* asStream(pieces: Iterable<Buffer>): AsyncGenerator<Buffer> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

async function compareWithYesterday(): Promise<void> {
  await timed('diff', async () => {
    const yesterday = new KnownRows();
    yesterday.becomeThat(await readKept(asStream(kept)));
    for await (const chunk of read(after, yesterday))
      for (const { xid, fields, line } of chunk) yesterday.sawRow(xid, rowHash(fields), line ?? null);
  });
}

async function planAll(): Promise<void> {
  const rows = read(after)[Symbol.asyncIterator]();
  for (;;) {
    const chunk = await timed('parse', () => rows.next());
    if (chunk.done === true) break;
    const outcomes = await timed('map', () =>
      chunk.value.map((record: ReadRecord) => mapRows(mapping, record.xid, [record])),
    );
    await timed('plan', () => outcomes.map((outcome) => planPerson({ outcome, link: links.get(outcome.xid) ?? null })));
  }
}
