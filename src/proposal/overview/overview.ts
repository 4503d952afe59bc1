import { foldName } from '../names/fold.js';
import type { Finding } from '../finding.js';

/** The customer's organisation, as its overview of locations and departments says. Each in the order of the file. */
export interface Overview {
  readonly locations: readonly OverviewGroup[];
  readonly departments: readonly OverviewGroup[];
  /** Which department is at which location, by their names; each pair once. */
  readonly pairs: readonly { readonly location: string; readonly department: string }[];
  readonly findings: readonly Finding[];
}

export interface OverviewGroup {
  readonly name: string;
  /** Its code, when the overview has one. */
  readonly code: string | null;
}

/** Every name and code of the overview: what `profileColumns` may name wherever it stands. */
export function namesIn({ locations, departments }: Pick<Overview, 'locations' | 'departments'>): readonly string[] {
  return [...locations, ...departments].flatMap(({ name, code }) => (code === null ? [name] : [name, code]));
}

/** Looks names and codes up as people write them. */
export function foldedNames(groups: readonly OverviewGroup[]): ReadonlySet<string> {
  return new Set(namesIn({ locations: groups, departments: [] }).map(foldName));
}
