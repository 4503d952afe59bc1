import { setTimeout as sleep } from 'node:timers/promises';
import type { OnboardingState } from '../../onboarding/state.js';
import type { StartedOnboarding } from '../../temporal/onboardings.js';
import { CommandFailed } from '../errors.js';
import type { Output } from '../output.js';
import { ProgressLine } from '../sync/progress-line.js';

const ASK_EVERY_MS = 300;
const PATIENCE_MS = 60_000;

/** It is started, and nobody has begun with it. */
class NotBegun extends CommandFailed {
  constructor(customer: string) {
    super(
      `The implementation of ${customer} is started, and no worker has begun with it yet. It goes on when one is there; ` +
        `"usersync onboarding show ${customer}" tells. An order that cannot be kept is shown in the Temporal UI.`,
    );
  }
}

/** Waits until an onboarding has its number and its dates. @throws what its order was refused with, NotBegun */
export async function untilOpen(
  customer: string,
  started: StartedOnboarding,
  output: Output,
): Promise<OnboardingState> {
  const line = new ProgressLine(output);
  line.show('starting');
  const done = new AbortController();
  try {
    return await watch(customer, started, done.signal);
  } finally {
    done.abort();
    line.end();
  }
}

async function watch(customer: string, started: StartedOnboarding, signal: AbortSignal): Promise<OnboardingState> {
  const ended = started.result(signal).then(
    () => null,
    (error: unknown) => Promise.reject(error instanceof Error ? error : new Error(String(error))),
  );
  ended.catch(() => undefined);
  let last: OnboardingState | null = null;
  for (const until = Date.now() + PATIENCE_MS; Date.now() < until;) {
    await Promise.race([ended, sleep(ASK_EVERY_MS)]);
    last = (await Promise.race([ended, started.state(), sleep(5_000, null)])) ?? last;
    if (last !== null && last.schedule !== null) return last;
  }
  if (last !== null) return last;
  throw new NotBegun(customer);
}
