import { listContacts } from '../../store/contacts.js';
import { readCustomer } from '../../store/customers.js';
import { openTest, readTest, updateTest } from '../../store/tests.js';
import { mappingVersion } from '../../store/mappings.js';
import { TestStopped } from '../refusals.js';
import type { ActivityParts } from '../parts.js';
import { toCustomerId } from '../../sync/ids.js';
import { standingOf } from './end-of-test.js';
import type { TestRequest } from './request.js';

/** A test removes itself then, whatever it waits for. */
const LIMIT_MS = 14 * 86_400_000;

export interface JudgeRequest extends TestRequest {
  readonly by: string;
}

export interface IssueRequest {
  readonly customer: string;
  readonly version: number;
  readonly by: string;
  /** Repeated, it issues no second test. */
  readonly requestKey: string;
}

export interface CloseTestRequest extends TestRequest {
  readonly outcome: 'approved' | 'rejected' | 'failed' | 'canceled';
  readonly problem: string | null;
  readonly checks: readonly { readonly words: string; readonly lookedAt: number; readonly differences: number }[];
  readonly approvals: readonly {
    readonly by: string;
    readonly side: string;
    readonly comment: string | null;
    /** Absent in what a test of an earlier release sends. */
    readonly accepted?: readonly string[];
    readonly at?: string;
  }[];
}

export function createDecisionActivities(parts: ActivityParts) {
  const { database } = parts;
  return {
    /** What the workflow has to know of its test. @throws UnknownTest, TestStopped when it is over */
    async beginTest(request: TestRequest) {
      const test = await readTest(database, request.customer, request.number);
      if (test.tornDownAt !== null)
        throw new TestStopped(`Test ${test.number} of ${test.customerId} is over. Nothing was done.`);
      const { manager } = await readCustomer(database, request.customer);
      await mappingVersion(database, request.customer, test.mappingVersion);
      return {
        manager,
        mappingVersion: test.mappingVersion,
        heartbeatSeconds: parts.heartbeatSeconds,
        limitMs: Math.max(0, test.limitAt.getTime() - Date.now()),
      };
    },

    /** Issues the next number of a test. Repeated, it answers the same. @throws TestUnderWay, UnknownMapping */
    async issueTest({ customer, version, by, requestKey }: IssueRequest): Promise<{ readonly number: number }> {
      await mappingVersion(database, customer, version);
      const slug = toCustomerId(customer);
      const number = await openTest(database, {
        ...{ customer: slug, requestKey, requestedBy: by, mappingVersion: version },
        ...{ key: parts.tests.newKey(slug), limitMs: LIMIT_MS },
      });
      return { number };
    },

    /** How a test ended, for whoever waits for it. */
    async lookAtTest(
      request: TestRequest,
    ): Promise<{ readonly isOver: boolean; readonly isPassed: boolean; readonly words: string }> {
      const test = await readTest(database, request.customer, request.number);
      const { outcome, isRemoved, leftOver, words } = standingOf(test);
      const isOver = outcome !== null && (isRemoved || leftOver !== null);
      return { isOver, isPassed: outcome === 'approved' && isRemoved, words };
    },

    /** Looks up who decides. @throws TestStopped with what is wrong */
    async judgeTest({ by, ...request }: JudgeRequest): Promise<{ readonly side: 'customer' | 'speakap' }> {
      const contact = (await listContacts(database, request.customer)).find(({ id }) => id === by);
      if (contact === undefined)
        throw new TestStopped(`${request.customer} has no contact "${by}". Nothing was changed.`);
      if (!contact.approves) throw new TestStopped(`The contact "${by}" does not approve. Nothing was changed.`);
      return { side: contact.side };
    },

    /** The report is there, and people decide. */
    async noteWaiting(request: TestRequest): Promise<void> {
      const test = await readTest(database, request.customer, request.number);
      await updateTest(database, test, { status: 'waiting' });
    },

    /** Writes down how the test ended, before anything of it is removed. */
    async closeTest({ outcome, problem, checks, approvals, ...request }: CloseTestRequest): Promise<void> {
      const test = await readTest(database, request.customer, request.number);
      const before = typeof test.summary === 'object' && test.summary !== null ? test.summary : {};
      await updateTest(database, test, {
        ...{ status: outcome, problem, endedAt: test.endedAt ?? new Date() },
        summary: { ...before, checks: checks.map((check) => ({ ...check })) },
        approvals: approvals.map(({ accepted = [], ...approval }) => ({ ...approval, accepted: [...accepted] })),
      });
    },
  };
}
