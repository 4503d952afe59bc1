import { madeAccount } from './made-account.js';
import { outcomeToday } from './outcome-kind.js';
import type { LinkFacts } from '../store/links.js';
import type { DuePerson, Examined, Planner } from '../store/plans.js';
import { judgePlan, type PlanFigures, type Verdict } from '../sync/guards/judge-plan.js';
import type { Xid } from '../sync/ids.js';
import type { CompiledMapping } from '../sync/mapping/compile.js';
import type { Warning } from '../sync/person.js';
import { writePolicies, type WritePolicies } from '../sync/plan/profile-changes.js';
import { keepsAnAdmin } from '../sync/reconcile/administrators.js';
import type { NetworkReading } from '../sync/reconcile/reading.js';
import { reconcilePerson, unmanaged, type ReconcileSubject } from '../sync/reconcile/reconcile-person.js';

export interface ReconcileParts {
  readonly mapping: CompiledMapping;
  readonly reading: NetworkReading;
  readonly links: ReadonlyMap<Xid, LinkFacts>;
  /** The day at the customer, `2026-11-30`. */
  readonly today: string;
}

/** Compares every link with the network, page by page. */
export class ReconcilePlanner implements Planner {
  readonly #writes: WritePolicies;
  readonly #mayLoseAdmin: boolean;
  #passedOver = 0;

  constructor(private readonly parts: ReconcileParts) {
    this.#writes = writePolicies(parts.mapping.mapping.columns);
    this.#mayLoseAdmin = keepsAnAdmin(parts.reading, parts.links.values());
  }

  examine(people: readonly DuePerson[]): Examined {
    const subjects = people.flatMap((person) => this.subjectOf(person) ?? []);
    const found = subjects.map((subject) => reconcilePerson(subject, this.parts.reading));
    return {
      changes: found.flatMap(({ changes }) => changes),
      warnings: found.flatMap(({ drift }) => drift),
      waits: [],
      examined: subjects.length,
    };
  }

  /** An account that was only intended is the next run's; what was written while the network was read, nobody can compare. */
  private subjectOf({ xid, rows, link }: DuePerson): ReconcileSubject | null {
    const facts = this.parts.links.get(xid);
    const account = madeAccount(link);
    if (account === null || facts === undefined) return null;
    if (facts.isFresh) {
      this.#passedOver += 1;
      return null;
    }
    const outcome = outcomeToday(this.parts.mapping, { xid, rows }, { today: this.parts.today, hasAccount: true });
    return {
      ...{ xid, link: account, userEid: facts.userEid },
      ...{ outcome: outcome.kind, wanted: outcome.kind === 'active' ? outcome.person : null },
      ...{ writes: this.#writes, mayLoseAdmin: this.#mayLoseAdmin },
    };
  }

  /** Nobody joins a group that is not there: it may have been renamed. */
  groups() {
    return [];
  }

  remarks(): readonly Warning[] {
    const { reading, links } = this.parts;
    const foreign = [...reading.byXid.keys()].filter((xid) => !links.has(xid)).sort();
    return [...foreign.map(unmanaged), ...(this.#passedOver === 0 ? [] : [passedOver(this.#passedOver)])];
  }

  get whenHeld() {
    return this.parts.mapping.mapping.guards.whenHeld;
  }

  hold(figures: Omit<PlanFigures, 'arriving'>): Verdict {
    return judgePlan(this.parts.mapping.mapping.guards, { ...figures, arriving: 0 });
  }
}

function passedOver(people: number): Warning {
  const text =
    `Another run wrote to ${people} people while the network was read, so they were not compared. ` +
    'Reconcile again when no run is under way.';
  return { code: 'not-compared', xid: null, rows: [], column: null, text };
}
