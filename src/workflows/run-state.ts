import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { ChangeKind } from '../sync/change.js';
import type { Decision, KindProgress, RunOrder, RunProgress, RunResult, RunStep } from './messages.js';
import { renderDetails } from './run-details.js';
import { healthKey, phaseKey, waitingOnKey } from './search-attributes.js';

interface PendingDecision {
  readonly decision: Decision;
  readonly approve: boolean;
}

/** One run's memory: what messages ask for and what the steps have done, mirrored in details and search attributes. */
export class RunState {
  progress: RunProgress | null = null;
  /** Id of the run that wants to take over. */
  givingWayTo: string | null = null;
  readonly decisions: PendingDecision[] = [];

  constructor(readonly order: RunOrder) {
    this.progress = order.resume ?? null;
  }

  get run(): RunProgress {
    if (this.progress === null) throw new Error('The run has no number yet.');
    return this.progress;
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
    if (
      typeof decision !== 'object' ||
      decision === null ||
      typeof decision.by !== 'string' ||
      decision.by.trim() === ''
    ) {
      return 'A decision needs to say who takes it: {"by": "your id"}. Nothing was changed.';
    }
    if (this.progress === null || this.progress.step !== 'waiting for approval') {
      return 'Nothing waits for approval in this run now. Nothing was changed.';
    }
    const { kind } = decision;
    if (kind === undefined) return null;
    const held = this.progress.kinds.filter((entry) => entry.held > 0).map((entry) => entry.kind);
    if (held.includes(kind)) return null;
    return `No change of the kind "${kind}" is held. Held are: ${held.join(', ')}. Nothing was changed.`;
  }

  decide(decision: Decision, approve: boolean): string {
    this.decisions.push({ decision, approve });
    const what = decision.kind ?? 'everything that is held';
    return approve ? `Approved: ${what}. It is applied now.` : `Refused: ${what}. It is not applied by this run.`;
  }

  noteRefusedMessage(text: string): void {
    this.progress?.refusedMessages.push(text);
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

function sum(kinds: readonly KindProgress[], of: (kind: KindProgress) => number): number {
  return kinds.reduce((total, kind) => total + of(kind), 0);
}
