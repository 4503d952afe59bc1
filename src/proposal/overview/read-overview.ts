import { SourceRejected } from '../../sync/records/errors.js';
import type { Finding } from '../finding.js';
import { readTable } from '../table/read-table.js';
import { isDamaged, traitsOf } from '../values/traits.js';
import { key, tidy, type Named, type OverviewRow } from './cells.js';
import { mergeUnits } from './duplicates.js';
import { readSheet } from './layouts.js';
import type { Overview } from './overview.js';
import { cutSheets } from './sheet.js';

/**
 * Reads a customer's overview of locations and departments in the layouts that are customary: a row for each pair, lists side
 * by side or below each other, codes with descriptions, several names in a cell, merged cells, rows with a type, a matrix with
 * marks. Never throws: what cannot be read becomes a finding.
 */
export function readOverview(content: string | Uint8Array): Overview {
  try {
    const { rows } = readTable(content);
    return overviewOf(rows.map(({ cells }) => cells.map((cell) => cell.replace(/\r/g, '').trim())));
  } catch (error) {
    if (!(error instanceof SourceRejected)) throw error;
    return nothing(error.message.replace(' Nothing was changed.', '').replaceAll('employee record', 'overview'));
  }
}

function overviewOf(table: readonly (readonly string[])[]): Overview {
  if (table.every((cells) => cells.every((cell) => cell === ''))) return nothing('The file is empty.');
  const sheets = cutSheets(table);
  if (sheets.length === 0)
    return nothing(
      'No column is called location or department. Name the columns in the first row: "Location", "Department".',
    );
  const readings = sheets.map(readSheet);
  const rows = readings.flatMap((reading) => reading.rows).map(withoutTotals);
  const locations = mergeUnits(
    rows.flatMap((row) => row.locations),
    'location',
  );
  const departments = mergeUnits(
    rows.flatMap((row) => row.departments),
    'department',
  );
  const { pairs, repeated } = pairsOf(rows);
  const findings: readonly Finding[] = [
    ...readings.flatMap((reading) => reading.findings),
    ...locations.findings,
    ...departments.findings,
    ...(repeated > 0 ? [look(`${repeated} row(s) repeat a pair of location and department.`)] : []),
    ...odd([...locations.groups, ...departments.groups].map(({ name }) => name)),
  ];
  const found = { locations: locations.groups, departments: departments.groups, pairs };
  return { ...found, findings: [count(found), ...findings] };
}

function count({ locations, departments, pairs }: Omit<Overview, 'findings'>): Finding {
  const text = `${locations.length} location(s), ${departments.length} department(s) and ${pairs.length} department(s) at a location were found.`;
  return { level: locations.length + departments.length > 0 ? 'good' : 'wrong', column: null, text };
}

function withoutTotals({ locations, departments }: OverviewRow): OverviewRow {
  const isName = ({ name }: Named) => !/^(?:(?:sub)?tota{1,2}ls?|gesamt|summe):?$/i.test(name);
  return { locations: locations.filter(isName), departments: departments.filter(isName) };
}

/** Each pair once, spelt as where its names were met first. */
function pairsOf(rows: readonly OverviewRow[]) {
  const spelling = new Map<string, string>();
  const spelt = (kind: string, name: string) => {
    const place = `${kind}:${key(name)}`;
    if (!spelling.has(place)) spelling.set(place, tidy(name));
    return spelling.get(place) ?? name;
  };
  const pairs = new Map<string, { readonly location: string; readonly department: string }>();
  let repeated = 0;
  for (const row of rows) {
    for (const { name: location } of row.locations) {
      for (const { name: department } of row.departments) {
        const place = JSON.stringify([key(location), key(department)]);
        if (pairs.has(place)) repeated++;
        else pairs.set(place, { location: spelt('location', location), department: spelt('department', department) });
      }
    }
    for (const { name } of row.locations) spelt('location', name);
    for (const { name } of row.departments) spelt('department', name);
  }
  return { pairs: [...pairs.values()], repeated };
}

function odd(names: readonly string[]): readonly Finding[] {
  const people = names.filter((name) => traitsOf(name).some((trait) => trait === 'email' || trait === 'phone')).length;
  const damaged = names.filter(isDamaged).length;
  const long = names.filter((name) => name.length > LONGEST_NAME).length;
  return [
    ...(people > 0
      ? [look(`${people} name(s) are e-mail addresses or telephone numbers, which no group is called.`)]
      : []),
    ...(damaged > 0 ? [look(`${damaged} name(s) have damaged letters. Save the file as CSV UTF-8.`)] : []),
    ...(long > 0 ? [look(`${long} name(s) are longer than ${LONGEST_NAME} letters.`)] : []),
  ];
}

const LONGEST_NAME = 100;

function nothing(text: string): Overview {
  return { locations: [], departments: [], pairs: [], findings: [{ level: 'wrong', column: null, text }] };
}

function look(text: string): Finding {
  return { level: 'look', column: null, text };
}
