import type { ReleaseMessage, ReleaseMessageName, ReleaseProgress } from './messages.js';
import { RELEASE_MESSAGES } from './messages.js';

/** Why a message makes no sense now, in a sentence; null when it does. What came by signal may be anything at all. */
export function objectionTo(
  { customer, number }: { readonly customer: string; readonly number: number },
  progress: ReleaseProgress,
  name: ReleaseMessageName,
  value: unknown,
): string | null {
  const objection =
    objectionToForm(name, value) ??
    objectionToMoment(`Release ${number} of ${customer}`, number, progress, value as ReleaseMessage) ??
    OBJECTIONS[name](progress, value as ReleaseMessage);
  return objection === null ? null : `${objection} Nothing was changed.`;
}

function objectionToForm(name: ReleaseMessageName, value: unknown): string | null {
  const wanted = `${RELEASE_MESSAGES[name]}.`;
  if (typeof value !== 'object' || value === null) return `The message cannot be read. ${wanted}`;
  const { by, release, plan, code, item, comment } = value as Record<string, unknown>;
  if (typeof by !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$/.test(by)) return `"by" is not an id. ${wanted}`;
  for (const number of [release, plan]) {
    if (number !== undefined && typeof number !== 'number') return `"release" and "plan" are numbers. ${wanted}`;
  }
  for (const text of [code, item]) {
    if (text !== undefined && (typeof text !== 'string' || text.length > 40))
      return `"code" and "item" are short texts. ${wanted}`;
  }
  if (comment !== undefined && (typeof comment !== 'string' || comment.length > 2_000)) {
    return `"comment" is not a text of up to 2,000 letters. ${wanted}`;
  }
  return null;
}

function objectionToMoment(
  which: string,
  number: number,
  { step, outcome }: ReleaseProgress,
  { release }: ReleaseMessage,
): string | null {
  if (release !== undefined && release !== number) return `${which} was reached, and release ${release} is meant.`;
  if (outcome !== null || step === 'over') return `${which} is over.`;
  if (step === 'opening') return `${which} is only just beginning. Say it again in a moment.`;
  return null;
}

type Objection = (progress: ReleaseProgress, message: ReleaseMessage) => string | null;

const OBJECTIONS: Readonly<Record<ReleaseMessageName, Objection>> = {
  approve: ({ step, shown, approvals, paused }, { by, plan }) => {
    if (paused !== null) return 'It is paused: resuming shows a fresh plan.';
    if (shown === null || step !== 'waiting for approval') return `Nothing waits for an approval: it is ${step}.`;
    if (plan !== undefined && plan !== shown.plan) {
      return `The plan of run ${shown.plan} is to be approved, and not that of run ${plan}: look at it first.`;
    }
    const mine = approvals.some((approval) => approval.by === by && approval.plan === shown.plan);
    return mine ? `"${by}" has approved the plan of run ${shown.plan} already.` : null;
  },
  complete: ({ checklist }, { item, comment }) => {
    const entry = checklist.find((each) => each.item === item);
    if (entry === undefined)
      return `The checklist has: ${checklist.map((each) => each.item).join(', ')}. Name one as "item".`;
    if (entry.isOk || entry.completed !== null) return `"${entry.item}" is complete already.`;
    if (entry.item === 'test' && /not removed/.test(entry.words)) {
      return 'What is left of a test blocks the release, and nobody can complete that by a word.';
    }
    return isSaid(comment) ? null : 'Completing an item says why: add "comment".';
  },
  pause: ({ paused }) => (paused === null ? null : 'It is paused already.'),
  resume: ({ paused }) => (paused === null ? 'It is not paused.' : null),
  stop: (_, { comment }) => (isSaid(comment) ? null : 'Stopping says why: add "comment".'),
  accept: ({ step }) => (step === 'waiting for acceptance' ? null : `There is nothing to accept yet: it is ${step}.`),
};

function isSaid(comment: string | undefined): boolean {
  return comment !== undefined && comment.trim() !== '';
}
