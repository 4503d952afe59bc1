import { heartbeat } from '@temporalio/activity';
import { createScan, type Original, type Scan } from '../../anonymise/report/scan.js';
import { singledOut, type SingledOut } from '../../anonymise/report/singled-out.js';
import type { DisguisePlan } from '../../anonymise/plan/plan.js';
import { papersOf } from '../../connections/test/papers.js';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import { linesOfLogs } from '../../secrets/files-holding.js';
import { tableTexts } from '../../store/census.js';
import { peopleInAnyOrder } from '../../store/record-pages.js';
import { readTest } from '../../store/tests.js';
import type { Fields } from '../../sync/record.js';
import { TestStopped } from '../refusals.js';
import type { ActivityParts } from '../parts.js';
import { disguiseOf } from './anonymise.js';
import { deliveredRows } from './days.js';
import { readFound } from './found.js';
import { refOf, type TestRequest } from './request.js';

/** What was looked through, and who could be told apart by what was kept. Counts and names of columns. */
export interface Scanned {
  readonly texts: number;
  readonly singledOut: readonly SingledOut[];
}

/**
 * Looks through everything of the test (tables, folder, network copy, histories and logs) for e-mail addresses, telephone
 * numbers, ids with a name, and full names of real people.
 * @throws TestStopped when one is found; it says where, and never what
 */
export async function scanSpace(parts: ActivityParts, request: TestRequest): Promise<Scanned> {
  const { database, tests, workflows, dataFolder } = parts;
  const space = await tests.open(refOf(request));
  const test = await readTest(database, request.customer, request.number);
  const { plan } = await disguiseOf(parts, space, test.mappingVersion);
  const scan = createScan(await originalsOf(parts, space, plan));
  const looked = new Looked(scan);
  for await (const { table, text } of tableTexts(space.database, test.schema)) looked.at(`the table ${table}`, text);
  for await (const { name, text } of papersOf(space)) looked.at(`the file ${name}`, text);
  const { people, groups } = await readFound(space, await space.network());
  for (const shown of [...people, ...groups]) looked.at('the network copy', JSON.stringify(shown));
  for await (const text of workflows.texts(`${test.workflowId}`)) looked.at('a history in Temporal', text);
  for await (const { name, text } of linesOfLogs(dataFolder)) looked.at(`the log ${name}`, text);
  const rows = (await deliveredRows(space, 'day-1')).flatMap(({ fields }) => (fields === null ? [] : [fields]));
  return { texts: looked.texts, singledOut: await singledOut(() => rows, plan, { k: parts.kAnonymity }) };
}

class Looked {
  texts = 0;

  constructor(private readonly scan: Scan) {}

  /** @throws TestStopped */
  at(place: string, text: string): void {
    this.texts += 1;
    heartbeat();
    const [found] = this.scan.find(text);
    if (found === undefined) return;
    throw new TestStopped(
      `In ${place} of the test stands a real ${found.kind}. The test is stopped, and everything of it is removed. ` +
        'This is a mistake of the system and not of the customer: tell whoever maintains it.',
    );
  }
}

/** What of the real people is looked for, by what the plan takes each column for. */
async function originalsOf(
  { database }: ActivityParts,
  { customer, key }: TestSpace,
  plan: DisguisePlan,
): Promise<readonly Original[]> {
  const columns = [...plan.columns.values()];
  const of = (fields: Fields, ...kinds: readonly string[]): readonly string[] =>
    columns.filter(({ kind }) => kinds.includes(kind)).map(({ column }) => (fields[column] ?? '').trim());
  const originals: Original[] = [];
  for await (const people of peopleInAnyOrder(database, customer, key.id)) {
    for (const { xid, rows } of people) {
      for (const { fields } of rows) {
        if (fields === null) continue;
        originals.push({
          id: xid,
          emails: of(fields, 'email'),
          phones: of(fields, 'phone'),
          names: of(fields, ...NAMES).filter((name) => name !== ''),
        });
      }
    }
    heartbeat();
  }
  return originals;
}

const NAMES = ['given', 'infix', 'family', 'full'];
