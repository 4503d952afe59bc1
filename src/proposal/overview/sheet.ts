import type { NameReading } from '../names/read-name.js';
import { readName } from '../names/read-name.js';
import type { Concept } from '../names/concepts.js';

/** A part of an overview with a header of its own. */
export interface Sheet {
  readonly columns: readonly SheetColumn[];
  readonly rows: readonly (readonly string[])[];
}

export interface SheetColumn {
  readonly index: number;
  readonly name: string;
  readonly role: Role;
}

export type UnitKind = 'location' | 'department';
export type Role =
  { readonly kind: UnitKind; readonly isCode: boolean } | { readonly kind: 'type' | 'name' | 'code' | 'other' };

/** A header may stand below a title or two. */
const TITLE_ROWS = 5;

/**
 * Cuts an overview into its parts: a header and the rows below it, as often as a row above or after blank ones names
 * locations or departments. Rows before the first header are titles.
 */
export function cutSheets(rows: readonly (readonly string[])[]): readonly Sheet[] {
  const sheets: { columns: readonly SheetColumn[]; rows: (readonly string[])[] }[] = [];
  let isAfterBlank = true;
  for (const [index, cells] of rows.entries()) {
    const isBlank = cells.every((cell) => cell === '');
    const mayBeHeader = isAfterBlank || (sheets.length === 0 && index < TITLE_ROWS);
    const columns = mayBeHeader && !isBlank ? headerColumns(cells) : null;
    if (columns !== null) sheets.push({ columns, rows: [] });
    else if (!isBlank) sheets.at(-1)?.rows.push(cells);
    isAfterBlank = isBlank;
  }
  return sheets;
}

/** The roles of a header; null when none of its cells names a location, a department, or a type with a name. */
function headerColumns(cells: readonly string[]): readonly SheetColumn[] | null {
  const readings = cells.map((cell) => (cell === '' ? null : readName(cell)));
  const roles = readings.map((reading) => roleOf(reading));
  const kinds = new Set(roles.map(({ kind }) => kind));
  const best = kinds.has('location') || kinds.has('department') ? roles : secondBest(readings, roles);
  const found = new Set(best.map(({ kind }) => kind));
  if (!found.has('location') && !found.has('department') && !(found.has('type') && found.has('name'))) return null;
  return best.map((role, index) => ({ index, name: cells[index] ?? '', role }));
}

function roleOf(reading: NameReading | null): Role {
  if (reading === null) return { kind: 'other' };
  const { concept, meanings } = reading;
  const isCode =
    ['CODE', 'ID', 'NUMBER'].some((meaning) => meanings.has(meaning as 'CODE')) &&
    !meanings.has('DESCRIPTION') &&
    !meanings.has('NAME');
  if (concept === 'location' || concept === 'businessUnit') return { kind: 'location', isCode };
  if (concept === 'department' || concept === 'orgUnit' || concept === 'team') return { kind: 'department', isCode };
  if (concept === 'name' || concept === 'fullName' || meanings.has('DESCRIPTION')) return { kind: 'name' };
  if (meanings.has('TYPE')) return { kind: 'type' };
  return isCode ? { kind: 'code' } : { kind: 'other' };
}

/** What else customers call their locations and departments, asked when nothing clearer stands there. */
const SECOND_BEST: Readonly<Partial<Record<Concept, UnitKind>>> = {
  city: 'location',
  region: 'location',
  company: 'location',
  division: 'department',
  costCentre: 'department',
};

function secondBest(readings: readonly (NameReading | null)[], roles: readonly Role[]): readonly Role[] {
  if (roles.some(({ kind }) => kind === 'type')) return roles;
  return readings.map((reading, index) => {
    const kind = reading === null ? undefined : SECOND_BEST[reading.concept];
    return kind === undefined ? (roles[index] ?? { kind: 'other' }) : { kind, isCode: false };
  });
}
