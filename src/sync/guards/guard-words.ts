import type { GuardedKind } from '../guarded-kind.js';
import type { Guards, Limit } from '../mapping/mapping.js';

export type Counted = GuardedKind | 'everything';

interface Tripped {
  readonly limit: Limit;
  readonly what: Counted;
  readonly people: number;
  readonly allowed: number;
  /** Of whom the share was taken. */
  readonly base: number;
  readonly isFirst: boolean;
  /** In a wave of a release the share is of all whom it was approved for. */
  readonly isWave?: boolean;
  readonly whenHeld: Guards['whenHeld'];
}

/** Why something is held, with the numbers it was decided by, and what becomes of it. */
export function heldText({ limit, what, people, allowed, base, isFirst, isWave = false, whenHeld }: Tripped): string {
  const first = isWave ? 'people whom the release was approved for' : 'people whom the mapping brings in';
  const whom = isFirst ? first : 'managed people';
  const share = base === 0 ? '' : ` (${((people / base) * 100).toFixed(1)} %)`;
  const rule = `${allowed} ${allowed === 1 ? 'is' : 'are'} allowed: ${limitWords(limit)}`;
  return `${people} of ${base} ${whom}${share} would ${WOULD[what]}, and ${rule}. ${consequence(what, whenHeld)}`;
}

/** Why a run with limits of its own is held: `14 people would join groups, and 11 were approved, with the tolerance`. */
export function ownLimitText(
  over: readonly { readonly kind: GuardedKind; readonly people: number; readonly allowed: number }[],
): string {
  const kinds = over.map(
    ({ kind, people, allowed }) => `${people} people would ${WOULD[kind]}, and ${allowed} were approved`,
  );
  return `${kinds.join('; ')}, with the tolerance. ${consequence('everything', 'wait')}`;
}

/** `10 % or 200, whichever is fewer, and at least 5` */
export function limitWords({ percent, count, floor }: Limit): string {
  const parts = [...(percent === null ? [] : [`${percent} %`]), ...(count === null ? [] : [String(count)])];
  const fewer = parts.length === 2 ? ', whichever is fewer,' : '';
  return `${parts.join(' or ')}${fewer} and at least ${floor}`;
}

function consequence(what: Counted, whenHeld: Guards['whenHeld']): string {
  const decided = 'until a person approves or refuses';
  if (what === 'everything') return `All changes of this run are held ${decided} them; nothing is changed before.`;
  const rest = whenHeld === 'wait' ? 'nothing else is changed before' : 'everything else goes on';
  return `All ${NOUNS[what]} of this run are held ${decided} them; ${rest}.`;
}

const WOULD: Readonly<Record<Counted, string>> = {
  create: 'get an account',
  restore: 'get their account back',
  update: 'get another profile',
  join: 'join groups',
  role_up: 'get a role with more rights',
  role_down: 'get a role with fewer rights',
  invite: 'be invited',
  leave: 'leave groups',
  suspend: 'be suspended',
  everything: 'be changed',
};

/** As a person calls the changes of a kind. */
export const NOUNS: Readonly<Record<GuardedKind, string>> = {
  create: 'new accounts',
  restore: 'restored accounts',
  update: 'updates',
  join: 'group joins',
  role_up: 'promotions',
  role_down: 'demotions',
  invite: 'invitations',
  leave: 'group leaves',
  suspend: 'suspensions',
};
