import { toXid } from '../ids.js';
import type { ExceptionRule, PlacedGroup } from './mapping.js';
import type { Path, Places } from './places.js';
import { readCondition, readGroup, readRole } from './read-rules.js';
import type { DocumentException } from './schema.js';

export function readException(rule: DocumentException, path: Path, places: Places): ExceptionRule {
  return {
    at: places.of(path),
    whom: readWhom(rule, path, places),
    leaveAlone: rule.leaveAlone ?? false,
    notInNetwork: rule.notInNetwork ?? false,
    addTo: readGroups(rule.addTo ?? [], [...path, 'addTo'], places),
    notIn: readGroups(rule.notIn ?? [], [...path, 'notIn'], places),
    role: rule.role ? { at: places.of([...path, 'role']), ...readRole(rule.role, [...path, 'role'], places) } : null,
    noInvitation: rule.noInvitation ?? false,
    comment: rule.comment ?? null,
  };
}

/** The schema sees to it that one of the two is there. */
function readWhom({ externalIds = [], when }: DocumentException, path: Path, places: Places): ExceptionRule['whom'] {
  const condition = readCondition(when, [...path, 'when'], places);
  if (condition !== null) return { kind: 'condition', when: condition };
  const ids = externalIds.map((id, index) => ({ xid: toXid(id), at: places.of([...path, 'externalIds', index]) }));
  return { kind: 'ids', ids };
}

function readGroups(
  groups: NonNullable<DocumentException['addTo']>,
  path: Path,
  places: Places,
): readonly PlacedGroup[] {
  return groups.map((group, index) => ({
    at: places.of([...path, index]),
    group: readGroup(group, [...path, index], places),
  }));
}
