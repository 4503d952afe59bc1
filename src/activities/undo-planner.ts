import type { DuePerson, Examined, Planner } from '../store/plans.js';
import type { UndonePerson, UndoneRun } from '../store/undone-run.js';
import { decidedById } from '../sync/desired/exceptions.js';
import { judgePlan, type PlanFigures, type Verdict } from '../sync/guards/judge-plan.js';
import type { Eid, GroupKey } from '../sync/ids.js';
import type { CompiledMapping } from '../sync/mapping/compile.js';
import type { Profile, Warning } from '../sync/person.js';
import { leftAlone, undoPerson } from '../sync/undo/undo-person.js';
import { madeAccount } from './made-account.js';
import { MissingGroups } from './missing-groups.js';
import { outcomeKind } from './outcome-kind.js';

export interface UndoParts {
  readonly undone: UndoneRun;
  readonly mapping: CompiledMapping;
  /** The day at the customer, `2026-11-30`. */
  readonly today: string;
  readonly existing: ReadonlySet<GroupKey>;
  /** What the network shows now of people whose profile the run changed. */
  readonly shown: ReadonlyMap<Eid, Profile>;
}

/** Plans the way back from a run, page by page. */
export class UndoPlanner implements Planner {
  readonly #missingGroups: MissingGroups;

  constructor(private readonly parts: UndoParts) {
    this.#missingGroups = new MissingGroups(parts.existing);
  }

  examine(people: readonly DuePerson[]): Examined {
    const { undone, shown } = this.parts;
    const found = people.map((person) => {
      const { xid, link } = person;
      const outcome = this.outcomeOf(person);
      if (outcome === 'left_alone') return leftAlone(xid);
      const { userEid = null, ...facts } = undone.people.get(xid) ?? NOTHING_DONE;
      const of = userEid === null ? null : (shown.get(userEid) ?? null);
      const isKeptOut = outcome === 'kept_out';
      return undoPerson({ xid, link: madeAccount(link), isKeptOut, ...facts, shown: of }, undone.number);
    });
    const changes = found.flatMap((each) => each.changes);
    this.#missingGroups.note(changes);
    return { changes, warnings: found.flatMap((each) => each.stays), waits: [] };
  }

  /** By the mapping of today: whom nobody may touch now, or who is kept out, is not touched or given back for what was before. */
  private outcomeOf(person: DuePerson): ReturnType<typeof outcomeKind> {
    const { mapping, today } = this.parts;
    // By its id somebody is protected also where their row cannot be read.
    const byId = decidedById(mapping, person.xid);
    const kind = outcomeKind(mapping, person, { today, hasAccount: true });
    return byId === null || kind === 'left_alone' ? kind : byId.kind;
  }

  groups() {
    return this.#missingGroups.toCreate();
  }

  /** Others may be in a group that the run made. */
  remarks(): readonly Warning[] {
    const { groups } = this.parts.undone;
    if (groups === 0) return [];
    const words = groups === 1 ? 'One group that the run made stays' : `${groups} groups that the run made stay`;
    const text = `${words}: a group is never removed by the sync. Remove it in the network when nobody needs it.`;
    return [{ code: 'not-undone', xid: null, rows: [], column: null, text }];
  }

  get whenHeld() {
    return this.parts.mapping.mapping.guards.whenHeld;
  }

  hold(figures: Omit<PlanFigures, 'arriving'>): Verdict {
    return judgePlan(this.parts.mapping.mapping.guards, { ...figures, arriving: 0 });
  }
}

const NOTHING_DONE: UndonePerson = {
  ...{ done: [], userEid: null, isRestorable: true, wasThere: false, switchedSince: false },
};

/** Whose profile has to be looked at: a person's own edit is not undone. */
export function peopleToLookAt({ people }: UndoneRun): ReadonlySet<Eid> {
  const updated = [...people.values()].filter(({ done }) => done.some(({ kind }) => kind === 'update'));
  return new Set(updated.flatMap(({ userEid }) => (userEid === null ? [] : [userEid])));
}
