import { mappingOnRecord } from '../../activities/mapping.js';
import { RunPlanner } from '../../activities/run-planner.js';
import { changeWords } from '../../report/change-words.js';
import type { ExplainedChange, Explanation, ExplainedPlan } from '../../report/explanation.js';
import type { CustomerWithConnections } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { readGroupKeys } from '../../store/network-groups.js';
import { isKnown, readPersonData, type PersonChangeRow, type PersonLink } from '../../store/people/person-data.js';
import { hasOtherZeros, isUserNameTaken, personToExplain } from '../../store/people/person-to-explain.js';
import type { DuePerson } from '../../store/plans.js';
import { findRun } from '../../store/runs.js';
import { KEPT_DAYS, planMoment } from '../../store/waits.js';
import { tracePerson } from '../../sync/explain/trace.js';
import { limitWords } from '../../sync/guards/guard-words.js';
import { GUARDED_KINDS, heldWithOf } from '../../sync/guarded-kind.js';
import { toCustomerId, type CustomerId, type Xid } from '../../sync/ids.js';
import type { CompiledMapping } from '../../sync/mapping/compile.js';
import { CommandFailed } from '../errors.js';

/** Nobody of this XID is known; the sentence tells no other id. */
export class UnknownPerson extends CommandFailed {
  constructor(customer: string, hasOtherZeros: boolean) {
    const near = hasOtherZeros
      ? ' There is one that differs in the zeros in front only: give it exactly as it stands in the record.'
      : '';
    super(
      `Nobody with this XID is in the record of ${customer}, has an account by the sync, or was ever in one of its runs. ` +
        `An XID is text: 0004711 is not 4711.${near} Nothing was changed.`,
    );
  }
}

export interface Explained {
  readonly explanation: Omit<Explanation, 'network'>;
  readonly mapping: CompiledMapping;
}

const MOST_CHANGES = 30;

/**
 * Gathers what is known of one person and what the engine makes of it, from Postgres alone; nothing is written.
 * @throws UnknownPerson, NoActiveMapping, UnknownMapping, MappingRejected, MissingColumn
 */
export async function explainPerson(
  database: Database,
  details: CustomerWithConnections,
  xid: Xid,
  version: number | undefined,
): Promise<Explained> {
  const customer = toCustomerId(details.id);
  const data = await readPersonData(database, customer, xid);
  if (!isKnown(data)) throw new UnknownPerson(customer, await hasOtherZeros(database, customer, xid));
  const { kept, mapping, snapshot } = await mappingOnRecord(database, customer, version);
  const moment = await planMoment(database, customer);
  const existing = await readGroupKeys(database, customer);
  const person = await personToExplain(database, customer, xid, moment.now);
  const planner = new RunPlanner({
    ...{ mapping, existing, ...moment },
    rowsWithoutId: snapshot?.withoutId ?? 0,
    unknownXids: new Set(),
    // What it seals is in no answer.
    seal: () => '',
  });
  const known = { groups: existing, today: moment.today, hasAccount: person.link?.state === 'active' };
  const newest = await findRun(database, customer, null);
  const changes = data.changes.map(toExplained).reverse();
  const explanation = {
    customer: { slug: customer, name: details.name, timeZone: details.timeZone },
    ...{ xid, today: moment.today, link: data.link, due: data.due },
    mapping: { version: kept.version, status: kept.status },
    delivery: snapshot && { fileName: snapshot.fileName, receivedAt: snapshot.receivedAt },
    trace: tracePerson(mapping, xid, recordsOf(person), known),
    keptUntil: keptUntil(data.link),
    plan: await planOf(database, customer, { mapping, planner, person }),
    held: changes.filter(({ run, guard }) => run === newest?.number && guard !== null),
    changes: changes.slice(0, MOST_CHANGES),
  };
  return { explanation, mapping };
}

interface ToPlan {
  readonly mapping: CompiledMapping;
  readonly planner: RunPlanner;
  readonly person: DuePerson;
}

async function planOf(
  database: Database,
  customer: CustomerId,
  { mapping, planner, person }: ToPlan,
): Promise<ExplainedPlan> {
  const { changes, waits, warnings } = planner.examine([person]);
  const kinds = new Set<string>(changes.map(heldWithOf));
  const limits = GUARDED_KINDS.filter((kind) => kinds.has(kind)).map((kind) => {
    const limit = mapping.mapping.guards.limits[kind];
    return { kind, limit: limit && limitWords(limit) };
  });
  const userName = changes.flatMap((change) => {
    if (change.kind === 'create') return [change.person.userName];
    return change.kind === 'update' ? [change.userName] : [];
  })[0];
  const isNameTaken = userName !== undefined && (await isUserNameTaken(database, customer, person.xid, userName));
  return {
    changes: [...planner.groups(), ...changes.map(withoutPassword)],
    waits: waits.map(({ until, reason }) => ({ until, reason })),
    ...{ warnings, limits, isNameTaken },
  };
}

function withoutPassword(change: ExplainedPlan['changes'][number]): ExplainedPlan['changes'][number] {
  if (change.kind !== 'create') return change;
  const { sealedPassword: _, ...rest } = change;
  return rest;
}

function recordsOf({ xid, rows }: DuePerson) {
  return rows.map((row) => ({ xid, ...row }));
}

function keptUntil(link: PersonLink | null): Date | null {
  if (link?.state !== 'suspended' || link.suspendedAt === null) return null;
  return new Date(link.suspendedAt.getTime() + KEPT_DAYS * 86_400_000);
}

function toExplained({
  run,
  runKind,
  startedAt,
  doneAt,
  change,
  status,
  guard,
  decidedBy,
  problem,
}: PersonChangeRow): ExplainedChange {
  const what = changeWords(change);
  return { run, runKind, at: doneAt ?? startedAt, what, why: change.reason.text, status, guard, decidedBy, problem };
}
