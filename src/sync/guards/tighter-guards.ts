import type { Guards, KindLimit, Limit } from '../mapping/mapping.js';

/** The same guards with limits of so many percent, for days that are watched closely. Never so tight that nobody may change. */
export function tighterGuards(guards: Guards, percent: number): Guards {
  if (percent >= 100) return guards;
  const kinds = Object.entries(guards.limits).map(([kind, limit]): [string, KindLimit | null] => [
    kind,
    limit === null ? null : { ...limit, ...tighter(limit, percent) },
  ]);
  return {
    ...guards,
    limits: Object.fromEntries(kinds) as Guards['limits'],
    abort: guards.abort === null ? null : tighter(guards.abort, percent),
  };
}

function tighter({ percent: share, count, floor }: Limit, percent: number): Limit {
  const part = (number: number): number => Math.max(1, Math.floor((number * percent) / 100));
  return {
    percent: share === null ? null : (share * percent) / 100,
    count: count === null ? null : part(count),
    floor: floor === 0 ? 0 : part(floor),
  };
}
