import { deliverablesFor } from '../../onboarding/deliverables.js';
import type { Deliver } from '../../onboarding/messages.js';
import type { OnboardingState } from '../../onboarding/state.js';
import { onboardingActivities } from './activities.js';

/** What was found when a deliverable was looked at. */
export interface Found {
  /** Sentences without any value of a record. */
  readonly finding: string;
  readonly usable: boolean;
  /** Nobody needs to look at it again. */
  readonly settled: boolean;
  /** Items that are done with it, each with a sentence. */
  readonly also?: readonly (readonly [item: string, finding: string])[];
}

/** What was handed over is looked at once, each kind in its own way: the answer says what is wrong with it. */
export async function lookAt(state: OnboardingState, message: Deliver): Promise<Found> {
  const { onboardingId } = state;
  const { item, by } = message;
  switch (deliverablesFor(state.source).find(({ id }) => id === item)?.handing) {
    case 'file':
      return onboardingActivities(`look at the ${item}`).inspectDeliverable({
        ...{ onboardingId, item, by, file: message.file ?? null, fileId: message.fileId ?? null },
      });
    case 'addresses': {
      const { addresses = [], publicKey = null } = message;
      const access = await onboardingActivities('make the login for uploads').giveUploadAccess({
        ...{ onboardingId, by, addresses, publicKey, number: state.seq },
      });
      return {
        finding: access.finding,
        usable: true,
        settled: true,

        also: [['sftp-login', access.login]],
      };
    }
    case 'credentials':
      return onboardingActivities('look for the credentials').lookForCredentials({ onboardingId });
    case 'time':
      return onboardingActivities('prepare the schedule').agreeFrequency({ onboardingId, time: message.time ?? '' });
    default:
      return { finding: message.note ?? '', usable: true, settled: false };
  }
}
