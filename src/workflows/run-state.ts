import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { ChangeKind } from '../sync/change.js';
import type { Activities } from '../activities/index.js';
import { decidedWords, objectionTo, onlyWhatIsMeant } from './decisions.js';
import type { Decision, KindProgress, RunOrder, RunProgress, RunResult, RunStep } from './messages.js';
import { renderDetails } from './run-details.js';
import { healthKey, phaseKey, waitingOnKey } from './search-attributes.js';

const REFUSED_MESSAGES_SHOWN = 10;

/** What a run is told when it is opened. */
type OpenedRun = Pick<RunProgress, 'runId' | 'number' | 'heartbeatSeconds' | 'batchSize' | 'historyEvents'>;

/** What a decision left in Postgres. */
export type DecidedHeld = Awaited<ReturnType<Activities['decideHeld']>>;

/** One run's memory: what messages ask for and what the steps have done, mirrored in details and search attributes. */
export class RunState {
  progress: RunProgress | null = null;
  /** Id of the run that wants to take over. */
  givingWayTo: string | null = null;
  /** Messages that came, and were refused, before the run had its number. */
  private readonly refusedEarly: string[] = [];

  constructor(readonly order: RunOrder) {
    this.progress = order.resume ?? null;
  }

  get run(): RunProgress {
    if (this.progress === null) throw new Error('The run has no number yet.');
    return this.progress;
  }

  begin({ runId, number, heartbeatSeconds, batchSize, historyEvents }: OpenedRun): void {
    this.progress = {
      ...{ runId, number, heartbeatSeconds, batchSize, historyEvents },
      startedAt: new Date().toISOString(),
      step: 'opening',
      steps: [],
      snapshotId: null,
      kinds: [],
      read: null,
      examined: 0,
      managed: 0,
      warnings: 0,
      decisions: [],
      approvals: [],
      refusedMessages: [],
      refusedBefore: 0,
      problem: null,
    };
    for (const text of this.refusedEarly.splice(0)) this.noteRefusedMessage(text);
  }

  get held(): number {
    return sum(this.progress?.kinds ?? [], (kind) => kind.held);
  }

  get attempted(): number {
    return sum(this.run.kinds, (kind) => kind.done + kind.failed);
  }

  get failed(): number {
    return sum(this.run.kinds, (kind) => kind.failed);
  }

  /** Why a decision cannot be taken now; null when it can. */
  objectionTo(decision: Decision): string | null {
    return objectionTo(decision, this.progress);
  }

  /** Decisions are carried out one after the other; what an earlier one is about is not decided a second time. */
  decide(decision: Decision, approve: boolean): string {
    const earlier = this.run.decisions.at(-1);
    this.run.decisions.push({ about: onlyWhatIsMeant(decision), approve });
    const what = decidedWords(decision);
    if (earlier !== undefined) {
      const becomes = approve ? 'applied' : 'not applied by this run';
      return `Noted: ${what}. What ${earlier.about.by} decided a moment ago is carried out first; what that leaves of it is ${becomes}.`;
    }
    return approve ? `Approved: ${what}. It is applied now.` : `Refused: ${what}. It is not applied by this run.`;
  }

  /** What a decision left. Kinds in which something may be applied now are gone through once more from their beginning. */
  takeDecided({ kinds, holds, outdated }: DecidedHeld): void {
    this.run.holds = holds;
    // Histories of older releases do not say it, and what is not said is not more than none.
    if (outdated > 0) this.note('decided', outdatedWords(outdated));
    for (const { kind, held, refused, open } of kinds) {
      const progress = this.kind(kind);
      if (progress === undefined) continue;
      Object.assign(progress, { held, refused });
      if (open > 0) Object.assign(progress, { next: progress.from, done: 0, failed: 0, skipped: 0 });
    }
    this.show();
  }

  /** Nothing may be applied yet: the mapping wants everything that is held decided about first. */
  get mustWait(): boolean {
    return this.run.whenHeld === 'wait' && this.held > 0;
  }

  /** A version was to become the active one, and a person refused a part of it. */
  get isTurnedDown(): boolean {
    return this.order.activate !== undefined && this.run.kinds.some(({ refused }) => refused > 0);
  }

  noteRefusedMessage(text: string): void {
    if (this.progress === null) {
      this.refusedEarly.push(text);
      return;
    }
    this.progress.refusedMessages.push(text);
    if (this.progress.refusedMessages.length > REFUSED_MESSAGES_SHOWN) {
      this.progress.refusedMessages.shift();
      this.progress.refusedBefore += 1;
    }
    this.show();
  }

  enter(step: RunStep): void {
    this.run.step = step;
    upsertSearchAttributes([
      { key: phaseKey, value: `daily sync: ${step}` },
      { key: waitingOnKey, value: step === 'waiting for approval' ? 'speakap: project manager' : null },
      { key: healthKey, value: this.health() },
    ]);
    this.show();
  }

  note(step: string, note: string): void {
    this.run.steps.push({ step, note });
    this.show();
  }

  show(): void {
    if (this.progress !== null) setCurrentDetails(renderDetails(this.order, this.progress));
  }

  kind(kind: ChangeKind): KindProgress | undefined {
    return this.run.kinds.find((entry) => entry.kind === kind);
  }

  result(status: RunResult['status']): RunResult {
    const { number, kinds, problem } = this.run;
    return {
      run: number,
      status,
      done: sum(kinds, (kind) => kind.done),
      failed: sum(kinds, (kind) => kind.failed),
      skipped: sum(kinds, (kind) => kind.skipped),
      held: this.held,
      problem,
    };
  }

  private health(): string {
    const { problem, step } = this.run;
    if (problem !== null) return 'blocked';
    return step === 'waiting for approval' || this.failed > 0 ? 'at risk' : 'on track';
  }
}

function outdatedWords(changes: number): string {
  const these = changes === 1 ? '1 change is' : `${changes} changes are`;
  return `${these} not applied: since the plan, the record of their people or the mapping changed; the next run decides anew`;
}

function sum(kinds: readonly KindProgress[], of: (kind: KindProgress) => number): number {
  return kinds.reduce((total, kind) => total + of(kind), 0);
}
