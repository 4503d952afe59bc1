import { inTransaction, type Database } from './database.js';
import { lockCustomer } from './lock-customer.js';
import type { Prisma, Test, TestStatus } from './prisma/client.js';
import type { CustomerId } from '../sync/ids.js';

export type { Test, TestStatus } from './prisma/client.js';

/** No test of this number. */
export class UnknownTest extends Error {
  override readonly name = 'UnknownTest';
  constructor(customer: string, number: number) {
    super(
      `There is no test ${number} of ${customer}. "usersync test list ${customer}" shows those that there are. Nothing was changed.`,
    );
  }
}

/** A customer has one test at a time. */
export class TestUnderWay extends Error {
  override readonly name = 'TestUnderWay';
  constructor(customer: string, number: number) {
    super(
      `Test ${number} of ${customer} is under way, or something of it is still there. No other one was begun. ` +
        `See "usersync test show ${customer} ${number}"; "usersync test stop ${customer} ${number}" ends it and removes everything.`,
    );
  }
}

export interface NewTest {
  readonly customer: CustomerId;
  /** A second call with the same key answers the same test. */
  readonly requestKey: string;
  readonly requestedBy: string;
  readonly mappingVersion: number;
  /** The test's own key, sealed. */
  readonly key: string;
  /** From now on, in milliseconds. */
  readonly limitMs: number;
}

/** Issues the customer's next test number, with the names of everything that will be the test's own. @throws TestUnderWay */
export async function openTest(database: Database, request: NewTest): Promise<number> {
  const { customer, requestKey } = request;
  return inTransaction(database, async (connection) => {
    await lockCustomer(connection, customer);
    const { rows: all } = await connection.query<{ number: number; requestKey: string; isOver: boolean }>(
      `SELECT number, request_key AS "requestKey", torn_down_at IS NOT NULL AS "isOver"
       FROM test WHERE customer_id = $1 ORDER BY number DESC`,
      [customer],
    );
    const mine = all.find((test) => test.requestKey === requestKey);
    if (mine !== undefined) return mine.number;
    const open = all.find(({ isOver }) => !isOver);
    if (open !== undefined) throw new TestUnderWay(customer, open.number);
    const number = (all[0]?.number ?? 0) + 1;
    await connection.query(
      `INSERT INTO test (customer_id, number, request_key, workflow_id, requested_by, status, mapping_version, schema, folder, key, limit_at)
       VALUES ($1, $2, $3, $4, $5, 'running', $6, $7, $8, $9, now() + $10 * interval '1 millisecond')`,
      [
        ...[customer, number, requestKey, testId(customer, number), request.requestedBy, request.mappingVersion],
        ...[schemaOf(customer, number), `tests/${customer}-${number}`, request.key, request.limitMs],
      ],
    );
    return number;
  });
}

/** The id of its workflow; those of its runs begin with it. */
export function testId(customer: string, number: number): string {
  return `test/${customer}/${number}`;
}

/** Postgres cuts names off after 63 bytes, and a slug has up to 63 letters: the end of a long one is left out. */
function schemaOf(customer: CustomerId, number: number): string {
  return `usersync_test_${customer.replaceAll('-', '_').slice(0, 36)}_${number}`;
}

/** @throws UnknownTest */
export async function readTest({ prisma }: Database, customer: string, number: number): Promise<Test> {
  const test = await prisma.test.findUnique({ where: { customerId_number: { customerId: customer, number } } });
  if (test === null) throw new UnknownTest(customer, number);
  return test;
}

/** The newest first. */
export async function listTests({ prisma }: Database, customer: string | null): Promise<readonly Test[]> {
  return prisma.test.findMany({ where: customer === null ? {} : { customerId: customer }, orderBy: { id: 'desc' } });
}

/** Tests of which something may still be there. */
export async function testsToRemove({ prisma }: Database): Promise<readonly Test[]> {
  return prisma.test.findMany({ where: { tornDownAt: null }, orderBy: { id: 'asc' } });
}

export interface TestUpdate {
  readonly status?: TestStatus;
  readonly snapshotId?: number;
  /** null: destroyed. */
  readonly key?: null;
  readonly copyName?: string | null;
  readonly copyEid?: string;
  readonly summary?: Prisma.InputJsonValue;
  readonly problem?: string | null;
  readonly approvals?: Prisma.InputJsonValue;
  readonly census?: Prisma.InputJsonValue;
  readonly signature?: string;
  readonly leftOver?: string | null;
  readonly endedAt?: Date;
  readonly tornDownAt?: Date;
}

/** @throws UnknownTest */
export async function updateTest(
  database: Database,
  { customerId, number }: Pick<Test, 'customerId' | 'number'>,
  update: TestUpdate,
): Promise<void> {
  const { count } = await database.prisma.test.updateMany({ where: { customerId, number }, data: update });
  if (count === 0) throw new UnknownTest(customerId, number);
}
