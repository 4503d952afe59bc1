import { readRules } from '../../proof/rules.js';
import { expectationsBy } from '../../proof/expectations.js';
import { checkActivation, checkDaily } from '../../proof/checks/checks.js';
import type { CheckResult } from '../../proof/checks/result.js';
import type { DeliveredRow } from '../../proof/delivery.js';
import type { FoundNetwork } from '../../proof/found.js';
import { dropThird, makeNextDay, type NextDay } from '../../proof/next-day/make.js';
import type { Expectations } from '../../proof/state.js';
import type { TestSpace } from '../../connections/test/test-spaces.js';
import { activateMapping, mappingVersion } from '../../store/mappings.js';
import { lastAccepted } from '../../store/snapshots.js';
import { setTestClock } from '../../store/test-clock.js';
import { readTest } from '../../store/tests.js';
import { planMoment } from '../../store/waits.js';
import type { ActivityParts } from '../parts.js';
import { anonymiseInto, disguiseOf } from './anonymise.js';
import { deliveredRows, deliverRows, type TestColumns } from './days.js';
import { readFound } from './found.js';
import { keepPaper, readPaper } from '../../connections/test/papers.js';
import { refOf, type TestRequest } from './request.js';
import { CHECK_WORDS } from './words.js';

export interface DayRequest extends TestRequest {
  readonly day: number;
}

/** What is kept of a day's expectations, for the day after it. */
export interface ExpectedDay {
  readonly today: string;
  readonly expected: Expectations;
}

export interface MadeDays {
  readonly secondDay: 'made' | 'delivered';
  readonly next: Pick<NextDay, 'events' | 'notShown'> & { readonly returns: NextDay['events'] };
}

interface CheckCounts {
  readonly checks: readonly {
    readonly check: string;
    readonly words: string;
    readonly lookedAt: number;
    readonly differences: number;
  }[];
}

