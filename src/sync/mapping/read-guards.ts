import type { GuardedKind } from '../guarded-kind.js';
import { filledPatience, type DocumentDelivery, type DocumentGuards, type DocumentLimit } from './guards-schema.js';
import type { DeliveryGuards, Guards, KindLimit, Limit, MissingGuard } from './mapping.js';

/** What each limit is called in the document. */
export const LIMIT_KEYS = {
  create: 'creations',
  restore: 'restorations',
  update: 'updates',
  join: 'joins',
  role_up: 'promotions',
  role_down: 'demotions',
  invite: 'invitations',
  leave: 'leaves',
  suspend: 'suspensions',
} as const satisfies Record<GuardedKind, keyof DocumentGuards>;

/**
 * A share that stops a bad delivery or rule, a count for large networks, and a floor below which nobody needs to be asked
 * (`peers.md`, 4). What a new rule does to everybody by its nature, profiles and joins, is limited only where it is written.
 * As many may come back as may go: what an old file or a mistaken rule gives back is access of people who left.
 */
const DEFAULTS: Readonly<Record<GuardedKind, Limit | null>> = {
  create: { percent: 25, count: 1000, floor: 25 },
  restore: { percent: 10, count: 200, floor: 5 },
  update: null,
  join: null,
  role_up: { percent: 10, count: 100, floor: 10 },
  role_down: { percent: 10, count: 100, floor: 10 },
  invite: { percent: 25, count: 1000, floor: 25 },
  leave: { percent: 25, count: 1000, floor: 25 },
  suspend: { percent: 10, count: 200, floor: 5 },
};

const UNLIMITED: Limit = { percent: null, count: null, floor: 5 };

/** A working week of daily runs: what is only passing has passed by then. */
const GIVE_UP_AFTER = 5;

export function readGuards(guards: DocumentGuards): Guards {
  return {
    limits: {
      create: readLimit('create', guards),
      restore: readLimit('restore', guards),
      update: readLimit('update', guards),
      join: readLimit('join', guards),
      role_up: readLimit('role_up', guards),
      role_down: readLimit('role_down', guards),
      invite: readLimit('invite', guards),
      leave: readLimit('leave', guards),
      suspend: readLimit('suspend', guards),
    },
    whenHeld: guards.whenHeld ?? 'continue',
    abort: guards.abort === undefined ? null : filled(guards.abort, UNLIMITED),
    giveUpAfter: guards.giveUpAfter === 'never' ? null : (guards.giveUpAfter ?? GIVE_UP_AFTER),
    delivery: readDelivery(guards.delivery ?? {}),
    missing: readMissing(guards.missing ?? {}),
  };
}

function readMissing({ leaveGroups, ...suspension }: NonNullable<DocumentGuards['missing']>): MissingGuard {
  return {
    ...filledPatience(suspension),
    leaveGroups: leaveGroups === undefined ? null : filledPatience(leaveGroups),
  };
}

/** Careful where a file is clearly half or broken, and silent about small ones, which the limits of a plan look after. */
const DELIVERY = {
  shrink: { percent: 50, count: null, floor: 100 },
  badRows: { percent: 10, count: null, floor: 20 },
  damagedRows: { percent: 5, count: null, floor: 20 },
} as const satisfies Record<string, Limit>;

function readDelivery(delivery: DocumentDelivery): DeliveryGuards {
  return {
    minimumRows: delivery.minimumRows ?? null,
    shrink: readShare(delivery.shrink, DELIVERY.shrink),
    badRows: readShare(delivery.badRows, DELIVERY.badRows),
    damagedRows: readShare(delivery.damagedRows, DELIVERY.damagedRows),
    maximumAgeInDays: delivery.maximumAgeInDays ?? null,
    repeated: delivery.repeated ?? 'refuse',
  };
}

function readShare(written: DocumentLimit | 'none' | undefined, usual: Limit): Limit | null {
  return written === 'none' ? null : filled(written ?? {}, usual);
}

function readLimit(kind: GuardedKind, guards: DocumentGuards): KindLimit | null {
  const written = guards[LIMIT_KEYS[kind]];
  const usual = DEFAULTS[kind];
  if (written === 'none') return null;
  if (written !== undefined) return { ...filled(written, usual ?? UNLIMITED), isWritten: true };
  return usual === null ? null : { ...usual, isWritten: false };
}

function filled({ percent, count, floor }: DocumentLimit, usual: Limit): Limit {
  return { percent: percent ?? usual.percent, count: count ?? usual.count, floor: floor ?? usual.floor };
}
