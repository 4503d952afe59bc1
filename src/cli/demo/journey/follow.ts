import { setTimeout as sleep } from 'node:timers/promises';
import { CommandFailed } from '../../errors.js';
import type { Output } from '../../output.js';
import { ProgressLine } from '../../sync/progress-line.js';

const ASK_EVERY_MS = 250;
const PATIENCE_MS = 600_000;

export interface Waiting<State> {
  /** `the groups were planned` */
  readonly words: string;
  /** null: nothing is known yet. */
  readonly ask: () => Promise<State | null>;
  readonly holds: (state: State) => boolean;
  /** Why it will never be so; null as long as it may. */
  readonly trouble: (state: State) => string | null;
  /** What is going on. */
  readonly doing: (state: State) => string;
}

/** Asks until it is so, and shows what is going on meanwhile. @throws CommandFailed */
export async function until<State>(output: Output, awaited: Waiting<State>): Promise<State> {
  const { words, ask, holds, trouble, doing } = awaited;
  const line = new ProgressLine(output);
  try {
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await sleep(ASK_EVERY_MS)) {
      const state = await ask();
      if (state === null) continue;
      if (holds(state)) return state;
      const why = trouble(state);
      if (why !== null) throw new CommandFailed(`Before ${words}: ${why}`);
      line.show(doing(state));
    }
  } finally {
    line.end();
  }
  throw new CommandFailed(`Ten minutes went by before ${words}. Look at the Temporal UI for what runs.`);
}
