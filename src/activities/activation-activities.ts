import { refuseFrozen } from '../store/freezes.js';
import { activateInRun } from '../store/mappings.js';
import { readRun } from '../store/runs.js';
import { toCustomerId } from '../sync/ids.js';
import type { ActivityParts } from './parts.js';

export interface ActivationRequest {
  readonly runId: number;
  readonly version: number;
  /** The version that has to be active until then. */
  readonly instead: number;
  readonly approvedBy: string;
}

export function createActivationActivities({ database }: ActivityParts) {
  return {
    /** Makes a version the active one, within the run that has planned with it. @throws CustomerFrozen, OtherVersionActive, UnknownMapping, MappingMoveRefused, DryRunMissing */
    async activateVersion({ runId, version, instead, approvedBy }: ActivationRequest): Promise<void> {
      const customer = toCustomerId((await readRun(database, runId)).customerId);
      await refuseFrozen(database, customer);
      await activateInRun(database, customer, { version, instead, by: approvedBy });
    },
  };
}
