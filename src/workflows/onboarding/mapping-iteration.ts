import {
  allHandlersFinished,
  ApplicationFailure,
  CancellationScope,
  condition,
  getExternalWorkflowHandle,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import {
  isApproved,
  missingApprovals,
  objectionToApproval,
  objectionToVersion,
} from '../../onboarding/acts/agreements.js';
import { objectionToActor } from '../../onboarding/acts/people.js';
import { EXAMPLES, objectionToForm, readMessage } from '../../onboarding/forms.js';
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
import { refusalOf } from './refusal.js';
import { Turns } from './turns.js';

type Name = 'comment' | 'approve' | 'reject';

/** One concept mapping: comments on its lines, until it is approved by both sides or changes are requested. */
export async function mappingIteration(order: IterationOrder): Promise<IterationResult> {
  const iteration = new Iteration(order);
  for (const name of ['comment', 'approve', 'reject'] as const) handle(iteration, name);
  setHandler(withdrawSignal, ({ by, reason }) => iteration.withdraw(by, reason));
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
  setHandler(signalOf(name), (message) => iteration.turns.take(() => takeSignal(iteration, name, message)), {
    description,
  });
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

class Iteration {
  status: 'open' | IterationResult['status'] = 'open';
  private readonly approvals: Approval[] = [];
  private readonly remarks: string[] = [];
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
    return name === 'approve'
      ? objectionToApproval(this.order, agreement, readMessage('approve', value))
      : objectionToVersion(agreement, message.version);
  }

  /** @throws a refusal. */
  async take(name: Name, value: unknown, via: 'update' | 'signal'): Promise<string> {
    const objection = this.objectionTo(name, value);
    if (objection !== null) throw refused(objection);
    if (name === 'comment') return this.comment(readMessage(name, value), via);
    if (name === 'approve') return this.approve(readMessage(name, value), via);
    return this.reject(readMessage(name, value), via);
  }

  withdraw(by: string, reason: string): void {
    if (this.status !== 'open') return;
    this.status = 'withdrawn';
    this.remarks.push(`${by} withdrew it: ${reason}`);
    this.show();
  }

  /** The onboarding is told of all that was refused at once, in one message: a flood of nonsense stays small. */
  async tellOfRefusals(): Promise<never> {
    for (;;) {
      await condition(() => this.untold.length > 0);
      const refused = this.untold.splice(0);
      this.isTelling = true;
      const { via, text } = refused.at(-1) ?? { via: 'signal', text: '' };
      const others = refused.length === 1 ? '' : ` ${refused.length - 1} more messages were refused with it.`;
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
    this.remarks.push(`${by} on ${line}`);
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
    this.approvals.push({ by, side, at: this.now, recordedBy: message.recordedBy ?? null });
    const isDone = isApproved('mapping', this.approvals);
    if (isDone) {
      await onboardingActivities(`concept ${iteration} is approved`).closeConcept({
        ...{ onboardingId, iteration, result: 'approved', at: this.now },
      });
      this.status = 'approved';
    }
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
    this.status = 'changes requested';
    this.show();
    await this.tell({ ...actorOf(message), via, kind: 'rejected', text: message.reason });
    return `Changes are requested of version ${version}. The next concept is made from a newer version.`;
  }

  /** The onboarding may have been terminated; then there is nobody to tell. */
  private async tell(news: Omit<ConceptNews, 'iteration' | 'version'>): Promise<void> {
    const { customer, iteration, version } = this.order;
    try {
      await getExternalWorkflowHandle(onboardingId(customer)).signal(conceptNewsSignal, {
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
    const { customer, iteration, version } = this.order;
    const missing = missingApprovals('mapping', this.approvals);
    const isCustomersTurn = !this.approvals.some(({ side }) => side === 'customer');
    const side = isCustomersTurn ? 'customer' : 'speakap';
    upsertSearchAttributes([
      { key: phaseKey, value: 'mapping' },
      { key: iterationKey, value: iteration },
      { key: healthKey, value: 'on track' },
      { key: waitingOnKey, value: this.status === 'open' ? `${side}: approval of the mapping` : null },
    ]);
    setCurrentDetails(
      [
        `# ${customer}: concept mapping ${iteration}, version ${version}`,
        '',
        this.status === 'open' ? `⏳ **Open**, still to approve: ${missing}` : `**${this.status}**`,
        '',
        ...this.approvals.map(({ by, side: of, at }) => `- ✅ approved by ${by} (${of}) on ${at.slice(0, 10)}`),
        ...this.remarks.map((remark) => `- 💬 ${remark}`),
        ...(this.refusedBefore === 0 ? [] : [`- ⚠️ ${this.refusedBefore} earlier messages were refused.`]),
        ...this.refusals.map((text) => `- ⚠️ A message was refused: ${text}`),
        '',
        ...(this.status === 'open' ? this.howTo() : []),
        `The document: \`usersync onboarding mapping show ${customer} --concept ${iteration}\``,
      ].join('\n'),
    );
  }

  private howTo(): readonly string[] {
    const { version, contacts } = this.order;
    const customer = contacts.find(({ side }) => side === 'customer')?.id ?? 'c-hr';
    const values = {
      comment: { ...EXAMPLES.comment, version, by: customer },
      approve: { subject: 'mapping', version, by: customer, code: 'as mailed' },
      reject: { ...EXAMPLES.reject, version, by: customer },
    };
    const lines = Object.entries(values).map(([name, value]) => `- \`${name}\` \`${JSON.stringify(value)}\``);
    return ['**To decide**, send an update or a signal with one JSON value:', '', ...lines, ''];
  }
}

function actorOf({ by, recordedBy }: Approve | Comment | Reject) {
  return { by, ...(recordedBy === undefined ? {} : { recordedBy }) };
}

function refused(objection: string): ApplicationFailure {
  return ApplicationFailure.nonRetryable(objection, 'Refused');
}
