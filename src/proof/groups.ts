import type { GroupRef } from '../sync/group.js';

/** What makes two names the same group: they differ only in upper and lower case or in blanks around them. */
export type GroupId = string;

export function groupId(group: GroupRef): GroupId {
  const names = group.kind === 'local_department' ? [group.businessUnit, group.department] : [group.name];
  return [group.kind, ...names.map((name) => name.trim().toLowerCase())].join('\u0000');
}

/** A local department brings its business unit and its department along. */
export function withParents(group: GroupRef): readonly GroupRef[] {
  if (group.kind !== 'local_department') return [group];
  return [{ kind: 'business_unit', name: group.businessUnit }, { kind: 'department', name: group.department }, group];
}

/** `department Bakery`, `local department Bakery of North` */
export function groupWords(group: GroupRef): string {
  if (group.kind === 'local_department') return `local department ${group.department} of ${group.businessUnit}`;
  return `${KIND_WORDS[group.kind]} ${group.name}`;
}

export const KIND_WORDS: Readonly<Record<GroupRef['kind'], string>> = {
  business_unit: 'business unit',
  department: 'department',
  local_department: 'local department',
  topic: 'topic group',
};
