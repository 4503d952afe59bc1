import {
  allHandlersFinished,
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import {
  isApproved,
  missingApprovals,
  objectionToApproval,
  objectionToRejection,
  objectionToVersion,
} from '../../onboarding/acts/agreements.js';
import { objectionToActor } from '../../onboarding/acts/people.js';
import { renderConcept, type Remark } from '../../onboarding/details/concept-details.js';
import { EXAMPLES, isWithdrawal, objectionToForm, readMessage } from '../../onboarding/forms.js';
import type { Approve, Comment, ConceptNews, Reject } from '../../onboarding/messages.js';
import { toPlanTime } from '../../onboarding/schedule/clock.js';
import type { Approval, Via } from '../../onboarding/state.js';
import { healthKey, iterationKey, phaseKey, waitingOnKey } from '../search-attributes.js';
import { onboardingActivities } from './activities.js';
import {
  conceptNewsSignal,
  onboardingId,
  signalOf,
  updateOf,
  withdrawSignal,
  type IterationOrder,
  type IterationResult,
} from './messages.js';
import { refusalOf, refused } from './refusal.js';
import { Turns } from './turns.js';

type Name = 'comment' | 'approve' | 'reject';

/** One concept mapping: comments on its lines, until it is approved by both sides or changes are requested. */
export async function mappingIteration(order: IterationOrder): Promise<IterationResult> {
  const iteration = new Iteration(order);
  for (const name of ['comment', 'approve', 'reject'] as const) handle(iteration, name);
  setHandler(withdrawSignal, (value) => iteration.withdraw(value), {
    description: 'Sent by the onboarding when a newer concept takes its place, and not by people',
  });
  iteration.show();
  void CancellationScope.nonCancellable(() => iteration.tellOfRefusals());
  await condition(() => iteration.status !== 'open' && !iteration.isBusy);
  await condition(allHandlersFinished);
  return { iteration: order.iteration, version: order.version, status: iteration.ended };
}

function handle(iteration: Iteration, name: Name): void {
  const description = `Decides about this concept: ${JSON.stringify(EXAMPLES[name])}`;
  setHandler(updateOf(name), (message) => iteration.turns.take(() => takeUpdate(iteration, name, message)), {
    description,
    validator: (message) => {
      const objection = iteration.objectionTo(name, message);
      if (objection !== null) throw refused(objection);
    },
  });
  setHandler(signalOf(name), (message) => hearSignal(iteration, name, message), { description });
}

async function takeUpdate(iteration: Iteration, name: Name, message: unknown): Promise<string> {
  try {
    return await iteration.take(name, message, 'update');
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    iteration.noteRefused('update', refusal);
    throw refused(refusal);
  }
}

/** What makes no sense, or comes in a flood, is refused before it costs anything. */
async function hearSignal(iteration: Iteration, name: Name, message: unknown): Promise<void> {
  const objection = iteration.objectionTo(name, message) ?? (iteration.turns.waiting >= MOST_WAITING ? FLOOD : null);
  if (objection !== null) return iteration.noteRefused('signal', objection);
  return iteration.turns.take(() => takeSignal(iteration, name, message));
}

async function takeSignal(iteration: Iteration, name: Name, message: unknown): Promise<void> {
  try {
    await iteration.take(name, message, 'signal');
  } catch (error) {
    const refusal = refusalOf(error);
    if (refusal === null) throw error;
    iteration.noteRefused('signal', refusal);
  }
}

const REFUSED_SHOWN = 10;
const MOST_WAITING = 50;
const FLOOD = `${MOST_WAITING} messages wait already. Nothing was changed. Send it again later.`;

class Iteration {
  status: 'open' | IterationResult['status'] = 'open';
  private readonly approvals: Approval[] = [];
  private readonly remarks: Remark[] = [];
  private readonly refusals: string[] = [];
  private refusedBefore = 0;
  readonly turns = new Turns();
  private readonly untold: { readonly via: 'update' | 'signal'; readonly text: string }[] = [];
  private isTelling = false;

  constructor(private readonly order: IterationOrder) {}

  get isBusy(): boolean {
    return this.turns.isBusy || this.isTelling || this.untold.length > 0;
  }

  get ended(): IterationResult['status'] {
    return this.status === 'open' ? 'withdrawn' : this.status;
  }

  objectionTo(name: Name, value: unknown): string | null {
    const objection = objectionToForm(name, value) ?? this.objectionToMoment(name, value);
    return objection === null ? null : `${objection} Nothing was changed.`;
  }

  private objectionToMoment(name: Name, value: unknown): string | null {
    const message = readMessage(name, value);
    if ('subject' in message && message.subject !== 'mapping') return 'This workflow is about a mapping.';
    const objection = objectionToActor(this.order, message);
    if (objection !== null) return objection;
    const { version } = this.order;
    const agreement = {
      subject: 'mapping',
      version,
      isOpen: this.status === 'open',
      approvals: this.approvals,
    } as const;
    if (name === 'approve') return objectionToApproval(this.order, agreement, readMessage('approve', value));
    if (name === 'reject') return objectionToRejection(this.order, agreement, readMessage('reject', value));
    return objectionToVersion(agreement, message.version);
  }

  /** @throws a refusal. */
  async take(name: Name, value: unknown, via: 'update' | 'signal'): Promise<string> {
    const objection = this.objectionTo(name, value);
    if (objection !== null) throw refused(objection);
    if (name === 'comment') return this.comment(readMessage(name, value), via);
    if (name === 'approve') return this.approve(readMessage(name, value), via);
    return this.reject(readMessage(name, value), via);
  }

  withdraw(value: unknown): void {
    if (this.status !== 'open' || !isWithdrawal(value)) return;
    const { by, reason } = value;
    this.status = 'withdrawn';
    this.remarks.push({ by, recordedBy: null, about: 'withdrawn', text: reason });
    this.show();
  }

  /** The onboarding is told of all that was refused at once, in one message: a flood of nonsense stays small. */
  async tellOfRefusals(): Promise<never> {
    for (;;) {
      await condition(() => this.untold.length > 0);
      const all = this.untold.splice(0);
      this.isTelling = true;
      const { via, text } = all.at(-1) ?? { via: 'signal', text: '' };
      const others = all.length === 1 ? '' : ` ${all.length - 1} more messages were refused with it.`;
      this.show();
      await this.tell({ by: 'system', via, kind: 'refused', text: `${text}${others}` });
      this.isTelling = false;
    }
  }

  noteRefused(via: 'update' | 'signal', text: string): void {
    this.refusals.push(text);
    if (this.refusals.length > REFUSED_SHOWN) {
      this.refusals.shift();
      this.refusedBefore += 1;
    }
    this.untold.push({ via, text });
  }

  private async comment(message: Comment, via: Via & ('update' | 'signal')): Promise<string> {
    const { line, text, by, recordedBy } = message;
    const { onboardingId, iteration } = this.order;
    await onboardingActivities(`keep a comment on line ${line}`).saveComment({
      ...{ onboardingId, iteration, line, by, recordedBy: recordedBy ?? null, text, at: this.now },
    });
    this.remarks.push({ by, recordedBy: recordedBy ?? null, about: `line ${line}`, text });
    this.show();
    await this.tell({ ...actorOf(message), via, kind: 'commented', line, text });
    return `Noted for line ${line} of concept ${iteration}.`;
  }

  private async approve(message: Approve, via: 'update' | 'signal'): Promise<string> {
    const { onboardingId, iteration, version, contacts } = this.order;
    const { by, code = null } = message;
    await onboardingActivities(`the code of ${by} for version ${version}`).useCode({
      ...{ onboardingId, subject: 'mapping', version, contactId: by, code, at: this.now },
    });
    const side = contacts.find(({ id }) => id === by)?.side ?? 'customer';
    const approval = { by, side, at: this.now, recordedBy: message.recordedBy ?? null };
    const isDone = isApproved('mapping', [...this.approvals, approval]);
    if (isDone) {
      await onboardingActivities(`concept ${iteration} is approved`).closeConcept({
        ...{ onboardingId, iteration, result: 'approved', at: this.now },
      });
    }
    this.refuseUnlessOpen();
    this.approvals.push(approval);
    if (isDone) this.status = 'approved';
    this.show();
    await this.tell({ ...actorOf(message), via, kind: 'approved' });
    return isDone
      ? `Version ${version} of the mapping is approved by both sides.`
      : `Approved by ${by}. Still needed: ${missingApprovals('mapping', this.approvals)}.`;
  }

  private async reject(message: Reject, via: 'update' | 'signal'): Promise<string> {
    const { onboardingId, iteration, version } = this.order;
    await onboardingActivities(`concept ${iteration} needs changes`).closeConcept({
      ...{ onboardingId, iteration, result: 'changes requested', at: this.now },
    });
    this.refuseUnlessOpen();
    this.status = 'changes requested';
    const { by, recordedBy = null, reason: text } = message;
    this.remarks.push({ by, recordedBy, about: 'rejected', text });
    this.show();
    await this.tell({ ...actorOf(message), via, kind: 'rejected', text: message.reason });
    return `Changes are requested of version ${version}. The next concept is made from a newer version.`;
  }

  /** It may have been withdrawn while something was waited for. */
  private refuseUnlessOpen(): void {
    if (this.status !== 'open') throw refused('It was withdrawn in the meantime. Nothing was changed.');
  }

  /** The onboarding may have been terminated; then there is nobody to tell. */
  private async tell(news: Omit<ConceptNews, 'onboardingId' | 'iteration' | 'version'>): Promise<void> {
    const { customer, onboardingId: ofOnboarding, iteration, version } = this.order;
    try {
      await getExternalWorkflowHandle(onboardingId(customer)).signal(conceptNewsSignal, {
        onboardingId: ofOnboarding,
        ...news,
        iteration,
        version,
      });
    } catch {
      return;
    }
  }

  private get now(): string {
    return new Date(toPlanTime(this.order.clock, Date.now())).toISOString();
  }

  show(): void {
    const { iteration } = this.order;
    const isCustomersTurn = !this.approvals.some(({ side }) => side === 'customer');
    const side = isCustomersTurn ? 'customer' : 'speakap';
    upsertSearchAttributes([
      { key: phaseKey, value: 'mapping' },
      { key: iterationKey, value: iteration },
      { key: healthKey, value: 'on track' },
      { key: waitingOnKey, value: this.status === 'open' ? `${side}: approval of the mapping` : null },
    ]);
    const { status, approvals, remarks, refusals, refusedBefore } = this;
    setCurrentDetails(
      renderConcept({ ...this.order, status, approvals, remarks, refusals, refusedBefore }, workflowInfo().namespace),
    );
  }
}

function actorOf({ by, recordedBy }: Approve | Comment | Reject) {
  return { by, ...(recordedBy === undefined ? {} : { recordedBy }) };
}
