import { setTimeout as sleep } from 'node:timers/promises';
import type { StartedRun } from '../../temporal/runs.js';
import type { RunProgress } from '../../workflows/messages.js';
import type { Output } from '../output.js';
import { ProgressLine } from './progress-line.js';
import { progressWords } from './progress-words.js';

const ASK_EVERY_MS = 300;
const PATIENCE_MS = 15_000;

export interface Followed {
  /** The run's number; null when it failed before it had one. */
  readonly number: number | null;
  /** Whether it goes on without us, waiting for a decision. */
  readonly isWaiting: boolean;
  /** What it failed with, when it did. */
  readonly error: Error | null;
}

/** Shows a run's progress until it ends, or until it waits for a person. Ctrl-C only ends the watching. */
export async function followRun(start: () => Promise<StartedRun>, output: Output): Promise<Followed> {
  const line = new ProgressLine(output);
  line.show('starting');
  const onInterrupt = (): void => leave(line);
  process.once('SIGINT', onInterrupt);
  const done = new AbortController();
  try {
    return await watch(await start(), line, done.signal);
  } finally {
    done.abort();
    process.off('SIGINT', onInterrupt);
    line.end();
  }
}

async function watch(run: StartedRun, line: ProgressLine, signal: AbortSignal): Promise<Followed> {
  let last: RunProgress | null = null;
  const begun = Date.now();
  const ended = run.result(signal).then(
    ({ run: number }): Followed => ({ number, isWaiting: false, error: null }),
    (error: unknown): Followed => ({ number: last?.number ?? null, isWaiting: false, error: toError(error) }),
  );
  for (;;) {
    const result = await Promise.race([ended, sleep(ASK_EVERY_MS, null)]);
    if (result !== null) return result;
    // A worker that is busy or away answers later; the run goes on all the same.
    last = (await Promise.race([ended.then(() => last), run.progress().catch(() => last)])) ?? last;
    if (last?.step === 'waiting for approval') return { number: last.number, isWaiting: true, error: null };
    line.show(
      last === null && Date.now() - begun > PATIENCE_MS
        ? 'starting: no worker has begun with it yet'
        : progressWords(last),
    );
  }
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

function leave(line: ProgressLine): void {
  line.end();
  process.stderr.write('The run goes on without this terminal; "usersync sync list" shows how it ends.\n');
  process.exit(130);
}
