import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import { healthKey, waitingOnKey } from '../search-attributes.js';
import { acceptingOf, isAccept, objectionToOpen, objectionToUnknown, type Accepting } from './accepting.js';
import type { TestApproval, TestDecision, TestOrder, TestOutcome, TestProgress, TestStep } from './messages.js';
import { renderTest } from './test-details.js';

const REFUSED_SHOWN = 5;

/** Where a test stands, shown in the Temporal UI whenever it changes. */
export class TestState {
  readonly progress: TestProgress = {
    step: 'opening',
    steps: [],
    checks: [],
    approvals: [],
    toAccept: [],
    refusedMessages: [],
    outcome: null,
    problem: null,
    leftOver: null,
  };
  /** Set by the worker's configuration: how soon a lost worker is noticed. */
  heartbeatSeconds = 60;
  stoppedBy: string | null = null;
  rejected: TestDecision | null = null;

  constructor(readonly order: TestOrder) {}

  enter(step: TestStep): void {
    this.progress.step = step;
    this.show();
    const waits = step === 'waiting for approval';
    upsertSearchAttributes([
      { key: waitingOnKey, value: waits ? 'customer and speakap: approve the test' : 'speakap: system' },
      { key: healthKey, value: this.progress.leftOver === null ? 'on track' : 'blocked' },
    ]);
  }

  note(step: string, note: string): void {
    this.progress.steps.push({ step, note });
    this.show();
  }

  noteRefused(sentence: string): void {
    this.progress.refusedMessages = [...this.progress.refusedMessages, sentence].slice(-REFUSED_SHOWN);
    this.show();
  }

  end(outcome: TestOutcome, problem: string | null): void {
    this.progress.outcome = outcome;
    this.progress.problem = problem;
    this.show();
  }

  /** Of steps that read or write much. A cancelled test waits for them: what they still wrote would come behind the removal. */
  get pace() {
    return { minutes: 120, heartbeatSeconds: this.heartbeatSeconds, endsFirst: true };
  }

  get isApproved(): boolean {
    const sides = new Set(this.progress.approvals.map(({ side }) => side));
    return sides.has('customer') && sides.has('speakap');
  }

  get differences(): number {
    return this.progress.checks.reduce((sum, { differences }) => sum + differences, 0);
  }

  /** Why a decision makes no sense now, in a sentence; null when it does. */
  objectionTo(decision: unknown, approve: boolean): string | null {
    const objection =
      objectionToShape(decision, approve) ??
      this.#objectionToMoment(decision as TestDecision) ??
      (approve && this.differences > 0
        ? 'Its checks found differences, so it cannot be approved. Reject it with the reason.'
        : null) ??
      (approve ? objectionToUnknown(this.accepting(decision as TestDecision), this.progress.toAccept) : null);
    return objection === null ? null : `${objection} Nothing was changed.`;
  }

  /** What still points to few people is accepted by the side that the people belong to, by name. */
  objectionToSide(decision: TestDecision, side: TestApproval['side']): string | null {
    const objection = side === 'customer' ? objectionToOpen(this.accepting(decision)) : null;
    return objection === null ? null : `${objection} Nothing was changed.`;
  }

  accepting({ accept }: TestDecision): Accepting {
    return acceptingOf(accept, this.progress.toAccept);
  }

  #objectionToMoment({ by, test }: TestDecision): string | null {
    const { number, customer } = this.order;
    const { step, approvals } = this.progress;
    if (test !== undefined && test !== number) return `This is test ${number} of ${customer}, and not test ${test}.`;
    if (this.progress.outcome !== null || step === 'removing everything' || step === 'over') {
      return `Test ${number} of ${customer} is decided already.`;
    }
    if (step !== 'waiting for approval') return `Test ${number} of ${customer} has no report yet: it is ${step}.`;
    if (approvals.some((approval) => approval.by === by)) return `"${by}" has approved test ${number} already.`;
    return null;
  }

  show(): void {
    setCurrentDetails(renderTest(this.order, this.progress));
  }
}

function objectionToShape(value: unknown, approve: boolean): string | null {
  const example = approve ? '{"by": "c-hr", "code": "123456"}' : '{"by": "c-hr", "comment": "why"}';
  const wanted = `Send one JSON value such as ${example}.`;
  if (typeof value !== 'object' || value === null) return `The message cannot be read. ${wanted}`;
  const { by, test, code, comment, accept } = value as Record<string, unknown>;
  if (typeof by !== 'string' || !/^[a-z0-9][a-z0-9-]{0,39}$/.test(by))
    return `"by" is not the id of a contact. ${wanted}`;
  if (test !== undefined && typeof test !== 'number') return `"test" is not a number. ${wanted}`;
  if (code !== undefined && typeof code !== 'string') return `"code" is not a text. ${wanted}`;
  if (accept !== undefined && !isAccept(accept)) {
    return `"accept" is neither "all" nor a list of combinations such as ["Location+JobTitle"]. ${wanted}`;
  }
  if (comment !== undefined && (typeof comment !== 'string' || comment.length > 2_000)) {
    return `"comment" is not a text of up to 2,000 letters. ${wanted}`;
  }
  if (!approve && (typeof comment !== 'string' || comment.trim() === '')) {
    return `A rejection says why: add "comment". ${wanted}`;
  }
  return null;
}
