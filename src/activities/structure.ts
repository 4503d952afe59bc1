import type { Network } from '../network/network.js';
import type { Database } from '../store/database.js';
import { saveStructure } from '../store/network-groups.js';
import type { CustomerId } from '../sync/ids.js';

/** Reads the groups and roles that a network has now, and keeps them. `forget`: those that are gone. @throws NetworkError */
export async function refreshStructure(
  database: Database,
  customer: CustomerId,
  network: Network,
  { forget }: { readonly forget: boolean },
) {
  const groups = await network.groups();
  const roles = await network.roles();
  await saveStructure(database, customer, groups, roles, { forget });
  return { groups, roles };
}
