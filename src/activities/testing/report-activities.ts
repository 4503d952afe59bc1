import { combinationName } from '../../anonymise/report/singled-out.js';
import { makeTestReport, type TestReport } from '../../proof/report.js';
import type { CheckResult } from '../../proof/checks/result.js';
import type { FoundNetwork } from '../../proof/found.js';
import { readCustomer } from '../../store/customers.js';
import { readTest, updateTest } from '../../store/tests.js';
import type { ActivityParts } from '../parts.js';
import { lastDay, type ExpectedDay, type MadeDays } from './day-activities.js';
import { deliveredRows } from './days.js';
import { keepPaper, readPaper } from '../../connections/test/papers.js';
import { refOf, type TestRequest } from './request.js';
import { scanSpace, type Scanned } from './scan.js';

export interface WrittenReport {
  readonly note: string;
  /** Which combinations of kept columns the customer has to accept by name. Absent in histories of an earlier release. */
  readonly toAccept?: readonly string[];
}

export function createReportActivities(parts: ActivityParts) {
  const { database, tests } = parts;
  return {
    /** Looks through everything of the test for what belongs to a real person. @throws TestStopped when something is found */
    async scanSpace(request: TestRequest): Promise<{ readonly texts: number }> {
      const space = await tests.open(refOf(request));
      const scanned = await scanSpace(parts, request);
      await keepPaper(space, 'scan', scanned);
      return { texts: scanned.texts };
    },

    /** What the customer and Speakap judge the test by; it lies in the folder of the test and ends with it. Its counts stay. */
    async writeTestReport(request: TestRequest): Promise<WrittenReport> {
      const space = await tests.open(refOf(request));
      const test = await readTest(database, request.customer, request.number);
      const { name } = await readCustomer(database, request.customer);
      const rows = (await deliveredRows(space, 'day-1')).length;
      const made = await readPaper<MadeDays>(space, 'events');
      const last = await lastDay(space);
      const checksOf = (number: number) => readPaper<readonly CheckResult[]>(space, `checks-${number}`);
      const foundOn = (number: number) => readPaper<FoundNetwork>(space, `found-${number}`);
      const day = async (number: number, before: FoundNetwork) => {
        const { today, expected } = await readPaper<ExpectedDay>(space, `expected-${number}`);
        const found = await foundOn(number);
        return { today, day: { expected, found, before }, checks: await checksOf(number) };
      };
      const { texts, singledOut } = await readPaper<Scanned>(space, 'scan');
      const activation = await day(1, await foundOn(0));
      const second = await day(2, activation.day.found);
      const third = last > 2 ? { checks: await checksOf(3), events: made.next.returns } : null;
      const report: TestReport = makeTestReport({
        ...{ customerName: name, number: test.number, version: test.mappingVersion, date: activation.today, rows },
        activation,
        daily: { ...second, made: made.secondDay === 'made' ? made.next : null },
        ...(third === null ? {} : { thirdDay: third }),
        guards: await readPaper<TestReport['guards']>(space, 'guards'),
        pointsTo: singledOut.map((one) => ({ ...one, name: combinationName(one) })),
      });
      await keepPaper(space, 'report', report);
      const summary = {
        ...summaryOf(report),
        scanned: texts,
        singledOut: singledOut.map((one) => ({ ...one, columns: [...one.columns] })),
      };
      await updateTest(database, test, { summary });
      return {
        note: `${summary.people} people, ${summary.groups} groups, ${report.events.length} events`,
        toAccept: singledOut.map(combinationName),
      };
    },
  };
}

/** What stays of a report when the test is removed: counts, and rules. */
function summaryOf({ people, groups, samples, events, secondDay }: TestReport) {
  return {
    people: people.active,
    leftAsTheyAre: people.unchanged,
    groups: groups.length,
    audiences: samples.map(({ audience, total }) => ({ audience, people: total })),
    events: events.map(({ kind, rule, isRight }) => ({ kind, rule, isRight })),
    secondDay,
  };
}
