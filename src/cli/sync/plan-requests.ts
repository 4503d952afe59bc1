import { estimateRequests } from '../../apply/estimate-requests.js';
import { requestsToRead } from '../../network/speakap/paging.js';
import type { ReportedRequests } from '../../report/request-words.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import type { Run } from '../../store/prisma/client.js';
import { readRequestFacts } from '../../store/request-facts.js';
import { toCustomerId } from '../../sync/ids.js';

/** The requests that a live run of this plan would make. @param batchSize of the worker */
export async function planRequests(
  database: Database,
  run: Run,
  { batchSize, isHeld }: { readonly batchSize: number; readonly isHeld: boolean },
): Promise<ReportedRequests> {
  const { id, network } = await readCustomer(database, run.customerId);
  const pace = { requestsPerSecond: network?.requestsPerSecond ?? null, batchSize, requestsToRead };
  const customer = toCustomerId(id);
  const now = estimateRequests(await readRequestFacts(database, customer, run.id, ['planned']), pace);
  if (!isHeld) return { ...now, ifApproved: null };
  const { requests, seconds } = estimateRequests(
    await readRequestFacts(database, customer, run.id, ['planned', 'held']),
    pace,
  );
  return { ...now, ifApproved: { requests, seconds } };
}
