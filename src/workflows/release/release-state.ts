import { ApplicationFailure, condition, setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { CheckedItem } from '../../release/checklist.js';
import { healthKey, waitingOnKey } from '../search-attributes.js';
import type { ReleaseOrder, ReleaseOutcome, ReleaseProgress, ReleaseStep, WaveProgress } from './messages.js';
import { objectionTo } from './objections.js';
import { renderRelease } from './release-details.js';

const REFUSED_SHOWN = 5;

/** Where a release stands, shown in the Temporal UI whenever it changes. */
export class ReleaseState {
  readonly progress: ReleaseProgress = {
    ...{ step: 'opening', mappingVersion: 0, goLiveAt: null, goLiveWords: '', options: null },
    ...{
      checklist: [],
      shown: null,
      approvals: [],
      approvedGroups: 0,
      waves: [],
      paused: null,
      watched: [],
      leftOut: [],
    },
    ...{ accepted: null, notes: [], refusedMessages: [], outcome: null, problem: null },
  };
  stoppedBy: { readonly by: string; readonly comment: string } | null = null;
  onboardingId: number | null = null;
  /** Contact id of the project manager. */
  manager = '';
  /** Milliseconds since 1970: before, more people an hour would be invited than was agreed. */
  rateIsFreeAt = 0;
  #shown = '';

  constructor(readonly order: ReleaseOrder) {}

  enter(step: ReleaseStep): void {
    this.progress.step = step;
    this.show();
  }

  note(sentence: string): void {
    this.progress.notes.push(sentence);
    this.show();
  }

  noteRefused(sentence: string): void {
    this.progress.refusedMessages = [...this.progress.refusedMessages, sentence].slice(-REFUSED_SHOWN);
    this.show();
  }

  pauseFor(by: string, comment: string): void {
    this.progress.paused = { by, comment };
    this.show();
  }

  end(outcome: ReleaseOutcome, problem: string | null): void {
    this.progress.outcome = outcome;
    this.progress.problem = problem;
    this.show();
  }

  /** What a person completed stays complete, whatever the system sees. */
  takeChecklist(items: readonly CheckedItem[]): void {
    const before = this.progress.checklist;
    this.progress.checklist = items.map((item) => ({
      ...item,
      completed: before.find((entry) => entry.item === item.item)?.completed ?? null,
    }));
    this.show();
  }

  get isChecked(): boolean {
    const { checklist } = this.progress;
    return checklist.length > 0 && checklist.every(({ isOk, completed }) => isOk || completed !== null);
  }

  /** Whether one of each side has approved what is shown. */
  get isApproved(): boolean {
    const { shown, approvals } = this.progress;
    const sides = approvals.filter(({ plan }) => plan === shown?.plan).map(({ side }) => side);
    return sides.includes('customer') && sides.includes('speakap');
  }

  get isStopped(): boolean {
    return this.stoppedBy !== null;
  }

  get isHeldUp(): boolean {
    return this.isStopped || this.progress.paused !== null;
  }

  waveOf(wave: number, part: number): WaveProgress {
    const found = this.progress.waves.find((each) => each.wave === wave && each.part === part);
    if (found === undefined) throw new Error(`There is no part ${part} of wave ${wave}.`);
    return found;
  }

  get finishedWaves(): number {
    const { waves } = this.progress;
    const numbers = [...new Set(waves.map(({ wave }) => wave))];
    return numbers.filter((number) => waves.every(({ wave, status }) => wave !== number || status === 'done')).length;
  }

  objectionTo(name: Parameters<typeof objectionTo>[2], value: unknown): string | null {
    return objectionTo(this.order, this.progress, name, value);
  }

  /** Waits while it is paused. @throws ApplicationFailure as soon as somebody stopped it */
  async mayGoOn(): Promise<void> {
    await condition(() => this.isStopped || this.progress.paused === null);
    if (this.stoppedBy === null) return;
    const { by, comment } = this.stoppedBy;
    throw ApplicationFailure.nonRetryable(`Stopped by ${by}: ${comment}`, 'ReleaseStoppedByPerson');
  }

  /** Details cost nothing; search attributes are events, written when they differ. */
  show(): void {
    setCurrentDetails(renderRelease(this.order, this.progress));
    const waitingOn = waitsFor(this.progress);
    const { paused, outcome } = this.progress;
    const health = paused !== null || outcome === 'failed' ? 'blocked' : 'on track';
    if (this.#shown === `${waitingOn}/${health}`) return;
    this.#shown = `${waitingOn}/${health}`;
    upsertSearchAttributes([
      { key: waitingOnKey, value: waitingOn },
      { key: healthKey, value: health },
    ]);
  }
}

function waitsFor({ step, paused }: ReleaseProgress): string {
  if (paused !== null) return 'speakap: resume or stop the release';
  if (step === 'waiting for approval') return 'customer and speakap: approve the release';
  if (step === 'waiting for acceptance') return 'customer: accept the finalised User Sync';
  if (step === 'checking') return 'speakap: complete the checklist';
  return 'speakap: system';
}
