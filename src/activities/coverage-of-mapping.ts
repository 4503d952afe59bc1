import type { Database } from '../store/database.js';
import { DryRunMissing } from '../store/mappings.js';
import { dryRunOf, readPlanFacts } from '../store/plan-facts.js';
import { coverageOf, type RuleCoverage } from '../sync/coverage/coverage.js';
import type { CustomerId } from '../sync/ids.js';
import { effectOfMapping } from './effect-of-mapping.js';

export interface MappingCoverage {
  /** The dry run that shows it. */
  readonly runId: number;
  readonly coverages: readonly RuleCoverage[];
}

/**
 * How the newest dry run of exactly this version, and the snapshot, show that the six business rules are in force.
 * @throws UnknownMapping, DryRunMissing, NothingDelivered, MissingColumn
 */
export async function coverageOfMapping(
  database: Database,
  customer: CustomerId,
  version: number,
  onProgress: (people: number) => void = () => undefined,
): Promise<MappingCoverage> {
  const run = await dryRunOf(database, customer, version);
  const plan = run === null ? null : await readPlanFacts(database, run.id);
  if (run === null || plan === null) throw new DryRunMissing(customer, version);
  const { mapping, effect } = await effectOfMapping(database, customer, version, null, onProgress);
  return { runId: run.id, coverages: coverageOf({ mapping, effect, plan }) };
}
