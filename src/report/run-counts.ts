import type { ChangeCount } from '../store/changes.js';
import type { ChangeKind } from '../sync/change.js';

/** What is known of a run beside its changes. */
export interface RunFacts {
  readonly kind: 'dry' | 'live' | 'test';
  /** Rows and people of the delivery that was planned; null when there was none. */
  readonly rows: number | null;
  readonly people: number | null;
  /** People with an active account under the sync before the run; null when nothing was planned. */
  readonly managed: number | null;
  readonly startedAt: Date;
  /** null while the run goes on. */
  readonly endedAt: Date | null;
}

/** One run in the words of its table. A dry run counts what would be done, any other one what was done. */
export interface RunCounts {
  /** Rows of the delivery. */
  readonly read: number | null;
  /** Different ids among them. */
  readonly people: number | null;
  /** People with an active account under the sync after the run. */
  readonly active: number | null;
  /** Groups. */
  readonly groups: number;
  /** Accounts. */
  readonly created: number;
  readonly invited: number;
  /** Memberships, not people: somebody who joins three groups counts three times. */
  readonly joined: number;
  readonly roles: number;
  readonly updated: number;
  /** Memberships. */
  readonly left: number;
  readonly suspended: number;
  readonly restored: number;
  readonly held: number;
  readonly failed: number;
  /** Not tried, since something before it failed. */
  readonly skipped: number;
  /** From start to end; null while the run goes on. */
  readonly milliseconds: number | null;
}

/** Turns counts by kind and status into the words of the table: the one place where they are chosen. */
export function summarise(counts: readonly ChangeCount[], facts: RunFacts): RunCounts {
  const effective = facts.kind === 'dry' ? 'planned' : 'done';
  const of = (kind: ChangeKind): number => sum(counts, (count) => count.kind === kind && count.status === effective);
  const [created, restored, suspended] = [of('create'), of('restore'), of('suspend')];
  return {
    read: facts.rows,
    people: facts.people,
    active: facts.managed === null ? null : facts.managed + created + restored - suspended,
    groups: of('create_group'),
    created,
    invited: of('invite'),
    joined: of('join'),
    roles: of('change_role'),
    updated: of('update'),
    left: of('leave'),
    suspended,
    restored,
    held: sum(counts, ({ status }) => status === 'held'),
    failed: sum(counts, ({ status }) => status === 'failed'),
    skipped: sum(counts, ({ status }) => status === 'skipped'),
    milliseconds: facts.endedAt === null ? null : facts.endedAt.getTime() - facts.startedAt.getTime(),
  };
}

function sum(counts: readonly ChangeCount[], belongs: (count: ChangeCount) => boolean): number {
  return counts.filter(belongs).reduce((total, { changes }) => total + changes, 0);
}
