import type { Call } from './calls.js';
import type { Client } from './client.js';
import { unexpected } from './failures.js';
import type { Feedback } from './answers.js';
import type { HttpAnswer } from './transport.js';

const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2_000;

/** 202, or an estimated time of completion: accepted, but perhaps not done yet (`speakap-api.md`, 4, Feedback). */
export function isPending(answer: HttpAnswer, said: Feedback): boolean {
  return answer.status === 202 || (said.ETC !== undefined && said.ETC !== null);
}

/**
 * Reads back until what was accepted can be seen, with growing waits.
 * @throws UnexpectedAnswer when it cannot be seen within `visibleWithinMs`.
 */
export async function untilVisible<T>(client: Client, call: Call, look: () => Promise<T | null>): Promise<T> {
  let seen: T | null = null;
  await lookUntil(client, async () => (seen = await look()) !== null);
  if (seen !== null) return seen;
  const withinMs = client.settings.visibleWithinMs;
  throw unexpected(call, `its word that it accepted a change, which did not appear within ${withinMs / 1000} s`, 202);
}

/** Looks until it sees what it looks for, or until `visibleWithinMs` are over. */
export async function lookUntil(client: Client, look: () => Promise<boolean>): Promise<void> {
  let waited = 0;
  for (let waitMs = FIRST_WAIT_MS; !(await look()); waitMs = Math.min(LONGEST_WAIT_MS, waitMs * 2)) {
    if (waited > client.settings.visibleWithinMs) return;
    await client.sleep(waitMs);
    waited += waitMs;
  }
}
