import { countWords, numberWords } from '../../report/words.js';
import type { Database } from '../../store/database.js';
import { examineSnapshot } from '../../store/snapshot-people.js';
import { lastAccepted } from '../../store/snapshots.js';
import { mapRows, type KnownNetwork } from '../../sync/desired/map-rows.js';
import { DIFFERENCES, outcomeDifferences, type OutcomeDifference } from '../../sync/effect/outcome-difference.js';
import { groupKey } from '../../sync/group.js';
import type { CustomerId } from '../../sync/ids.js';
import { compileMapping } from '../../sync/mapping/compile.js';
import type { Mapping } from '../../sync/mapping/mapping.js';
import { readNetworkStructure } from './network-structure.js';

export interface EffectDifference {
  readonly difference: OutcomeDifference;
  readonly people: number;
}

/**
 * What one mapping makes of the last accepted snapshot otherwise than another, in people; null before the first one. The
 * network is taken as last read. @throws MappingRejected when the snapshot lacks a column of one of them.
 */
export async function compareEffects(
  database: Database,
  customer: CustomerId,
  before: Mapping,
  after: Mapping,
): Promise<readonly EffectDifference[] | null> {
  const snapshot = await lastAccepted(database, customer);
  if (snapshot === null) return null;
  const [one, other] = [compileMapping(before, snapshot.columns), compileMapping(after, snapshot.columns)];
  const known = await knownNetwork(database, customer);
  const people = new Map<OutcomeDifference, number>();
  await examineSnapshot(database, customer, null, {
    // Who claims whose user name is shown by a dry run; here each person is looked at alone.
    userNameOf: () => null,
    take: ({ xid, rows }) => {
      const differences = outcomeDifferences(mapRows(one, xid, rows, known), mapRows(other, xid, rows, known));
      for (const difference of differences) people.set(difference, (people.get(difference) ?? 0) + 1);
    },
  });
  return DIFFERENCES.flatMap((difference) => {
    const count = people.get(difference);
    return count === undefined ? [] : [{ difference, people: count }];
  });
}

async function knownNetwork(database: Database, customer: CustomerId): Promise<KnownNetwork> {
  const structure = await readNetworkStructure(database, customer);
  return structure?.groups === undefined ? {} : { groups: new Set(structure.groups.map(groupKey)) };
}

/** `12 people change group, 3 lose admin` */
export function effectWords(effects: readonly EffectDifference[] | null): string {
  if (effects === null) return 'There is no accepted snapshot yet, so nobody can be counted.';
  if (effects.length === 0) return 'Nobody in the last accepted snapshot is changed by it.';
  const told = effects.map(({ difference, people }, index) => {
    const count = index === 0 ? countWords(people, 'person', 'people') : numberWords(people);
    return `${count} ${people === 1 ? singular(difference) : difference}`;
  });
  return `In the last accepted snapshot: ${told.join(', ')}.`;
}

/** `change group` of one person is `changes group`. */
function singular(difference: OutcomeDifference): string {
  const [verb = '', ...rest] = difference.split(' ');
  return [verb === 'are' ? 'is' : `${verb}s`, ...rest].join(' ');
}
