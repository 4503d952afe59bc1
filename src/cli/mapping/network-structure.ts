import { readGroups, readRoles } from '../../store/network-groups.js';
import type { Database } from '../../store/database.js';
import type { CustomerId } from '../../sync/ids.js';
import type { Surroundings } from '../../sync/mapping/check.js';

/** The network's groups and custom roles as last read; null before the first plan, when nothing was read yet. */
export async function readNetworkStructure(
  database: Database,
  customer: CustomerId,
): Promise<Pick<Surroundings, 'groups' | 'roles'> | null> {
  const groups = await readGroups(database, customer);
  const roles = await readRoles(database, customer);
  // Every network has roles, so none means that it was never read.
  if (roles.length === 0) return null;
  return {
    groups: groups.map(({ group }) => group),
    roles: roles.filter(({ key }) => key === null).map(({ name }) => name),
  };
}
