// Makes the second day of the sample customer from the first: node scripts/make-second-day.mjs
// Nothing is drawn by chance, so the same file comes out every time. Rows that are not named below stay byte for byte.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';

const folder = new URL('../examples/woodgrove/', import.meta.url);

const JOINERS = [
  ['3001', 'Employee', 'Ottilie', 'Marsh', 'Europe', 'Sales', 'Sales Executive'],
  ['3002', 'Contractor', 'Benedikt', 'Quill', 'Asia Pacific', 'Finance', 'Accountant'],
  ['3003', 'Intern', 'Saskia', 'Thorne', 'North America', 'Manufacturing', 'Business Analyst'],
  ['3004', 'Employee', 'Ruben', 'Oakes', 'Middle East', 'Human Resources', 'Director'],
];

const MOVES = [
  { to: 'Location', next: { Europe: 'Asia Pacific' }, otherwise: 'Europe' },
  { to: 'Location', next: { 'Middle East': 'North America' }, otherwise: 'Middle East' },
  { to: 'Department', next: { Sales: 'Finance' }, otherwise: 'Sales' },
  { to: 'JobTitle', next: { Director: 'Accountant' }, otherwise: 'Director' },
];

export function makeSecondDay(firstDay) {
  const { data, meta } = Papa.parse(firstDay, { header: true, skipEmptyLines: true });
  const people = peopleWithOneRow(data);
  const removed = everyNth(people, 31, 0, 2);
  const deactivated = everyNth(people, 31, 7, 2);
  // A director who is an employee becomes administrator of a business unit; the other moves change no role.
  const employees = people.filter((id) => data.some((row) => row.WorkerID === id && row.WorkerType === 'Employee'));
  const moved = [...everyNth(people, 31, 14, MOVES.length - 1), employees.at(-1)];

  const rows = data.filter((row) => !removed.includes(row.WorkerID)).map((row) => ({ ...row }));
  for (const row of rows) {
    if (deactivated.includes(row.WorkerID)) row.WorkerStatus = 'Inactive';
    const move = MOVES[moved.indexOf(row.WorkerID)];
    if (move) row[move.to] = move.next[row[move.to]] ?? move.otherwise;
  }
  rows.push(...JOINERS.map((joiner) => joinerRow(joiner, meta.fields)));

  const csv = Papa.unparse(rows, { columns: meta.fields, newline: '\n' });
  const leavers = { missing: removed, inactive: deactivated };
  const report = {
    madeBy: 'scripts/make-second-day.mjs',
    counts: { joiners: JOINERS.length, leavers: removed.length + deactivated.length, movers: moved.length },
    joiners: JOINERS.map(([id]) => id),
    leavers,
    movers: Object.fromEntries(moved.map((id, index) => [id, MOVES[index].to])),
  };
  return { csv, report: onOneLine(`${JSON.stringify(report, null, 2)}\n`) };
}

/** Lists of ids read better on one line. */
function onOneLine(json) {
  return json.replace(/\[\s+([^\]]+?)\s+\]/g, (_, items) => `[${items.replace(/\s+/g, ' ')}]`);
}

/** Active people whose id stands in one row only: what happens to them is plain to see. In the order of their ids. */
function peopleWithOneRow(rows) {
  const counts = groupBy(rows);
  return [...counts]
    .filter(([, found]) => found.length === 1 && found[0].WorkerStatus === 'Active')
    .map(([id]) => id)
    .sort();
}

function groupBy(rows) {
  const groups = new Map();
  for (const row of rows) groups.set(row.WorkerID, [...(groups.get(row.WorkerID) ?? []), row]);
  return groups;
}

function everyNth(items, step, offset, count) {
  return Array.from({ length: count }, (_, index) => items[offset + index * step]);
}

function joinerRow([id, type, first, last, location, department, jobTitle], columns) {
  const known = {
    WorkerID: id,
    WorkerStatus: 'Active',
    WorkerType: type,
    UserID: `EMP${id}`,
    FirstName: first,
    LastName: last,
    FullName: `${first} ${last}`,
    Company: 'Woodgrove',
    Division: 'Food',
    HireDate: '2024-01-02',
    OnLeave: 'False',
    Location: location,
    Department: department,
    JobTitle: jobTitle,
    OfficePhone: '345-789-1234',
  };
  return Object.fromEntries(columns.map((column) => [column, known[column] ?? '']));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { csv, report } = makeSecondDay(readFileSync(new URL('day-1.csv', folder), 'utf8'));
  writeFileSync(new URL('day-2.csv', folder), csv);
  writeFileSync(new URL('day-2.json', folder), report);
  console.log(report);
}
