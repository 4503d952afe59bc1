import type { EffectDifference } from '../report/effect-words.js';
import type { ClosedGroup } from '../store/change-proposals.js';
import type { Database } from '../store/database.js';
import { readGroupKeys, readRoles } from '../store/network-groups.js';
import { examineSnapshot } from '../store/snapshot-people.js';
import { lastAccepted } from '../store/snapshots.js';
import { mapRows, type KnownNetwork } from '../sync/desired/map-rows.js';
import { DIFFERENCES, outcomeDifferences, type OutcomeDifference } from '../sync/effect/outcome-difference.js';
import type { CustomerId } from '../sync/ids.js';
import { compileMapping } from '../sync/mapping/compile.js';
import type { Mapping } from '../sync/mapping/mapping.js';
import { GroupFates } from './group-fates.js';

/** What one mapping makes of a snapshot otherwise than another. */
export interface SnapshotComparison {
  readonly effects: readonly EffectDifference[];
  /** Groups that have people with the first mapping and none with the second. */
  readonly closed: readonly ClosedGroup[];
}

/**
 * What one mapping makes of the last accepted snapshot otherwise than another, in people; null before the first one. The
 * network is taken as last read. @throws MappingRejected when the snapshot lacks a column of one of them.
 */
export async function compareOnSnapshot(
  database: Database,
  customer: CustomerId,
  before: Mapping,
  after: Mapping,
  onProgress: (people: number) => void = () => undefined,
): Promise<SnapshotComparison | null> {
  const snapshot = await lastAccepted(database, customer);
  if (snapshot === null) return null;
  const [one, other] = [compileMapping(before, snapshot.columns), compileMapping(after, snapshot.columns)];
  const known = await knownNetwork(database, customer);
  const people = new Map<OutcomeDifference, number>();
  const fates = new GroupFates();
  const examiner = {
    // Who claims whose user name is shown by a dry run; here each person is looked at alone.
    userNameOf: () => null,
    take: ({ xid, rows }: Parameters<Parameters<typeof examineSnapshot>[3]['take']>[0]) => {
      const [was, becomes] = [mapRows(one, xid, rows, known), mapRows(other, xid, rows, known)];
      for (const difference of outcomeDifferences(was, becomes)) {
        people.set(difference, (people.get(difference) ?? 0) + 1);
      }
      fates.add(was, becomes);
    },
  };
  await examineSnapshot(database, customer, null, examiner, onProgress);
  const effects = DIFFERENCES.flatMap((difference) => {
    const count = people.get(difference);
    return count === undefined ? [] : [{ difference, people: count }];
  });
  return { effects, closed: fates.closed() };
}

/** Every network has roles, so none means that it was never read, and then nothing is held against it. */
async function knownNetwork(database: Database, customer: CustomerId): Promise<KnownNetwork> {
  if ((await readRoles(database, customer)).length === 0) return {};
  return { groups: await readGroupKeys(database, customer) };
}