export function createDayActivities(parts: ActivityParts) {
  const { database, tests } = parts;

  return {
    /** The version under test becomes the active one of the space; its dry run is behind it. */
    async activateInTest(request: TestRequest): Promise<void> {
      const space = await tests.open(refOf(request));
      await activateMapping(space.database, space.customer, 1, `test-${request.number}`);
    },

    /** Whether the customer has delivered since the record that this test began with. */
    async lookForDelivery(request: TestRequest): Promise<{ readonly isThere: boolean }> {
      return { isThere: await hasNewer(request) };
    },

    /** The next real delivery, anonymised by the same key, where there is one; else days that are made, in which everything happens that the rules know. */
    async makeDays(request: TestRequest): Promise<{ readonly last: number; readonly note: string }> {
      const space = await tests.open(refOf(request));
      const columns = await readPaper<TestColumns>(space, 'columns');
      if (await hasNewer(request)) {
        const { mappingVersion: version } = await readTest(database, request.customer, request.number);
        await anonymiseInto(parts, space, await disguiseOf(parts, space, version), 'made-2');
        const made: MadeDays = { secondDay: 'delivered', next: { events: [], notShown: [], returns: [] } };
        await keepPaper(space, 'events', made);
        return { last: 2, note: 'the next delivery of the customer, anonymised' };
      }
      const { document } = await mappingVersion(space.database, space.customer, 1);
      const { today, expected } = await readPaper<ExpectedDay>(space, 'expected-1');
      const { groups } = await readPaper<FoundNetwork>(space, 'found-1');
      const rows = await deliveredRows(space, 'day-1');
      const seed = space.key.bytes.readUInt32BE(0);
      const next = makeNextDay({ document, rows, today, seed, groups, expected });
      const { events, notShown, thirdDay } = next;
      const made: MadeDays = { secondDay: 'made', next: { events, notShown, returns: thirdDay.events } };
      await keepPaper(space, 'events', made);
      await keepPaper(space, 'made-2', { rows: next.rows, columns });
      await keepPaper(space, 'made-3', { rows: thirdDay.rows, columns });
      return { last: 3, note: `made days with ${events.length + thirdDay.events.length} events` };
    },

    /** From now on it is this day in the test, and its record can be fetched. */
    async deliverDay({ day, ...request }: DayRequest): Promise<void> {
      const space = await tests.open(refOf(request));
      await setTestClock(space.database, day - 1);
      const { rows, columns } = await readPaper<{ rows: readonly DeliveredRow[]; columns: TestColumns }>(
        space,
        `made-${day}`,
      );
      await deliverRows(space, `day-${day}`, columns, [rows]);
    },

    /** Reads the copy over its API and compares it with what a second evaluator expects of the day's file. */
    async checkDay({ day, ...request }: DayRequest): Promise<CheckCounts> {
      const space = await tests.open(refOf(request));
      const { document } = await mappingVersion(space.database, space.customer, 1);
      const { today } = await planMoment(space.database, space.customer);
      const before = await readPaper<FoundNetwork>(space, `found-${day - 1}`);
      const previous = day === 1 ? undefined : (await readPaper<ExpectedDay>(space, `expected-${day - 1}`)).expected;
      const rows = await deliveredRows(space, `day-${day}`);
      const rules = readRules(document);
      const options = { rows, today, groups: before.groups, ...(previous === undefined ? {} : { previous }) };
      const expected = expectationsBy(rules, options);
      const found = await readFound(space, await space.network(), before);
      const compared = { expected, found, before, ...(previous === undefined ? {} : { previous }) };
      const results = day === 1 ? checkActivation(rules, compared) : checkDaily(rules, compared);
      await keepPaper(space, `expected-${day}`, { today, expected } satisfies ExpectedDay);
      await keepPaper(space, `found-${day}`, found);
      await keepPaper(space, `checks-${day}`, results);
      return { checks: results.map((result) => countOf(result, day)) };
    },

    /** The record of the last day once more, without a third of its people. */
    async deliverCutDay(request: TestRequest): Promise<void> {
      const space = await tests.open(refOf(request));
      const columns = await readPaper<TestColumns>(space, 'columns');
      const last = await lastDay(space);
      await setTestClock(space.database, last);
      await deliverRows(space, 'cut', columns, [dropThird(await deliveredRows(space, `day-${last}`))]);
    },

    /** Nothing of the network may be different after it. */
    async checkGuards({
      done,
      status,
      ...request
    }: TestRequest & { readonly done: number; readonly status: string }): Promise<CheckCounts> {
      const space = await tests.open(refOf(request));
      const last = await lastDay(space);
      const before = await readPaper<FoundNetwork>(space, `found-${last}`);
      const found = await readFound(space, await space.network(), before);
      const changed = differing(before, found) + done;
      const lookedAt = before.people.length;
      const {
        database: { prisma },
      } = space;
      const snapshot = await prisma.snapshot.findFirst({ orderBy: { id: 'desc' } });
      const happened =
        status === 'rejected'
          ? `the delivery was refused (${snapshot?.guard ?? 'as a source'})`
          : 'the changes were held';
      const guard = {
        what: 'a delivery with a third of the people missing',
        happened: changed === 0 ? `${happened}; nothing was changed` : `${changed} changes were made`,
        isRight: changed === 0,
      };
      await keepPaper(space, 'guards', [guard]);
      return { checks: [{ check: 'guards', words: CHECK_WORDS.guards, lookedAt, differences: changed }] };
    },
  };

  async function hasNewer(request: TestRequest): Promise<boolean> {
    const { snapshotId } = await readTest(database, request.customer, request.number);
    const last = await lastAccepted(database, request.customer);
    return last !== null && snapshotId !== null && last.id > snapshotId;
  }
}

/** Of the days that were delivered, the last. */
export async function lastDay(space: TestSpace): Promise<number> {
  const { secondDay } = await readPaper<MadeDays>(space, 'events');
  return secondDay === 'made' ? 3 : 2;
}

function countOf({ check, lookedAt, totalDifferences }: CheckResult, day: number) {
  return {
    check: `${check}-${day}`,
    words: `${CHECK_WORDS[check]} (day ${day})`,
    lookedAt,
    differences: totalDifferences,
  };
}

function differing(before: FoundNetwork, after: FoundNetwork): number {
  const texts = (found: FoundNetwork): Set<string> =>
    new Set([
      ...found.people.map((person) =>
        JSON.stringify({ ...person, groups: person.groups.map((each) => JSON.stringify(each)).sort() }),
      ),
      ...found.groups.map((group) => JSON.stringify(group)),
    ]);
  const [was, is] = [texts(before), texts(after)];
  return [...was].filter((text) => !is.has(text)).length + [...is].filter((text) => !was.has(text)).length;
}
