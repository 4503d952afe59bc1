import { readName } from '../names/read-name.js';
import type { Finding } from '../finding.js';
import { splitCells, tidy, type Named, type OverviewRow } from './cells.js';
import type { Sheet, SheetColumn, UnitKind } from './sheet.js';

/** What one part of an overview says, whatever its layout. */
export interface SheetReading {
  readonly rows: readonly OverviewRow[];
  readonly findings: readonly Finding[];
}

/** Takes a part of an overview apart: a matrix with marks, rows with a type, or columns of locations and departments. */
export function readSheet(sheet: Sheet): SheetReading {
  const type = sheet.columns.find(({ role }) => role.kind === 'type');
  const name = sheet.columns.find(({ role }) => role.kind === 'name');
  const hasUnits = sheet.columns.some(({ role }) => role.kind === 'location' || role.kind === 'department');
  if (!hasUnits && type && name) return readTyped(sheet, type, name);
  return isMatrix(sheet) ? readMatrix(sheet) : readColumns(sheet);
}

const MARKS = /^(?:x|v|ja|j|yes|y|oui|o|si|true|1|✓|✔|✗|•)$/iu;
const NO_MARKS = /^(?:|0|-|n|no|nee|nein|non|false)$/i;

/** One kind in the rows, the other in the header, and marks where they meet. */
function isMatrix({ columns, rows }: Sheet): boolean {
  const others = columns.slice(1).filter(({ name }) => name !== '');
  const cells = rows.flatMap((row) => others.map(({ index }) => row[index] ?? ''));
  const areMarks = cells.every((cell) => MARKS.test(cell) || NO_MARKS.test(cell));
  return others.length >= 2 && areMarks && cells.some((cell) => MARKS.test(cell));
}

function readMatrix({ columns, rows }: Sheet): SheetReading {
  const [first, ...others] = columns.filter(({ name }) => name !== '');
  if (first === undefined) return { rows: [], findings: [] };
  const isByDepartment = first.role.kind === 'department' && readName(first.name)?.meanings.has('LOCATION') !== true;
  const read = rows.flatMap((row): OverviewRow[] => {
    const name = tidy(row[first.index] ?? '');
    if (name === '') return [];
    const marked = others.filter(({ index }) => MARKS.test(row[index] ?? '')).map((column) => named(tidy(column.name)));
    return [
      isByDepartment
        ? { locations: marked, departments: [named(name)] }
        : { locations: [named(name)], departments: marked },
    ];
  });
  const all = others.map((column) => named(tidy(column.name)));
  const header: readonly OverviewRow[] = isByDepartment
    ? all.map((location) => ({ locations: [location], departments: [] }))
    : all.map((department) => ({ locations: [], departments: [department] }));
  return { rows: [...read, ...header], findings: [] };
}

function readTyped({ rows }: Sheet, type: SheetColumn, name: SheetColumn): SheetReading {
  let unknown = 0;
  const read = rows.flatMap((row): OverviewRow[] => {
    const units = [named(tidy(row[name.index] ?? ''))].filter((unit) => unit.name !== '');
    const concept = readName(row[type.index] ?? '')?.concept;
    if (concept === 'location' || concept === 'businessUnit') return [{ locations: units, departments: [] }];
    if (concept === 'department' || concept === 'orgUnit') return [{ locations: [], departments: units }];
    unknown++;
    return [];
  });
  const findings =
    unknown > 0
      ? [
          look(
            type.name,
            `${unknown} row(s) have a type that is neither a location nor a department; they were left out.`,
          ),
        ]
      : [];
  return { rows: read, findings };
}

function readColumns(sheet: Sheet): SheetReading {
  const locations = unitColumn(sheet, 'location');
  const departments = unitColumn(sheet, 'department');
  const findings = [
    ...locations.findings,
    ...departments.findings,
    ...ignored(sheet, [...locations.used, ...departments.used]),
  ];
  const perRow = (index: number): OverviewRow => ({
    locations: locations.cells[index] ?? [],
    departments: departments.cells[index] ?? [],
  });
  const rows = sheet.rows.map((_, index) => perRow(index));
  if (locations.used.length === 0 || departments.used.length === 0) return { rows, findings };
  if (areLists(rows)) {
    const text =
      'The columns of locations and departments are lists side by side, so they do not say which department is at which location.';
    return { rows: rows.flatMap(apart), findings: [...findings, look(null, text)] };
  }
  return filledDown(rows, findings);
}

