import { createHash } from 'node:crypto';
import { activityInfo } from '@temporalio/activity';
import { readOnboarding } from '../../store/onboardings.js';
import { toCustomerId } from '../../sync/ids.js';
import type { ActivityParts, GivenAccess } from '../parts.js';
import { Letters, MailNotSent, type Told } from './letters.js';

const LINK_IS_GOOD_FOR_MS = 7 * 86_400_000;

interface AccessRequest {
  readonly onboardingId: number;
  readonly by: string;
  readonly addresses: readonly string[];
  /** Without one, a password stands behind a link that shows it once. */
  readonly publicKey: string | null;
  /** What makes this delivery another one than the last of the same addresses: it gets a mail, and a password, of its own. */
  readonly number?: number;
}

/** After so many attempts the login is made without its mail, and the answer says so. */
const MAIL_ATTEMPTS = 3;

export function createAccessActivities(parts: ActivityParts) {
  const { database, uploads } = parts;
  return {
    /** Makes the customer's login to the drop, and mails how to use it to whoever named the addresses. @throws what is wrong with them */
    async giveUploadAccess(request: AccessRequest) {
      const { onboardingId, by, addresses, publicKey } = request;
      const onboarding = await readOnboarding(database, onboardingId);
      const customer = toCustomerId(onboarding.customerId);
      const expiresAt = new Date(Date.now() + LINK_IS_GOOD_FOR_MS);
      const about = keyOf(request);
      const given = await uploads.give({
        ...{ customer, addresses, publicKey, expiresAt },
        requestKey: `onboarding/${onboardingId}/${about}`,
      });
      const letters = await Letters.of(parts, onboarding);
      const told = await mailAccess(letters, by, about, given, expiresAt);
      const how =
        publicKey === null ? 'by a password behind a link that shows it once' : 'by the public key of the customer';
      return {
        finding: `Uploads are taken from ${given.allowedFrom.join(', ')}.`,
        login: `User ${given.userName} at ${given.host}:${given.port}, ${how}; ${mailed(by, told)}`,
        inDoubt: told?.inDoubt ?? 0,
      };
    },
  };
}

/** A mail server that is down does not hold up the login itself; null: there is nobody of this id. */
async function mailAccess(
  letters: Letters,
  by: string,
  about: string,
  { host, port, hostKeyFingerprint: fingerprint, userName, allowedFrom, link }: GivenAccess,
  validUntil: Date,
): Promise<Told | null> {
  const recipient = letters.contact(by);
  if (recipient === null) return null;
  try {
    return await letters.send('sftp-access', recipient, about, () => ({
      ...letters.factsFor(recipient),
      ...{ host, port, fingerprint, userName, allowedFrom },
      login: link === null ? { by: 'key' } : { by: 'link', link, validUntil },
    }));
  } catch (error) {
    if (!(error instanceof MailNotSent) || activityInfo().attempt < MAIL_ATTEMPTS) throw error;
    return { sent: 0, inDoubt: 0, notSent: 1, problem: error.message };
  }
}

function keyOf({ addresses, publicKey, number }: AccessRequest): string {
  const key =
    publicKey === null ? 'password' : `key-${createHash('sha256').update(publicKey).digest('hex').slice(0, 16)}`;
  return [addresses.join(','), key, ...(number === undefined ? [] : [number])].join('/');
}

function mailed(by: string, told: Told | null): string {
  if (told === null) return `not mailed, since "${by}" is no contact. Hand the addresses over by one who is.`;
  if (told.sent > 0) return `mailed to ${by}.`;
  const why = told.problem ?? 'no answer came.';
  if (told.notSent === 0) return `whether the mail to ${by} arrived is not known: ${why}`;
  return `not mailed to ${by}: ${why} Hand the addresses over once more to have it mailed again.`;
}
