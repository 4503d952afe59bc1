import type { ChangeToApply, StoredLink } from '../store/changes.js';
import type { Xid } from '../sync/ids.js';
import type { Unit } from './batch.js';

/** Of each unit the updates that only give an address up, or all others; a unit without any is left out. */
export function ofUpdates(units: readonly Unit[], vacates: boolean): readonly Unit[] {
  return units.flatMap((unit) => {
    const [first, ...others] = unit.filter(({ change }) => isVacating(change) === vacates);
    return first === undefined ? [] : [[first, ...others] as const];
  });
}

/** The unit as it stands by now, where its person was written to since it was read. */
export function withLinks(unit: Unit, links: ReadonlyMap<Xid, StoredLink>): Unit {
  const [first, ...others] = unit;
  const link = first.link === null ? undefined : links.get(first.link.xid);
  return link === undefined ? unit : [{ ...first, link }, ...others.map((each) => ({ ...each, link }))];
}

function isVacating(change: ChangeToApply['change']): boolean {
  return change.kind === 'update' && change.vacates === true;
}