/** Two lists beside each other: nothing in them repeats, and the shorter one ends before the longer. */
function areLists(rows: readonly OverviewRow[]): boolean {
  const sides = [rows.map(({ locations }) => locations), rows.map(({ departments }) => departments)];
  const lengths = sides.map((side) => side.findLastIndex((names) => names.length > 0) + 1);
  const isList = sides.every((side, index) => {
    const names = side.flat().map(({ name }) => name);
    return side.slice(0, lengths[index]).every((cell) => cell.length === 1) && new Set(names).size === names.length;
  });
  return isList && lengths[0] !== lengths[1] && Math.min(...lengths) > 1;
}

function apart({ locations, departments }: OverviewRow): readonly OverviewRow[] {
  return [
    { locations, departments: [] },
    { locations: [], departments },
  ];
}

/** Merged cells of a spreadsheet arrive as one name with empty cells below it. */
function filledDown(rows: readonly OverviewRow[], findings: readonly Finding[]): SheetReading {
  let above: readonly Named[] = [];
  let filled = 0;
  const down = rows.map((row) => {
    if (row.locations.length > 0) above = row.locations;
    else if (row.departments.length > 0 && above.length > 0) {
      filled++;
      return { ...row, locations: above };
    }
    return row;
  });
  if (filled === 0) return { rows, findings };
  const text = `${filled} row(s) have a department and no location; they were taken to belong to the location above.`;
  return { rows: down, findings: [...findings, look(null, text)] };
}

interface UnitColumn {
  /** For each row the names in it. */
  readonly cells: readonly (readonly Named[])[];
  readonly used: readonly SheetColumn[];
  readonly findings: readonly Finding[];
}

/** The column that names the units, with the column of their codes. Where there are only codes, they are the names. */
function unitColumn({ columns, rows }: Sheet, kind: UnitKind): UnitColumn {
  const ofKind = columns.filter(({ role }) => role.kind === kind);
  const isCode = ({ role }: SheetColumn) => 'isCode' in role && role.isCode;
  const names = ofKind.filter((column) => !isCode(column));
  const name = names.find((column) => readName(column.name)?.meanings.has('DESCRIPTION')) ?? names[0] ?? ofKind[0];
  if (name === undefined) return { cells: [], used: [], findings: [] };
  const others =
    columns.filter(({ role }) => role.kind === 'location' || role.kind === 'department').length - ofKind.length;
  const code =
    ofKind.find((column) => column !== name && isCode(column)) ??
    (others === 0 ? columns.find(({ role }) => role.kind === 'code') : undefined);
  const split = splitCells(rows.map((row) => row[name.index] ?? ''));
  const cells = split.map((texts, index) => {
    const text = code && texts.length === 1 ? tidy(rows[index]?.[code.index] ?? '') : '';
    return texts.map((each) => ({ name: each, code: text === '' ? null : text }));
  });
  return {
    cells,
    used: code ? [name, code] : [name],
    findings: [...splitFindings(split, name), ...onlyCodes(name, isCode(name))],
  };
}

function splitFindings(split: readonly (readonly string[])[], { name }: SheetColumn): readonly Finding[] {
  const several = split.filter((names) => names.length > 1).length;
  return several === 0 ? [] : [look(name, `${several} cell(s) hold several names; each was taken by itself.`)];
}

function onlyCodes({ name }: SheetColumn, isCode: boolean): readonly Finding[] {
  return isCode ? [look(name, 'There are codes and no names; the groups would be called by their codes.')] : [];
}

function ignored({ columns }: Sheet, used: readonly SheetColumn[]): readonly Finding[] {
  return columns
    .filter((column) => column.name !== '' && !used.includes(column))
    .map(({ name }) => look(name, 'This column was not used.'));
}

function named(name: string): Named {
  return { name, code: null };
}

function look(column: string | null, text: string): Finding {
  return { level: 'look', column, text };
}
