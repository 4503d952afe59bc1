import { z } from 'zod';
import type { ClosedPeople } from '../change-requests/state.js';
import type { MappingDifference } from '../proposal/diff/diff-mappings.js';
import { GUARDED_KINDS, type GuardedKind } from '../sync/guarded-kind.js';
import type { Database } from './database.js';
import type { ChangeProposal, ChangeRequest } from './prisma/client.js';

/** A group that the version empties, by its name. */
export interface ClosedGroup extends ClosedPeople {
  /** `business unit "Utrecht"` */
  readonly group: string;
}

export interface NewProposal {
  readonly changeRequestId: number;
  readonly version: number;
  readonly baseVersion: number;
  readonly run: number;
  readonly differences: readonly MappingDifference[];
  /** Sentences. */
  readonly effects: readonly string[];
  readonly closed: readonly ClosedGroup[];
}

/** Keeps what a version would do, and that the request is about this version now. Repeated, the last one counts. */
export async function saveProposal({ prisma }: Database, proposal: NewProposal): Promise<void> {
  const { changeRequestId, version, baseVersion, run, ...lists } = proposal;
  const data = {
    baseVersion,
    run,
    ...(JSON.parse(JSON.stringify(lists)) as { differences: []; effects: []; closed: [] }),
  };
  await prisma.$transaction([
    prisma.changeProposal.upsert({
      where: { changeRequestId_version: { changeRequestId, version } },
      create: { changeRequestId, version, ...data },
      update: data,
    }),
    prisma.changeRequest.update({ where: { id: changeRequestId }, data: { version } }),
  ]);
}

/** A proposal as it was kept. */
export interface KeptProposal extends Omit<NewProposal, 'changeRequestId'> {
  readonly createdAt: Date;
}

export async function listProposals({ prisma }: Database, changeRequestId: number): Promise<readonly KeptProposal[]> {
  const rows = await prisma.changeProposal.findMany({ where: { changeRequestId }, orderBy: { version: 'asc' } });
  return rows.map(toProposal);
}

/** null where that version was not proposed. */
export async function readProposal(
  { prisma }: Database,
  changeRequestId: number,
  version: number,
): Promise<KeptProposal | null> {
  const row = await prisma.changeProposal.findUnique({
    where: { changeRequestId_version: { changeRequestId, version } },
  });
  return row === null ? null : toProposal(row);
}

function toProposal({ version, baseVersion, run, createdAt, ...lists }: ChangeProposal): KeptProposal {
  return { version, baseVersion, run, createdAt, ...Lists.parse(lists) };
}

const text = z.string().nullable();
const people = z.number().int();

const Lists = z.object({
  differences: z.array(
    z.object({
      kind: z.enum(['added', 'removed', 'changed', 'moved']),
      ...{ subject: z.string(), before: text, after: text },
    }),
  ),
  effects: z.array(z.string()),
  closed: z.array(
    z.object({ group: z.string(), people, moved: people, without: people, leaving: people, untouched: people }),
  ),
});

/** People with changes of each kind that guards count, in the plan of a run. */
export async function countGuarded(
  { pool, prisma }: Database,
  customer: string,
  run: number,
): Promise<{
  readonly counts: Partial<Record<GuardedKind, number>>;
  readonly changed: number;
  readonly managed: number;
}> {
  const { id, plan } = await prisma.run.findUniqueOrThrow({
    where: { customerId_number: { customerId: customer, number: run } },
    include: { plan: true },
  });
  const { rows } = await pool.query<{ kind: GuardedKind; people: number }>(COUNT_GUARDED, [id]);
  const { rows: all } = await pool.query<{ people: number }>(
    'SELECT count(DISTINCT xid) AS people FROM change WHERE run_id = $1',
    [id],
  );
  return {
    counts: Object.fromEntries(rows.map(({ kind, people: count }) => [kind, count])),
    changed: all[0]?.people ?? 0,
    managed: plan?.managed ?? 0,
  };
}

/** As guards count: a role that gives more rights is another thing than one that takes them (`sync/guarded-kind.ts`). */
const COUNT_GUARDED = `
  SELECT kind, count(DISTINCT xid) AS people FROM (
    SELECT xid, CASE WHEN kind <> 'change_role' THEN kind
                     WHEN change->>'after' <> 'member' AND change->>'before' <> 'admin' THEN 'role_up'
                     ELSE 'role_down' END AS kind
    FROM change WHERE run_id = $1 AND xid IS NOT NULL) guarded
  WHERE kind = ANY ('{${GUARDED_KINDS.join()}}')
  GROUP BY kind ORDER BY kind`;

/** The versions that were proposed for a request. */
export async function versionsOfChange({ prisma }: Database, changeRequestId: number): Promise<readonly number[]> {
  const rows = await prisma.changeProposal.findMany({ where: { changeRequestId }, orderBy: { version: 'asc' } });
  return rows.map(({ version }) => version);
}

/** Ends a request whose workflow is gone, and retires what nobody else would. Answers how many versions. */
export async function abandonChange(
  { pool }: Database,
  { id, customerId }: Pick<ChangeRequest, 'id' | 'customerId'>,
): Promise<number> {
  const { rowCount } = await pool.query(
    `WITH ended AS (
       UPDATE change_request SET status = 'withdrawn', step = 'closed', ended_at = now() WHERE id = $1 AND status = 'open' RETURNING id)
     UPDATE mapping m SET status = 'retired' FROM change_proposal p, ended
     WHERE p.change_request_id = ended.id AND m.customer_id = $2 AND m.version = p.version
       AND m.status IN ('draft', 'proposed', 'approved')`,
    [id, customerId],
  );
  return rowCount ?? 0;
}
