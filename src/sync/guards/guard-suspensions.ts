import type { PersonChange } from '../change.js';
import type { Limit } from '../mapping/mapping.js';
import { allowedChanges } from './allowed-changes.js';

export interface SuspensionFacts {
  readonly limit: Limit;
  /** People with an active link before the run; in a first run 0, and then there is nobody to suspend. */
  readonly managedPeople: number;
  readonly suspensions: number;
}

/** What a guard decided, with the numbers it decided by. */
export interface Verdict {
  readonly guard: 'suspensions';
  readonly isHeld: boolean;
  readonly suspensions: number;
  readonly allowed: number;
  readonly managedPeople: number;
  readonly limit: Limit;
  /** For a person to read, held or not. */
  readonly text: string;
}

/** Too many people would be suspended: then all suspensions are held and wait for a person, and the rest goes on. */
export function guardSuspensions({ limit, managedPeople, suspensions }: SuspensionFacts): Verdict {
  const allowed = allowedChanges(limit, managedPeople);
  const isHeld = suspensions > allowed;
  return {
    guard: 'suspensions',
    isHeld,
    suspensions,
    allowed,
    managedPeople,
    limit,
    text: verdictText(isHeld, allowed, { limit, managedPeople, suspensions }),
  };
}

/** The changes that this verdict stops. */
export function heldChanges(verdict: Verdict, changes: readonly PersonChange[]): readonly PersonChange[] {
  return verdict.isHeld ? changes.filter(({ kind }) => kind === 'suspend') : [];
}

function verdictText(isHeld: boolean, allowed: number, { limit, managedPeople, suspensions }: SuspensionFacts): string {
  const share = managedPeople === 0 ? '' : ` (${((suspensions / managedPeople) * 100).toFixed(1)} %)`;
  const what = `${suspensions} of ${managedPeople} managed people${share} would be suspended`;
  const rule = `${allowed} ${allowed === 1 ? 'is' : 'are'} allowed: ${limit.percent} % or ${limit.count}, whichever is fewer, and at least ${limit.floor}`;
  if (!isHeld) return `${what}. ${capitalised(rule)}.`;
  return `${what}, and ${rule}. All suspensions of this run are held until a person approves or refuses them; everything else goes on.`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
