import { heartbeat } from '@temporalio/activity';
import { Disguise } from '../../anonymise/disguise.js';
import { compareOutcomes } from '../../anonymise/law.js';
import { planDisguise, type DisguisePlan } from '../../anonymise/plan/plan.js';
import { translateMapping } from '../../anonymise/translate-mapping.js';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import { keepPaper } from '../../connections/test/papers.js';
import type { DeliveredRow } from '../../proof/delivery.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { mappingVersion } from '../../store/mappings.js';
import { peopleInAnyOrder, type PersonRows } from '../../store/record-pages.js';
import type { Snapshot } from '../../store/prisma/client.js';
import { lastAccepted } from '../../store/snapshots.js';
import { planMoment } from '../../store/waits.js';
import { mapRows } from '../../sync/desired/map-rows.js';
import { columnsRead, type CompiledMapping } from '../../sync/mapping/compile.js';
import type { EmployeeRecord } from '../../sync/record.js';
import { refuseMissingColumns, usableMapping } from '../mapping.js';
import { NothingDelivered, TestStopped } from '../refusals.js';
import type { ActivityParts } from '../parts.js';
import { deliverRows, type TestColumns } from './days.js';
import { languageOf } from './language-of.js';

/** How the records of a test are disguised: the same in every file of it. */
export interface TestDisguise {
  readonly disguise: Disguise;
  readonly plan: DisguisePlan;
  /** The mapping as it is, and as it stands in the test. */
  readonly real: CompiledMapping;
  readonly translated: CompiledMapping;
  readonly document: string;
  readonly today: string;
  readonly snapshot: Snapshot;
  readonly columns: TestColumns;
}

export interface Anonymised {
  readonly people: number;
  readonly rows: number;
}

/** Plans the disguise of the last accepted record. @throws NothingDelivered, MissingColumn, CannotDisguise */
export async function disguiseOf(parts: ActivityParts, space: TestSpace, version: number): Promise<TestDisguise> {
  const { database } = parts;
  const { customer, key } = space;
  const kept = await mappingVersion(database, customer, version);
  const real = usableMapping(kept);
  const snapshot = await lastAccepted(database, customer);
  if (snapshot === null) throw new NothingDelivered(customer);
  refuseMissingColumns(real, snapshot.columns);
  const { timeZone } = await readCustomer(database, customer);
  const { today } = await planMoment(database, customer);
  const plan = planDisguise(real.mapping, snapshot.columns);
  const disguise = new Disguise(plan, key.bytes, { ...languageOf(timeZone), today, domain: `${key.id}.invalid` });
  const document = translateMapping(kept.document, disguise);
  const idColumn = real.mapping.externalId.column;
  const others = columnsRead(real.mapping).filter((column) => column !== idColumn && plan.columns.has(column));
  const columns = { idColumn, columns: [idColumn, plan.orderColumn, ...others] };
  return { disguise, plan, real, translated: usableMapping({ document }), document, today, snapshot, columns };
}

/**
 * Reads the real record once and writes the anonymised one into the space, sealed with the key of the test. Of every person
 * the mapping makes the same before and after, or nothing is written.
 * @throws TestStopped that names the rule and the column of the law that does not hold
 */
export async function anonymiseInto(
  { database }: ActivityParts,
  space: TestSpace,
  made: TestDisguise,
  as: 'day-1' | 'made-2',
): Promise<Anonymised> {
  const counts = { people: 0, rows: 0 };
  const chunks = disguised(database, space, made, counts);
  if (as === 'day-1') {
    await keepPaper(space, 'columns', made.columns);
    await deliverRows(space, 'day-1', made.columns, chunks);
  } else {
    const rows: DeliveredRow[] = [];
    for await (const chunk of chunks) rows.push(...chunk);
    await keepPaper(space, 'made-2', { rows, columns: made.columns });
  }
  return counts;
}

async function* disguised(
  database: Database,
  space: TestSpace,
  made: TestDisguise,
  counts: { people: number; rows: number },
): AsyncGenerator<readonly DeliveredRow[]> {
  for await (const people of peopleInAnyOrder(database, space.customer, space.key.id)) {
    const rows = people.flatMap((person) => {
      const records = disguisePerson(made, person);
      keepLaw(made, person, records);
      counts.people += 1;
      return records.map(({ xid, fields }): DeliveredRow => ({ xid, row: ++counts.rows + 1, fields }));
    });
    heartbeat({ people: counts.people });
    yield rows;
  }
}

/** A row that could not be read says nothing but whose it is. */
function disguisePerson({ disguise }: TestDisguise, { xid, rows }: PersonRows): readonly EmployeeRecord[] {
  const pseudonym = disguise.id(xid);
  const readable = rows.flatMap(({ fields }) => (fields === null ? [] : [fields]));
  const fields = disguise.person(readable);
  let next = 0;
  return rows.map((record) => ({
    xid: pseudonym,
    row: record.row,
    fields: record.fields === null ? null : (fields[next++] ?? null),
  }));
}

/** Groups, roles, audience and active state are the same. @throws TestStopped */
function keepLaw(
  { real, translated, today }: TestDisguise,
  { xid, rows }: PersonRows,
  records: readonly EmployeeRecord[],
): void {
  const pseudonym = records[0]?.xid ?? xid;
  const before = mapRows(real, xid, rows, { today });
  const after = mapRows(translated, pseudonym, records, { today });
  const breach = compareOutcomes(real.mapping, before, after);
  if (breach === null) return;
  const where = breach.column === null ? '' : `, which reads the column "${breach.column}"`;
  throw new TestStopped(
    `The mapping makes other ${breach.what} of an anonymised record than of the real one, by ${breach.rule}${where}. ` +
      'So this rule cannot be tested on anonymised data, and nothing of it was written. Write the rule in another way, or leave it out of the test.',
  );
}
