import { readOnboarding } from '../../store/onboardings.js';
import { toCustomerId } from '../../sync/ids.js';
import type { ActivityParts } from '../parts.js';
import { Letters } from './letters.js';

const LINK_IS_GOOD_FOR_MS = 7 * 86_400_000;

interface AccessRequest {
  readonly onboardingId: number;
  readonly by: string;
  readonly addresses: readonly string[];
  /** Without one, a password stands behind a link that shows it once. */
  readonly publicKey: string | null;
}

export function createAccessActivities(parts: ActivityParts) {
  const { database, uploads } = parts;
  return {
    /** Makes the customer's login to the drop, and mails how to use it to whoever named the addresses. @throws what is wrong with them */
    async giveUploadAccess({ onboardingId, by, addresses, publicKey }: AccessRequest) {
      const onboarding = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(onboarding.customerId);
      const expiresAt = new Date(Date.now() + LINK_IS_GOOD_FOR_MS);
      const about = `${addresses.join(',')}/${publicKey === null ? 'password' : 'key'}`;
      const given = await uploads.give({
        ...{ customer, addresses, publicKey, expiresAt },
        requestKey: `onboarding/${onboardingId}/${about}`,
      });
      const letters = await Letters.of(parts, onboarding);
      const recipient = letters.contact(by);
      const told =
        recipient === null
          ? null
          : await letters.send('sftp-access', recipient, about, () => ({
              ...letters.factsFor(recipient),
              ...{
                host: given.host,
                port: given.port,
                fingerprint: given.hostKeyFingerprint,
                userName: given.userName,
              },
              allowedFrom: given.allowedFrom,
              login: given.link === null ? { by: 'key' } : { by: 'link', link: given.link, validUntil: expiresAt },
            }));
      const how =
        publicKey === null ? 'by a password behind a link that shows it once' : 'by the public key of the customer';
      return {
        finding: `Uploads are taken from ${given.allowedFrom.join(', ')}.`,
        login: `User ${given.userName} at ${given.host}:${given.port}, ${how}; mailed to ${by}.`,
        inDoubt: told?.inDoubt ?? 0,
      };
    },
  };
}
