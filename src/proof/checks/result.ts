import type { Expectations } from '../state.js';
import type { FoundNetwork } from '../found.js';

/** The questions of the timeline, weeks 5 and 6, and one of our own: `untouched`. */
export type CheckName =
  | 'all-invited'
  | 'right-groups'
  | 'prefilled'
  | 'right-roles'
  | 'new-invited'
  | 'former-removed'
  | 'changes-applied'
  | 'untouched';

/** Something that is not as it should be. Carries no value of a record but ids, which are pseudonyms, and names of groups and roles. */
export interface Difference {
  /** The XID of the person, or what is known of an account without one. */
  readonly person: string;
  /** `groups[2]`: what the mapping says is the reason why it is expected. */
  readonly rule: string;
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly rows: readonly number[];
}

export interface CheckResult {
  readonly check: CheckName;
  /** People whom it looked at. */
  readonly lookedAt: number;
  /** The first of them. */
  readonly differences: readonly Difference[];
  readonly totalDifferences: number;
  /** People with a difference. */
  readonly people: number;
}

/** One day of the test: what was expected, and what the network showed before and after the run. */
export interface TestDay {
  readonly expected: Expectations;
  readonly found: FoundNetwork;
  /** The network before the run. */
  readonly before: FoundNetwork;
  /** What was expected after the day before; none on the day of activation. */
  readonly previous?: Expectations;
}

/** More in a list help nobody: it is one mistake. */
const LISTED = 1_000;

/** Gathers what one check sees. */
export class Gathered {
  private readonly differences: Difference[] = [];
  private readonly people = new Set<string>();
  private total = 0;
  lookedAt = 0;

  constructor(private readonly check: CheckName) {}

  add(...differences: readonly Difference[]): void {
    for (const difference of differences) {
      this.total++;
      this.people.add(difference.person);
      if (this.differences.length < LISTED) this.differences.push(difference);
    }
  }

  result(): CheckResult {
    const { check, lookedAt, differences, total, people } = this;
    return { check, lookedAt, differences, totalDifferences: total, people: people.size };
  }
}
