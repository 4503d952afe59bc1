import { GUARDED_KINDS, type GuardedKind } from '../guarded-kind.js';
import type { Guards, KindLimit, Limit } from '../mapping/mapping.js';
import { allowedChanges } from './allowed-changes.js';
import { heldText, ownLimitText, type Counted } from './guard-words.js';

/** What a plan would do, in numbers of people. */
export interface PlanFigures {
  /** People with an active link before the run. */
  readonly managed: number;
  /** People who are to be in the network by the mapping, and are not in it yet. */
  readonly arriving: number;
  /** In a wave of a release: people with a change in the approved plan of all its waves. */
  readonly approved?: number | null;
  /** No live run of the customer has come to its end yet. */
  readonly isFirst: boolean;
  /** How many people have changes of each kind. */
  readonly people: ReadonlyMap<GuardedKind, number>;
  /** How many people have any change. */
  readonly changed: number;
}

/** What guards stop, each with its words for a person. */
export interface Verdict {
  /** Everything of the run is held (what Speakap calls "abort"); null: only the kinds below are. */
  readonly everything: string | null;
  readonly kinds: ReadonlyMap<GuardedKind, string>;
}

/**
 * What is over its limit is held as a whole kind: which of its people the mistake is about, nobody can know. In a first run
 * nobody is managed yet, so shares are taken of those whom the mapping brings in, in a wave of all whom its release was approved
 * for, and only limits that were written down hold; but those of what is taken away from people hold as soon as anybody is managed.
 */
export function judgePlan(guards: Guards, figures: PlanFigures): Verdict {
  const { abort, whenHeld, limits } = guards;
  const everything = abort === null ? null : textWhenOver(abort, 'everything', figures.changed, figures);
  const held = GUARDED_KINDS.flatMap((kind): readonly [GuardedKind, string][] => {
    const limit = limits[kind];
    const facts = TAKES_AWAY.has(kind) ? { ...figures, isFirst: false } : figures;
    if (limit === null || !holdsNow(limit, facts)) return [];
    const text = textWhenOver(limit, kind, figures.people.get(kind) ?? 0, facts, whenHeld);
    return text === null ? [] : [[kind, text]];
  });
  return { everything, kinds: new Map(held) };
}

/** How many people one run may change, per kind; a kind that is not named: nobody. */
export type OwnLimits = Readonly<Partial<Record<GuardedKind, number>>>;

/** A run that was approved with its numbers does all of it, or asks again: beyond one limit everything is held. */
export function judgeByOwnLimits(limits: OwnLimits, people: PlanFigures['people']): Verdict {
  const over = GUARDED_KINDS.flatMap((kind) => {
    const [count, allowed] = [people.get(kind) ?? 0, limits[kind] ?? 0];
    return count > allowed ? [{ kind, people: count, allowed }] : [];
  });
  return { everything: over.length === 0 ? null : ownLimitText(over), kinds: new Map() };
}

/**
 * Only somebody who is managed can lose anything, so there is no first time for it: a first run that was stopped, or gave way
 * to the next, leaves a whole network behind, and the next run is a first one again.
 */
const TAKES_AWAY: ReadonlySet<GuardedKind> = new Set(['role_down', 'leave', 'suspend']);

function holdsNow(limit: KindLimit, { isFirst }: PlanFigures): boolean {
  return limit.isWritten || !isFirst;
}

function textWhenOver(
  limit: Limit,
  what: Counted,
  people: number,
  { managed, arriving, isFirst, approved = null }: PlanFigures,
  whenHeld: Guards['whenHeld'] = 'wait',
): string | null {
  const base = isFirst ? Math.max(managed + arriving, approved ?? 0) : managed;
  const isWave = approved !== null && base === approved;
  const allowed = allowedChanges(limit, base);
  return people > allowed ? heldText({ limit, what, people, allowed, base, isFirst, isWave, whenHeld }) : null;
}
