import type { TestStanding } from '../../change-requests/acts/testing.js';
import { issueCode, withdrawCodes } from '../../store/approval-codes.js';
import { readTest } from '../../store/tests.js';
import { together, type Told } from '../onboarding/letters.js';
import { CODE_IS_GOOD_FOR_MS, useMailedCode } from '../onboarding/mailed-code.js';
import type { ActivityParts } from '../parts.js';
import { standingOf } from '../testing/end-of-test.js';
import { lettersOfChange, toEach, type Place } from './change-letters.js';

interface TestPlace extends Place {
  /** Number of the test. */
  readonly test: number;
  /** Instant. */
  readonly at: string;
}

/** The test of a change request on an anonymised copy, as the request sees it. */
export function createTestOfChangeActivities(parts: ActivityParts) {
  const { database } = parts;
  return {
    /** The report is there: everybody who approves, on both sides, gets a code of their own for exactly this test. */
    async requestTestApproval(request: TestPlace & { readonly again: number | null }): Promise<Told> {
      const { changeRequestId, test, at, again } = request;
      const { letters, number } = await lettersOfChange(parts, request);
      const expiresAt = new Date(Date.parse(at) + CODE_IS_GOOD_FOR_MS);
      const approvers = letters.contacts.filter(({ approves }) => approves);
      return toEach(approvers, async (contact) =>
        together([
          await letters.send('approval-code', contact, `test/${test}/${again ?? 0}`, async () => ({
            ...letters.factsFor(contact),
            subject: `Change ${number}, test ${test} on an anonymised copy: all checks passed.`,
            code: await issueCode(database, {
              ...{ changeRequestId, subject: subjectOf(test), contactId: contact.id, expiresAt, now: new Date(at) },
            }),
            validUntil: expiresAt,
          })),
        ]),
      );
    },

    /** Uses up the code that was mailed to a contact for this test. @throws OnboardingRefused with what is wrong with it */
    async useTestCode(
      request: TestPlace & { readonly contactId: string; readonly code: string | null },
    ): Promise<void> {
      const { changeRequestId, test, contactId, code, at } = request;
      await useMailedCode(parts, { changeRequestId, subject: subjectOf(test), contactId }, code, at);
    },

    /** How the test is; once it has ended, codes that were mailed for it count no more. @throws UnknownTest */
    async lookAtTestOfChange({
      changeRequestId,
      customer,
      number,
    }: Place & { readonly customer: string; readonly number: number }): Promise<TestStanding> {
      const standing = standingOf(await readTest(database, customer, number));
      if (standing.outcome !== null) await withdrawCodes(database, { changeRequestId }, subjectOf(number));
      return standing;
    },
  };
}

function subjectOf(test: number): string {
  return `test/${test}`;
}
