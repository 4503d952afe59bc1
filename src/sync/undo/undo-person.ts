import type { PersonChange } from '../change.js';
import type { Xid } from '../ids.js';
import type { Warning } from '../person.js';
import type { LinkState } from '../plan/link-state.js';
import { planPerson } from '../plan/plan-person.js';
import { PROFILE_FIELDS, type WritePolicies } from '../plan/profile-changes.js';
import { takeBack, type Past, type Shown } from './take-back.js';

/** One person of a run that is to be undone. */
export interface UndoSubject {
  readonly xid: Xid;
  /** null: there is no account under the sync any more. */
  readonly link: LinkState | null;
  /** Whether a suspended account can still be restored: for 30 days. */
  readonly isRestorable: boolean;
  /** An exception keeps the person out of the network by now. */
  readonly isKeptOut: boolean;
  /** The run took the account over, whose state before nobody knows. */
  readonly wasThere: boolean;
  /** Another run suspended the person or gave the account back, after that run had done so. */
  readonly switchedSince: boolean;
  /** What that run did for this person, in the order in which it was done. */
  readonly done: readonly PersonChange[];
  readonly shown: Shown;
}

/** What is to be done, and what stays as it is, with its reason. */
export interface Undo {
  readonly changes: readonly PersonChange[];
  readonly stays: readonly Warning[];
}

const TAKEN_OVER =
  'The account was there before the run, which took it over, and what it was like then is not known: it stays as it is.';

const KEPT_OUT = 'An exception of the mapping keeps this person out of the network, so the account stays suspended.';

const SWITCHED_SINCE =
  'The account was suspended or given back again since, so it stays as the last of these runs left it: undo that one.';

/**
 * The way back to how a person was before a run, for what the run changed and nobody changed since. Who was created is
 * suspended: an account is never deleted. Who was taken over stays. `run`: its number, for the reasons.
 */
export function undoPerson(subject: UndoSubject, run: number): Undo {
  const { xid, link, done } = subject;
  if (link === null) return { changes: [], stays: [stays(xid, 'The account is not under the sync any more.')] };
  if (subject.wasThere) return { changes: [], stays: [stays(xid, TAKEN_OVER)] };
  let past: Past = { state: link.state, written: link.written };
  const kept: string[] = [];
  for (const change of [...done].reverse()) {
    const step = takeBack(past, change, subject.shown);
    past = step.past;
    kept.push(...step.stays);
  }
  const wasCreated = done.some(({ kind }) => kind === 'create');
  if (past.state !== link.state && subject.switchedSince) {
    if (wasCreated || link.state === 'suspended') return { changes: [], stays: [stays(xid, SWITCHED_SINCE)] };
    past = { ...past, state: link.state };
    kept.push(SWITCHED_SINCE);
  }
  if (past.state === 'active' && link.state === 'suspended' && subject.isKeptOut) {
    return { changes: [], stays: [stays(xid, KEPT_OUT)] };
  }
  if (past.state === 'active' && link.state === 'suspended' && !subject.isRestorable) {
    return { changes: [], stays: [stays(xid, 'The account was suspended more than 30 days ago and is gone.')] };
  }
  const changes = wayBack(xid, link, past, wasCreated).map((change) => ({ ...change, reason: reasonOf(change, run) }));
  return { changes, stays: [...new Set(kept)].map((text) => stays(xid, text)) };
}

/** Somebody whom an exception protects by now. */
export function leftAlone(xid: Xid): Undo {
  return {
    changes: [],
    stays: [stays(xid, 'An exception of the mapping leaves this person alone, so what the run did for them stays.')],
  };
}

/** Of a profile only what is taken back is written: the rest may have been edited in the network. */
const ONLY_WHAT_IS_TAKEN_BACK: WritePolicies = new Map(PROFILE_FIELDS.map((field) => [field, 'onChange']));

function wayBack(xid: Xid, link: LinkState, { state, written }: Past, wasCreated: boolean): readonly PersonChange[] {
  const reason = { rule: 'undo', text: '', rows: [] };
  const suspend: readonly PersonChange[] = state === 'suspended' ? [{ kind: 'suspend', xid, reason }] : [];
  // A suspended account keeps what it has: there is nobody to see it.
  if (state === 'suspended' && (wasCreated || link.state === 'suspended'))
    return link.state === 'active' ? suspend : [];
  const outcome = { kind: 'active', xid, person: written, why: [], warnings: [] } as const;
  const isBack = link.state === 'suspended';
  return [
    ...planPerson({ outcome, link, writes: ONLY_WHAT_IS_TAKEN_BACK }).filter(({ kind }) => kind !== 'invite' || isBack),
    ...suspend,
  ];
}

function reasonOf(change: PersonChange, run: number) {
  const words = change.kind === 'invite' ? 'Is invited again on return, since' : 'Is as before, since';
  return { rule: 'undo', text: `${words} run ${run} is undone`, rows: [] };
}

function stays(xid: Xid, text: string): Warning {
  return { code: 'not-undone', xid, rows: [], column: null, text };
}
