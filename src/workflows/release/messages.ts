import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { CheckName } from '../../release/checklist.js';
import type { KindCounts, PartCounts, ReleaseOptions, WavePart } from '../../release/types.js';

/** What one release is asked to do: the argument of `release`, small enough to type in the UI. */
export interface ReleaseOrder {
  /** The customer's slug. */
  readonly customer: string;
  /** Issued by Postgres: "usersync release plan". */
  readonly number: number;
  /** Seconds between two looks for what comes from outside, such as a daily run; 900 when left out. */
  readonly lookEverySeconds?: number;
}

export type ReleaseStep =
  | 'opening'
  | 'checking'
  | 'planning'
  | 'waiting for approval'
  | 'waiting for the go-live'
  | 'waiting for the morning'
  | 'keeping the rate'
  | 'pausing between waves'
  | 'activating'
  | 'watching the first days'
  | 'waiting for acceptance'
  | 'over';

export type ReleaseOutcome = 'accepted' | 'stopped' | 'failed';

export interface ChecklistEntry {
  readonly item: CheckName;
  readonly isOk: boolean;
  readonly words: string;
  readonly mend: string | null;
  /** Who completed it although the system does not see it, and why. */
  readonly completed: { readonly by: string; readonly comment: string } | null;
}

/** What is to be approved: exactly this, and nothing that is planned later. */
export interface ShownPlan {
  /** Number of the dry run: what an approval names. */
  readonly plan: number;
  readonly mappingVersion: number;
  readonly groups: number;
  readonly kinds: KindCounts;
  /** Why it is asked again; null the first time. */
  readonly why: string | null;
}

export interface WaveProgress extends Omit<WavePart, 'people'> {
  people: number;
  /** null before something is approved. */
  approved: PartCounts | null;
  status: 'planned' | 'running' | 'done' | 'interrupted';
  /** Number of the live run. */
  run: number | null;
  note: string | null;
}

export interface ReleaseApproval {
  readonly plan: number;
  readonly by: string;
  readonly side: 'customer' | 'speakap';
  readonly comment: string | null;
}

/** Everything a release knows of itself: ids, counts and decisions. */
export interface ReleaseProgress {
  step: ReleaseStep;
  mappingVersion: number;
  goLiveAt: string | null;
  goLiveWords: string;
  options: ReleaseOptions | null;
  checklist: ChecklistEntry[];
  shown: ShownPlan | null;
  approvals: ReleaseApproval[];
  /** Groups that the approved plan makes, for all waves together. */
  approvedGroups: number;
  waves: WaveProgress[];
  /** Why it does not go on; null: it does. */
  paused: { readonly by: string; readonly comment: string } | null;
  watched: { readonly run: number; readonly words: string }[];
  leftOut: readonly string[];
  accepted: { readonly by: string; readonly comment: string | null } | null;
  notes: string[];
  /** Why the latest messages were refused. */
  refusedMessages: string[];
  outcome: ReleaseOutcome | null;
  problem: string | null;
}

/** What can be said to a release. */
export interface ReleaseMessage {
  /** Contact id. */
  readonly by: string;
  /** Number of the release that is meant; another one is not. */
  readonly release?: number;
  /** approve: the dry run that was looked at; another plan is not meant. */
  readonly plan?: number;
  /** approve: the code that was mailed to the contact. */
  readonly code?: string;
  /** complete: the item of the checklist. */
  readonly item?: string;
  readonly comment?: string;
}

export interface ReleaseResult {
  readonly release: number;
  readonly outcome: ReleaseOutcome;
  /** Waves of which every part is done. */
  readonly finishedWaves: number;
  readonly problem: string | null;
}

/** What each message does, as the Temporal UI shows it. */
export const RELEASE_MESSAGES = {
  approve: 'Approve what is shown: {"by": "your contact id", "plan": 12, "code": "the mailed code"}',
  complete: 'Complete an item of the checklist: {"by": "your contact id", "item": "limits", "comment": "why"}',
  pause: 'Pause: the run that is under way is ended, its rest is planned again: {"by": "your id", "comment": "why"}',
  resume: 'Go on, with a fresh plan: {"by": "your id"}',
  stop: 'End the release; finished waves stay as they are: {"by": "your id", "comment": "why"}',
  accept: 'The customer accepts the finalised User Sync: {"by": "your contact id", "code": "the mailed code"}',
} as const;

export type ReleaseMessageName = keyof typeof RELEASE_MESSAGES;

export const RELEASE_NAMES = Object.keys(RELEASE_MESSAGES) as readonly ReleaseMessageName[];

/** Answers a sentence about what was noted; refused when it makes no sense. */
export function releaseUpdate(name: ReleaseMessageName) {
  return defineUpdate<string, [ReleaseMessage]>(name);
}

/** The same by signal; one that makes no sense is shown in the details and changes nothing. */
export function releaseSignal(name: ReleaseMessageName) {
  return defineSignal<[ReleaseMessage]>(name);
}

export const releaseQuery = defineQuery<ReleaseProgress>('progress');
