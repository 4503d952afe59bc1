import type { Database } from '../../store/database.js';
import { activeMapping } from '../../store/mappings.js';
import { readGroupKeys } from '../../store/network-groups.js';
import { linksWithoutRecord } from '../../store/links.js';
import { peopleInAnyOrder } from '../../store/record-pages.js';
import { groupKey } from '../../sync/group.js';
import { mapRows } from '../../sync/desired/map-rows.js';
import type { CustomerId } from '../../sync/ids.js';
import type { CompiledMapping } from '../../sync/mapping/compile.js';
import { UnusableWaves, Waves, type NamedWish } from '../../release/waves.js';
import { usableMapping } from '../mapping.js';

export interface DividedRecord {
  readonly mappingVersion: number;
  readonly waves: readonly { readonly name: string; readonly xids: readonly string[] }[];
}

/** Puts everybody of the last accepted record, and everybody under the sync, into waves. @throws UnusableWaves, NoActiveMapping */
export async function divideRecord(
  database: Database,
  customer: CustomerId,
  wishes: readonly NamedWish[],
): Promise<DividedRecord> {
  const kept = await activeMapping(database, customer);
  const mapping = usableMapping(kept);
  const groups = await readGroupKeys(database, customer);
  const waves = new Waves(wishes.map(withKeys));
  let people = 0;
  for await (const page of peopleInAnyOrder(database, customer, 'waves')) {
    people += page.length;
    for (const { xid, rows } of page) waves.add({ xid, units: unitsOf(mapping, groups, xid, rows) });
  }
  if (people === 0) throw new UnusableWaves('no employee record was accepted yet, so nobody is known.');
  for (const xid of await linksWithoutRecord(database, customer)) waves.add({ xid, units: [] });
  const made = waves.result();
  const empty = wishes.find(({ name }) => !made.some((wave) => wave.name === name));
  if (empty !== undefined) throw new UnusableWaves(`nobody is in "${empty.name}".`);
  return { mappingVersion: kept.version, waves: made };
}

/** Names of units are compared as the network compares them. */
function withKeys({ name, whom }: NamedWish): NamedWish {
  if (whom.kind !== 'unit') return { name, whom };
  return {
    name,
    whom: { kind: 'unit', units: whom.units.map((unit) => groupKey({ kind: 'business_unit', name: unit })) },
  };
}

function unitsOf(
  mapping: CompiledMapping,
  groups: Awaited<ReturnType<typeof readGroupKeys>>,
  xid: Parameters<typeof mapRows>[1],
  rows: Parameters<typeof mapRows>[2],
): readonly string[] {
  // Without a look at the network's groups nothing is missing: they may only be made by the first wave.
  const outcome = mapRows(mapping, xid, rows, groups.size === 0 ? {} : { groups });
  if (outcome.kind !== 'active') return [];
  return Object.values(outcome.person.memberships).flatMap(({ group }) => {
    if (group.kind === 'business_unit') return [groupKey(group)];
    return group.kind === 'local_department' ? [groupKey({ kind: 'business_unit', name: group.businessUnit })] : [];
  });
}
