import { groupKey, type GroupRef } from '../../sync/group.js';
import type { Overview } from './overview.js';

/**
 * The groups that an overview asks for, in the order in which they can be created: business units, departments, then local
 * departments, whose parents come before them. What exists already is left out.
 */
export function planGroups(overview: Overview, existing: readonly GroupRef[]): readonly GroupRef[] {
  const wanted: readonly GroupRef[] = [
    ...overview.locations.map(({ name }) => ({ kind: 'business_unit', name }) as const),
    ...overview.departments.map(({ name }) => ({ kind: 'department', name }) as const),
    ...overview.pairs.map(
      ({ location, department }) => ({ kind: 'local_department', businessUnit: location, department }) as const,
    ),
  ];
  const known = new Set(existing.map(groupKey));
  return wanted.filter((group) => {
    const key = groupKey(group);
    return !known.has(key) && known.add(key);
  });
}
