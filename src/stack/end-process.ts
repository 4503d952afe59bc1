import { setTimeout as sleep } from 'node:timers/promises';
import { isRunning, type ProcessIdentity } from './process-identity.js';

/** A child as it is written down, so that a watchdog or the next start can end it. */
export interface ChildRecord extends ProcessIdentity {
  readonly name: string;
  /** From polite to firm; each is given `graceMs`, and SIGKILL comes last. */
  readonly signals: readonly NodeJS.Signals[];
  readonly graceMs: number;
}

/** Ends a process by its signals, one after the other, and answers when it is gone. Does nothing to a stranger. */
export async function endProcess(child: ChildRecord): Promise<void> {
  for (const signal of [...child.signals, 'SIGKILL'] as const) {
    if (!send(child, signal)) return;
    if (await isGoneWithin(child, child.graceMs)) return;
  }
}

function send(child: ChildRecord, signal: NodeJS.Signals): boolean {
  if (!isRunning(child)) return false;
  try {
    process.kill(child.pid, signal);
    return true;
  } catch {
    return false;
  }
}

async function isGoneWithin(child: ProcessIdentity, milliseconds: number): Promise<boolean> {
  const end = performance.now() + milliseconds;
  while (performance.now() < end) {
    if (!isRunning(child)) return true;
    await sleep(20);
  }
  return !isRunning(child);
}
