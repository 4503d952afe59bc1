import type { Eid } from '../ids.js';
import type { NetworkReading } from './reading.js';

/** What a link says about who may administer the network. */
export interface LinkedAccount {
  readonly userEid: Eid | null;
  /** Active and written as administrator: no repair takes it away. */
  readonly isAdmin: boolean;
}

/** Whether somebody administers the network whom no repair touches: then others may lose that role. */
export function keepsAnAdmin(reading: NetworkReading, links: Iterable<LinkedAccount>): boolean {
  const touched = new Set<Eid>();
  for (const { userEid, isAdmin } of links) if (userEid !== null && !isAdmin) touched.add(userEid);
  for (const [eid, { networkRole }] of reading.accounts) if (networkRole === 'admin' && !touched.has(eid)) return true;
  return false;
}
