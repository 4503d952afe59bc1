import { deliverablesFor, type SourceKind } from './deliverables.js';
import type { Agreement, ContactRef, OnboardingPlan, OnboardingState } from './state.js';

/** What an onboarding is told when it begins. */
export interface Opened {
  readonly onboardingId: number;
  readonly number: number;
  readonly customer: string;
  readonly manager: string;
  readonly source: SourceKind;
  readonly plan: OnboardingPlan;
  readonly contacts: readonly ContactRef[];
}

export function newState(opened: Opened): OnboardingState {
  return {
    ...opened,
    status: 'running',
    items: deliverablesFor(opened.source).map(({ id }) => ({
      ...{ id, state: 'open', delivered: null, checked: null, finding: null, movedTo: null },
    })),
    questions: [],
    pauses: [],
    groups: noAgreement(),
    mapping: {
      ...{ iteration: 0, version: null, status: 'none', approvedVersion: null, drafted: null },
      ...{ comments: 0, approvals: [] },
    },
    release: noAgreement(),
    rehearsal: null,
    leftOut: [],
    schedule: null,
    goLiveTold: null,
    remindersDone: [],
    mailsInDoubt: 0,
    events: [],
    seq: 0,
    recorded: 0,
    cancelledBecause: null,
    problems: [],
  };
}

function noAgreement(): Agreement {
  return { version: 0, status: 'none', approvals: [], words: null, runId: null };
}
