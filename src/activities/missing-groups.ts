import type { Change, PersonChange } from '../sync/change.js';
import { groupKey } from '../sync/group.js';
import type { GroupKey } from '../sync/ids.js';
import { groupsToCreate } from '../sync/plan/groups-to-create.js';

/** The groups that people are to join and that the network does not have, gathered page by page. */
export class MissingGroups {
  /** One join for each. */
  readonly #joins = new Map<GroupKey, PersonChange>();

  constructor(private readonly existing: ReadonlySet<GroupKey>) {}

  note(changes: readonly PersonChange[]): void {
    for (const change of changes) {
      if (change.kind !== 'join') continue;
      const key = groupKey(change.group);
      if (!this.existing.has(key) && !this.#joins.has(key)) this.#joins.set(key, change);
    }
  }

  toCreate(): readonly Extract<Change, { kind: 'create_group' }>[] {
    return groupsToCreate(this.#joins.values(), this.existing);
  }
}
