import { renderDifference } from '../../proposal/diff/diff-mappings.js';
import { issueCode } from '../../store/approval-codes.js';
import { readProposal, type ClosedGroup } from '../../store/change-proposals.js';
import { together, type Told } from '../onboarding/letters.js';
import { CODE_IS_GOOD_FOR_MS, useMailedCode } from '../onboarding/mailed-code.js';
import type { ActivityParts } from '../parts.js';
import { lettersOfChange, toEach, type Place } from './change-letters.js';

export function createChangeApprovalActivities(parts: ActivityParts) {
  const { database } = parts;
  return {
    /** What a version would do, to everybody who approves for the customer, each with a code of their own. */
    async requestChangeApproval(
      request: Place & { readonly version: number; readonly at: string; readonly again: number | null },
    ): Promise<Told> {
      const { changeRequestId, version, at, again } = request;
      const { letters, number } = await lettersOfChange(parts, request);
      const proposal = await readProposal(database, changeRequestId, version);
      const expiresAt = new Date(Date.parse(at) + CODE_IS_GOOD_FOR_MS);
      const approvers = letters.contacts.filter(({ side, approves }) => side === 'customer' && approves);
      return toEach(approvers, async (contact) => {
        const sent = await letters.send('change-proposal', contact, `version/${version}`, () => ({
          ...letters.factsFor(contact),
          ...{ number, version, run: proposal?.run ?? 0, effects: proposal?.effects ?? [] },
          differences: (proposal?.differences ?? []).map(renderDifference),
          closed: (proposal?.closed ?? []).map(closedWords),
        }));
        const code = await letters.send('approval-code', contact, `version/${version}/${again ?? 0}`, async () => ({
          ...letters.factsFor(contact),
          subject: `Change ${number}, version ${version} of the mapping.`,
          code: await issueCode(database, {
            ...{ changeRequestId, subject: `mapping/${version}`, contactId: contact.id, expiresAt, now: new Date(at) },
          }),
          validUntil: expiresAt,
        }));
        return together([sent, code]);
      });
    },

    /** Uses up the code that was mailed to a contact for this version. @throws OnboardingRefused with what is wrong with it */
    async useChangeCode(
      request: Place & {
        readonly version: number;
        readonly contactId: string;
        readonly code: string | null;
        readonly at: string;
      },
    ): Promise<void> {
      const { changeRequestId, version, contactId, code, at } = request;
      await useMailedCode(parts, { changeRequestId, subject: `mapping/${version}`, contactId }, code, at);
    },
  };
}

/** `business unit "Utrecht" loses its 12 people: 10 move to another one, 2 leave the network` */
function closedWords({ group, people, moved, without, leaving, untouched }: ClosedGroup): string {
  const parts = [
    ...(moved > 0 ? [`${moved} move to another one`] : []),
    ...(without > 0 ? [`${without} stay in the network without one`] : []),
    ...(leaving > 0 ? [`${leaving} leave the network`] : []),
    ...(untouched > 0 ? [`${untouched} stay as they are until their rows are mended`] : []),
  ];
  return `${group} loses all its people (${people}): ${parts.join(', ')}`;
}
