import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { Disguise, type DisguiseOptions } from '../../src/anonymise/disguise.js';
import { compareOutcomes, type Breach } from '../../src/anonymise/law.js';
import { planDisguise } from '../../src/anonymise/plan/plan.js';
import { translateMapping } from '../../src/anonymise/translate-mapping.js';
import { mapRows } from '../../src/sync/desired/map-rows.js';
import { toXid } from '../../src/sync/ids.js';
import { compileMapping } from '../../src/sync/mapping/compile.js';
import type { Fields } from '../../src/sync/record.js';
import { aMapping } from '../sync/builders.js';

export const KEY = Buffer.from('a key of thirty-two bytes for it');
export const OTHER_KEY = Buffer.from('another key of thirty-two bytes!');
export const TODAY = '2026-11-30';

export interface Anonymised {
  readonly disguise: Disguise;
  readonly mapping: string;
  readonly rows: readonly Fields[];
  readonly breaches: readonly Breach[];
}

export interface Case {
  readonly mapping: string;
  readonly rows: readonly Fields[];
  readonly key?: Buffer;
  readonly options?: Partial<DisguiseOptions>;
  /** Uses the mapping as it is on disguised records: a mistake that the law has to find. */
  readonly withoutTranslation?: boolean;
}

/** Anonymises a whole roster as a test does, and holds every person against the law with the engine itself. */
export function anonymise({
  mapping: document,
  rows,
  key = KEY,
  options = {},
  withoutTranslation = false,
}: Case): Anonymised {
  const mapping = aMapping(document);
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const disguise = new Disguise(planDisguise(mapping, columns), key, {
    locale: 'nl',
    country: 'NL',
    today: TODAY,
    ...options,
  });
  const translated = withoutTranslation ? document : translateMapping(document, disguise);
  const [before, after] = [compileMapping(mapping, columns), compileMapping(aMapping(translated))];
  const idColumn = mapping.externalId.column;
  const disguised: Fields[] = [];
  const breaches: Breach[] = [];
  for (const [id, own] of byPerson(rows, idColumn)) {
    const made = disguise.person(own);
    disguised.push(...made);
    const xid = toXid(id);
    const real = mapRows(before, xid, recordsOf(id, own), { today: TODAY });
    const other = disguise.id(xid);
    const unreal = mapRows(after, other, recordsOf(other, made), { today: TODAY });
    const breach = compareOutcomes(mapping, real, unreal);
    if (breach !== null) breaches.push(breach);
  }
  return { disguise, mapping: translated, rows: disguised, breaches };
}

function recordsOf(id: string, rows: readonly Fields[]) {
  return rows.map((fields, index) => ({ xid: toXid(id), row: index + 2, fields }));
}

function byPerson(rows: readonly Fields[], idColumn: string): ReadonlyMap<string, readonly Fields[]> {
  const people = new Map<string, Fields[]>();
  for (const row of rows) {
    const id = (row[idColumn] ?? '').trim();
    if (id !== '') people.set(id, [...(people.get(id) ?? []), row]);
  }
  return people;
}

export function readCsv(path: string): readonly Fields[] {
  const text = readFileSync(new URL(path, import.meta.url), 'utf8').replace(/^\ufeff/, '');
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

export function readText(path: string): string {
  return readFileSync(new URL(path, import.meta.url), 'utf8');
}
