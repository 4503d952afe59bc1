import type { GroupKey } from './ids.js';

/** One of Speakap's groups by what it is called, before anything is known of its EID (`speakap-user-sync.md`, 3). */
export type GroupRef =
  | { readonly kind: 'business_unit'; readonly name: string }
  | { readonly kind: 'department'; readonly name: string }
  | { readonly kind: 'local_department'; readonly businessUnit: string; readonly department: string }
  | { readonly kind: 'topic'; readonly name: string };

export type GroupKind = GroupRef['kind'];

/** Group names are unique ignoring case, so the key folds it; `/` in a name is escaped. */
export function groupKey(group: GroupRef): GroupKey {
  if (group.kind === 'local_department') {
    return `local_department:${fold(group.businessUnit)}/${fold(group.department)}` as GroupKey;
  }
  return `${group.kind}:${fold(group.name)}` as GroupKey;
}

/** The name a group carries in the network. A local department is called as its department. */
export function groupName(group: GroupRef): string {
  return group.kind === 'local_department' ? group.department : group.name;
}

/** Joining a local department joins its business unit and its department (`speakap-api.md`, controlled endpoints). */
export function parentsOf(group: GroupRef): readonly GroupRef[] {
  if (group.kind !== 'local_department') return [];
  return [
    { kind: 'business_unit', name: group.businessUnit },
    { kind: 'department', name: group.department },
  ];
}

function fold(name: string): string {
  return name.trim().toLocaleLowerCase('en').replaceAll('%', '%25').replaceAll('/', '%2f');
}
