import type { DuePerson } from '../store/plans.js';
import type { LinkState } from '../sync/plan/link-state.js';

/** What the link says of an account that was made; null where there is none, or where one was only intended. */
export function madeAccount(link: DuePerson['link']): LinkState | null {
  if (link === null || link.state === 'creating') return null;
  const { state, written, invited } = link;
  return { state, written, invited };
}
