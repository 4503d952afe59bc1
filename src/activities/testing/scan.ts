import { heartbeat } from '@temporalio/activity';
import { createScan, type Original, type Scan } from '../../anonymise/report/scan.js';
import { singledOut, type SingledOut } from '../../anonymise/report/singled-out.js';
import type { Kind } from '../../anonymise/plan/kinds.js';
import type { DisguisePlan } from '../../anonymise/plan/plan.js';
import { madeUpWords } from '../../anonymise/words/words.js';
import type { NamedText } from '../../connections/test/lines-of.js';
import { papersOf } from '../../connections/test/papers.js';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import { linesOfLogs } from '../../secrets/files-holding.js';
import { tableTexts } from '../../store/census.js';
import { readCustomer } from '../../store/customers.js';
import { peopleInAnyOrder } from '../../store/record-pages.js';
import { readTest } from '../../store/tests.js';
import type { Fields } from '../../sync/record.js';
import { TestStopped } from '../refusals.js';
import type { ActivityParts } from '../parts.js';
import { disguiseOf } from './anonymise.js';
import { deliveredRows } from './days.js';
import { readFound } from './found.js';
import { languageOf } from './language-of.js';
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
  const { timeZone } = await readCustomer(database, request.customer);
  const looked = new Looked(await scanFor(parts, space, plan, languageOf(timeZone).locale));
  for await (const { table, text } of tableTexts(space.database, test.schema)) looked.at(`the table ${table}`, text);
  for await (const paper of papersOf(space)) looked.atPaper(paper);
  await lookAtCopy(space, looked);
  for await (const text of workflows.texts(`${test.workflowId}`)) looked.at('a history in Temporal', text);
  for await (const { name, text } of linesOfLogs(dataFolder)) looked.at(`the log ${name}`, text);
  const rows = (await deliveredRows(space, 'day-1')).flatMap(({ fields }) => (fields === null ? [] : [fields]));
  return { texts: looked.texts, singledOut: await singledOut(() => rows, plan, { k: parts.kAnonymity }) };
}

async function lookAtCopy(space: TestSpace, looked: Looked): Promise<void> {
  const { people, groups } = await readFound(space, await space.network());
  for (const shown of [...people, ...groups]) looked.at('the network copy', JSON.stringify(shown));
}

class Looked {
  texts = 0;
  private line: ReturnType<Scan['stream']> | null = null;

  constructor(private readonly scan: Scan) {}

  /** @throws TestStopped */
  atPaper({ name, text, goesOn }: NamedText): void {
    const place = `the file ${name}`;
    if (this.line === null && !goesOn) return this.at(place, text);
    this.texts += 1;
    heartbeat();
    this.line ??= this.scan.stream();
    this.refuse(place, this.line.next(text));
    if (goesOn) return;
    this.refuse(place, this.line.end());
    this.line = null;
  }

  /** @throws TestStopped */
  at(place: string, text: string): void {
    this.texts += 1;
    heartbeat();
    this.refuse(place, this.scan.find(text));
  }

  private refuse(place: string, all: ReturnType<Scan['find']>): void {
    const [found] = all;
    if (found === undefined) return;
    throw new TestStopped(
      `In ${place} of the test stands a real ${found.kind}. The test is stopped, and everything of it is removed. ` +
        'This is a mistake of the system and not of the customer: tell whoever maintains it.',
    );
  }
}

/** Looks for everybody of the real record. What rules read of an organisation stands in the test as it was. */
async function scanFor(parts: ActivityParts, space: TestSpace, plan: DisguisePlan, locale: string): Promise<Scan> {
  const kept = new Set<string>();
  const originals = originalsOf(parts, space, plan, kept);
  const ordinary = (function* () {
    yield* kept;
    yield* plan.columns.keys();
    yield* madeUpWords(locale);
  })();
  return createScan(originals, { ordinary });
}

/** What of the real people is looked for, by what the plan takes each column for. `kept` takes in the cells that stay. */
async function* originalsOf(
  { database }: ActivityParts,
  { customer, key }: TestSpace,
  plan: DisguisePlan,
  kept: Set<string>,
): AsyncGenerator<Original> {
  const columns = [...plan.columns.values()];
  const of = (fields: Fields, ...kinds: readonly Kind[]): readonly string[] =>
    kinds.flatMap((each) =>
      columns.filter(({ kind }) => kind === each).map(({ column }) => (fields[column] ?? '').trim()),
    );
  for await (const people of peopleInAnyOrder(database, customer, key.id)) {
    for (const { xid, rows } of people) {
      for (const { fields } of rows) {
        if (fields === null) continue;
        for (const cell of of(fields, 'kept')) kept.add(cell);
        const [emails, phones] = [of(fields, 'email'), of(fields, 'phone')];
        yield { id: xid, emails, phones, names: of(fields, 'given', 'infix', 'family').filter(isThere) };
        for (const name of of(fields, 'full').filter(isThere)) yield { id: xid, emails: [], phones: [], names: [name] };
      }
    }
    heartbeat();
  }
}

function isThere(text: string): boolean {
  return text !== '';
}
