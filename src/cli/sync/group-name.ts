import type { GroupRef } from '../../sync/group.js';

/** A group as it is typed, `business unit:North` or `local department:North/Bakery`; null when it cannot be read. */
export function readGroupName(text: string): GroupRef | null {
  const [, typed = '', name = ''] = /^([a-z _]+):(.+)$/i.exec(text.trim()) ?? [];
  if (name.trim() === '') return null;
  switch (typed.trim().toLowerCase().replaceAll(' ', '_')) {
    case 'business_unit':
      return { kind: 'business_unit', name: name.trim() };
    case 'department':
      return { kind: 'department', name: name.trim() };
    case 'local_department':
      return readLocalDepartment(name);
    case 'topic':
    case 'topic_group':
      return { kind: 'topic', name: name.trim() };
    default:
      return null;
  }
}

/** A business unit whose name holds a slash is cut at the first one. */
function readLocalDepartment(text: string): GroupRef | null {
  const [, businessUnit = '', department = ''] = /^([^/]+)\/(.+)$/.exec(text) ?? [];
  if (businessUnit.trim() === '' || department.trim() === '') return null;
  return { kind: 'local_department', businessUnit: businessUnit.trim(), department: department.trim() };
}
