import { Forbidden, NotFound } from '../../network/errors.js';
import type { Prisma } from '../../store/prisma/client.js';
import { readTest, testsToRemove, updateTest, type Test } from '../../store/tests.js';
import { toCustomerId, toEid } from '../../sync/ids.js';
import type { ActivityParts, OwnNetwork } from '../parts.js';
import { tellManager } from '../tell-manager.js';
import { count, leftOverIn, peopleElsewhere, sign, type Census, type When } from './census.js';
import { unknownCopy } from './copy-activities.js';
import { refOf, type TestRequest } from './request.js';

const JUST_ISSUED_MS = 60_000;
const TERMINATED =
  'The test was terminated from outside before it was decided. Everything of it is removed by the sweeper.';

export function createCensusActivities(parts: ActivityParts) {
  const { database } = parts;
  return {
    /** Counts what is there of the test, wherever it can lie, and keeps the numbers. */
    async takeCensus({ when, ...request }: TestRequest & { readonly when: When }): Promise<void> {
      const test = await readTest(database, request.customer, request.number);
      const key = await parts.tests.keyOf(refOf(request));
      const counted = await withCopy(parts, test, (network) => count(parts, test, key.id, network));
      await keepCount(parts, test, when, counted);
    },

    /** Tests of which something is left and that no workflow ends; what they were is written down. */
    async testsToSweep(): Promise<{ readonly tests: readonly TestRequest[] }> {
      const tests: TestRequest[] = [];
      for (const test of await testsToRemove(database)) {
        if (await parts.workflows.isUnderWay(test.workflowId)) continue;
        // A number is issued a moment before its workflow starts.
        if (Date.now() - test.startedAt.getTime() < JUST_ISSUED_MS) continue;
        if (test.endedAt === null)
          await updateTest(database, test, { status: 'failed', problem: TERMINATED, endedAt: new Date() });
        tests.push({ customer: test.customerId, number: test.number });
      }
      return { tests };
    },

    /** Removes the copy, everything anonymised and the key, and proves it. */
    removeTest: (request: TestRequest) => removeEverything(parts, request),

    /** To the project manager: something of a test could not be removed, and blocks the release. */
    async tellOfLeftOver({ leftOver, ...request }: TestRequest & { readonly leftOver: string }): Promise<void> {
      const test = await readTest(database, request.customer, request.number);
      await tellManager(parts, test.customerId, 'test-left-over', `test/${test.id}/left-over`, (facts) => ({
        ...facts,
        test: test.number,
        leftOver,
      }));
    },
  };
}

/**
 * Copy, tables, files, key, in this order: as long as something is there it can still be found by its signs. Answers what is
 * left, in words; null when all of it is proven gone. Killed at any moment, the next one goes on. @throws NetworkError when it may work later
 */
export async function removeEverything(
  parts: ActivityParts,
  request: TestRequest,
): Promise<{ readonly leftOver: string | null }> {
  const before = await readTest(parts.database, request.customer, request.number);
  if (before.tornDownAt !== null) return { leftOver: null };
  return withCopy(parts, before, (network) => removeAndProve(parts, before, network));
}

async function removeAndProve(
  parts: ActivityParts,
  before: Test,
  network: OwnNetwork | null,
): Promise<{ readonly leftOver: string | null }> {
  const { database, tests } = parts;
  const ref = refOf({ customer: before.customerId, number: before.number });
  // A key that is destroyed was the last thing but the proof.
  const keyId = before.key === null ? null : (await tests.keyOf(ref)).id;
  if (network !== null) await removeCopy(network);
  // While its people are known they can be found elsewhere; later only a person can say that they are gone from there.
  const outside = (await peopleElsewhere(parts, before)) ?? censusOf(before).outside ?? [];
  await updateTest(database, before, { census: toJson({ ...censusOf(before), outside }) });
  await tests.removeTables(ref);
  await tests.removeFiles(ref);
  const unproven = { ...before, key: null };
  const after = await count(parts, unproven, keyId ?? before.schema, network);
  const proof = { ...after, rowsElsewhere: [...after.rowsElsewhere, ...outside] };
  const leftOver = wordsOf(before, leftOverIn(proof));
  const census: Census = { ...censusOf(before), outside, after: proof };
  const signature = sign(parts.keys.key, before, census);
  const counted = { census: toJson(census), signature, leftOver };
  // The key goes last: by its id everything else is found.
  await updateTest(database, before, leftOver === null ? { ...counted, key: null, tornDownAt: new Date() } : counted);
  return { leftOver };
}

function wordsOf({ copyName, copyEid }: Test, leftOver: string | null): string | null {
  if (leftOver === null || copyName === null || copyEid !== null) return leftOver;
  return leftOver.replace('perhaps a copy of the network', unknownCopy(copyName));
}

/** With the credentials of the network itself, so that the copy is reached when the space is gone already. null: there is none. */
async function withCopy<Result>(
  { networks }: ActivityParts,
  { customerId, copyEid }: Test,
  work: (network: OwnNetwork | null) => Promise<Result>,
): Promise<Result> {
  if (copyEid === null) return work(null);
  const network = await networks.another(toCustomerId(customerId), toEid(copyEid));
  try {
    return await work(network);
  } finally {
    await network.close();
  }
}

/** @throws Forbidden where it is no network of the development environment: then it is not removed. */
async function removeCopy(network: OwnNetwork): Promise<void> {
  try {
    const { environment } = await network.describe();
    if (environment === 'development') await network.remove();
  } catch (error) {
    if (!(error instanceof NotFound) && !(error instanceof Forbidden)) throw error;
  }
}

async function keepCount(
  { database, keys }: ActivityParts,
  test: Test,
  when: When,
  counted: Awaited<ReturnType<typeof count>>,
): Promise<void> {
  const census: Census = { ...censusOf(test), [when]: counted };
  await updateTest(database, test, { census: toJson(census), signature: sign(keys.key, test, census) });
}

function censusOf({ census }: Test): Census {
  return (census ?? {}) as unknown as Census;
}

function toJson(census: Census): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(census)) as Prisma.InputJsonValue;
}
