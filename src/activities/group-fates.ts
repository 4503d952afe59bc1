import type { ClosedGroup } from '../store/change-proposals.js';
import { groupKey, parentsOf, type GroupRef } from '../sync/group.js';
import type { GroupKey } from '../sync/ids.js';
import type { Outcome } from '../sync/person.js';
import { groupWords } from '../sync/plan/words.js';

interface Fate {
  readonly group: GroupRef;
  people: number;
  after: number;
  moved: number;
  without: number;
  leaving: number;
  untouched: number;
}

/** Where the people of each group are with another version of the mapping; memory grows with groups, not with people. */
export class GroupFates {
  readonly #fates = new Map<GroupKey, Fate>();

  add(before: Outcome, after: Outcome): void {
    const stays = after.kind === 'active' ? Object.values(after.person.memberships).map(({ group }) => group) : [];
    const kept = new Set(stays.map(groupKey));
    for (const group of stays) this.of(group).after += 1;
    if (before.kind !== 'active') return;
    for (const { group } of Object.values(before.person.memberships)) {
      const fate = this.of(group);
      fate.people += 1;
      if (!kept.has(groupKey(group))) fate[whereTo(group, after, stays)] += 1;
    }
  }

  /** Groups that lose everybody. A local department goes with the groups it stands in, and is told of only without them. */
  closed(): readonly ClosedGroup[] {
    const isClosed = (group: GroupRef): boolean => {
      const fate = this.#fates.get(groupKey(group));
      return fate !== undefined && fate.people > 0 && fate.after === 0;
    };
    return [...this.#fates.values()]
      .filter(({ group }) => isClosed(group) && !parentsOf(group).some(isClosed))
      .map(({ group, people, moved, without, leaving, untouched }) => ({
        ...{ group: groupWords(group), people, moved, without, leaving, untouched },
      }))
      .toSorted((one, other) => (one.group < other.group ? -1 : 1));
  }

  private of(group: GroupRef): Fate {
    const key = groupKey(group);
    const known = this.#fates.get(key);
    if (known !== undefined) return known;
    const fate = { group, people: 0, after: 0, moved: 0, without: 0, leaving: 0, untouched: 0 };
    this.#fates.set(key, fate);
    return fate;
  }
}

function whereTo(
  from: GroupRef,
  after: Outcome,
  stays: readonly GroupRef[],
): 'moved' | 'without' | 'leaving' | 'untouched' {
  if (after.kind === 'active') return stays.some(({ kind }) => kind === from.kind) ? 'moved' : 'without';
  return after.kind === 'inactive' || after.kind === 'kept_out' ? 'leaving' : 'untouched';
}
