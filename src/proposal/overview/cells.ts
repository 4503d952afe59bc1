/** One row of an overview, taken apart: what it says about locations and about departments. */
export interface OverviewRow {
  readonly locations: readonly Named[];
  readonly departments: readonly Named[];
}

export interface Named {
  readonly name: string;
  readonly code: string | null;
}

/** Blanks that nobody sees are no part of a name. */
export function tidy(cell: string): string {
  return cell.replace(/[\s\u00a0\u200b]+/gu, ' ').trim();
}

/**
 * The names in each cell of a column. Line breaks, semicolons, bars and bullets always separate names. A comma does only
 * where all that it separates stands in other cells too: "Finance, Legal" may be one department.
 */
export function splitCells(cells: readonly string[]): readonly (readonly string[])[] {
  const hard = cells.map((cell) => namesOf(cell.split(/[\n\r;|•]+/)));
  const seenIn = new Map<string, Set<number>>();
  for (const [index, names] of hard.entries()) {
    for (const part of new Set(names.flatMap((name) => [name, ...name.split(',')]).map(key))) {
      seenIn.set(part, (seenIn.get(part) ?? new Set()).add(index));
    }
  }
  const standsElsewhere = (part: string) => (seenIn.get(key(part))?.size ?? 0) > 1;
  return hard.map((names) =>
    names.flatMap((name) => {
      const parts = namesOf(name.split(','));
      return parts.length > 1 && parts.every(standsElsewhere) ? parts : [name];
    }),
  );
}

function namesOf(parts: readonly string[]): readonly string[] {
  return parts.map((part) => tidy(part).replace(/^[-*]\s+/, '')).filter((part) => part !== '');
}

/** Group names differ by more than case and blanks around them (`groupKey`). */
export function key(name: string): string {
  return tidy(name).toLocaleLowerCase('en');
}
