import { buffer } from 'node:stream/consumers';
import { CannotOpen } from '../../formats/errors.js';
import { readOnboarding } from '../../store/onboardings.js';
import { toCustomerId } from '../../sync/ids.js';
import type { ActivityParts } from '../parts.js';

/**
 * The content of a small file; what is handed over in week 1 has a few rows. A workbook or a PGP message is opened; one that
 * cannot be opened comes as it is, and whoever checks it tells what it is and how to deliver instead.
 */
export async function readHandedOver(parts: ActivityParts, onboardingId: number, file: string): Promise<Buffer> {
  const { database, deliveries } = parts;
  const { customerId } = await readOnboarding(database, onboardingId);
  try {
    return await buffer(await parts.openDelivered(toCustomerId(customerId), deliveries.read(file)));
  } catch (error) {
    if (!(error instanceof CannotOpen)) throw error;
    return buffer(deliveries.read(file));
  }
}
