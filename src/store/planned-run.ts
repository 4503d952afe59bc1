import { CHANGE_ORDER, type ChangeKind } from '../sync/change.js';
import type { Database } from './database.js';
import type { Run } from './prisma/client.js';
import { detailsRemovedAt } from './retention.js';
import { findRun } from './runs.js';

/** A dry run has no plan that a live run could be held to. */
export class NothingPlanned extends Error {
  override readonly name = 'NothingPlanned';
  constructor(customer: string, run: number, why: string) {
    super(
      `The plan of run ${run} of ${customer} cannot be applied: ${why}. Nothing was changed. ` +
        `"usersync sync plan ${customer}" makes a new one.`,
    );
  }
}

/** What a live run would do is no longer what the dry run showed. Thrown after planning, before anything is applied. */
export class PlanDiffers extends Error {
  override readonly name = 'PlanDiffers';
  constructor(customer: string, planned: number, differences: readonly string[]) {
    super(
      `The plan of dry run ${planned} is not applied, because a run would do something else by now: ${differences.join('; ')}. ` +
        `Nothing in the network was changed. Look at it anew with "usersync sync plan ${customer}", and run that one as planned.`,
    );
  }
}

/** The dry run whose plan a live run is to apply as it is. @throws NothingPlanned */
export async function findPlanned(database: Database, customer: string, number: number): Promise<Run> {
  const run = await findRun(database, customer, number);
  const refuse = (why: string): never => {
    throw new NothingPlanned(customer, number, why);
  };
  if (run === null) return refuse('there is no such run');
  if (run.kind !== 'dry') return refuse('it was no dry run');
  if (run.reconciles || run.undoes !== null) return refuse('it was not about the record');
  if (run.status !== 'done') return refuse(run.endedAt === null ? 'it is still under way' : 'it did not end well');
  if (detailsRemovedAt(run.summary) !== null) return refuse('it was removed, since its time was over');
  return run;
}

/** Holds the plan of a live run to that of a dry run, change for change. @throws PlanDiffers, NothingPlanned */
export async function refuseOtherPlan(database: Database, { id }: Run, number: number): Promise<void> {
  const run = await database.prisma.run.findUniqueOrThrow({ where: { id } });
  const planned = await findPlanned(database, run.customerId, number);
  const differences = [
    ...((await haveSameContent(database, planned, run))
      ? []
      : [`it is planned from ${snapshotWords(run)}, and was from ${snapshotWords(planned)}`]),
    ...(run.mappingVersion === planned.mappingVersion
      ? []
      : [
          `version ${run.mappingVersion ?? 0} of the mapping is active, and it was version ${planned.mappingVersion ?? 0}`,
        ]),
    ...(await differingKinds(database, planned.id, id)),
  ];
  if (differences.length > 0) throw new PlanDiffers(run.customerId, number, differences);
}

/** A file that was only looked at is fetched once more, as a snapshot of its own with the same content. */
async function haveSameContent({ prisma }: Database, one: Run, other: Run): Promise<boolean> {
  if (one.snapshotUsed === other.snapshotUsed) return true;
  const ids = [one, other].flatMap(({ snapshotUsed }) => snapshotUsed ?? []);
  const [first, second] = await prisma.snapshot.findMany({ where: { id: { in: ids } }, select: { sha256: true } });
  return first !== undefined && first.sha256 === second?.sha256;
}

function snapshotWords({ snapshotUsed }: Run): string {
  return snapshotUsed === null ? 'no snapshot' : `snapshot ${snapshotUsed}`;
}

interface DifferingKind {
  readonly kind: ChangeKind;
  readonly added: number;
  readonly removed: number;
  /** The same on both sides, but for what guards say to them. */
  readonly judged: number;
}

async function differingKinds({ pool }: Database, planned: number, now: number): Promise<readonly string[]> {
  // A password is sealed with another salt every time: the same one never looks the same twice.
  const { rows } = await pool.query<DifferingKind>(
    `WITH one AS (SELECT kind, xid, change - 'sealedPassword' AS change, held_with FROM change WHERE run_id = $1),
       other AS (SELECT kind, xid, change - 'sealedPassword' AS change, held_with FROM change WHERE run_id = $2),
       counted AS (
         SELECT kind, 0 AS added, 1 AS removed, 0 AS judged FROM (
           SELECT kind, xid, change FROM one EXCEPT ALL SELECT kind, xid, change FROM other) AS gone
         UNION ALL SELECT kind, 1, 0, 0 FROM (
           SELECT kind, xid, change FROM other EXCEPT ALL SELECT kind, xid, change FROM one) AS more
         UNION ALL SELECT kind, 0, 0, 1 FROM (SELECT * FROM other EXCEPT ALL SELECT * FROM one) AS judged
       )
     SELECT kind, sum(added)::int AS added, sum(removed)::int AS removed, sum(judged - added)::int AS judged
     FROM counted GROUP BY kind`,
    [planned, now],
  );
  return [...rows].sort((a, b) => CHANGE_ORDER.indexOf(a.kind) - CHANGE_ORDER.indexOf(b.kind)).map(kindWords);
}

function kindWords({ kind, added, removed, judged }: DifferingKind): string {
  const parts = [
    ...(added > 0 ? [`${added} that the dry run did not have`] : []),
    ...(removed > 0 ? [`${removed} fewer of those that it had`] : []),
    ...(judged > 0 ? [`${judged} that guards judge otherwise`] : []),
  ];
  return `changes of the kind "${kind.replaceAll('_', ' ')}": ${parts.join(', ')}`;
}
