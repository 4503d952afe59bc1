import type { GroupKind } from '../group.js';
import type { Condition, GroupRule, GroupTarget, InvitationRule, RoleRule } from './mapping.js';
import type { Path, Places } from './places.js';
import { readGroupName, readValue } from './read-values.js';
import type { DocumentGroupRule, DocumentInvitationRule, DocumentRoleRule } from './schema.js';

/** Each rule of a document in the terms of the domain, with the place of everything in it that can be wrong. */
export function readGroupRule(rule: DocumentGroupRule, path: Path, places: Places): GroupRule {
  return {
    at: places.of(path),
    when: readCondition(rule.when, [...path, 'when'], places),
    group: readGroup(rule, path, places),
  };
}

export function readGroup(rule: Omit<DocumentGroupRule, 'when'>, path: Path, places: Places): GroupTarget {
  const { businessUnit, department, localDepartment, topic } = rule;
  if (localDepartment) {
    const below = [...path, 'localDepartment'];
    return {
      kind: 'local_department',
      businessUnit: readGroupName(localDepartment.businessUnit, [...below, 'businessUnit'], places),
      department: readGroupName(localDepartment.department, [...below, 'department'], places),
    };
  }
  if (businessUnit)
    return { kind: 'business_unit', name: readGroupName(businessUnit, [...path, 'businessUnit'], places) };
  if (department) return { kind: 'department', name: readGroupName(department, [...path, 'department'], places) };
  return { kind: 'topic', name: readGroupName(topic ?? {}, [...path, 'topic'], places) };
}

const TARGETS = {
  network: 'network',
  businessUnit: 'business_unit',
  department: 'department',
  localDepartment: 'local_department',
  topic: 'topic',
} as const satisfies Record<DocumentRoleRule['target'], 'network' | GroupKind>;

export function readRoleRule(rule: DocumentRoleRule, path: Path, places: Places): RoleRule {
  return {
    at: places.of(path),
    when: readCondition(rule.when, [...path, 'when'], places),
    ...readRole(rule, path, places),
  };
}

/** A role without its condition. */
export function readRole(
  rule: Omit<DocumentRoleRule, 'when'>,
  path: Path,
  places: Places,
): Pick<RoleRule, 'target' | 'group' | 'role'> {
  const target = TARGETS[rule.target];
  return {
    target,
    group:
      rule.group === undefined || target === 'network'
        ? null
        : readRoleGroup(rule.group, target, [...path, 'group'], places),
    role: rule.role,
  };
}

function readRoleGroup(
  group: NonNullable<DocumentRoleRule['group']>,
  kind: GroupKind,
  path: Path,
  places: Places,
): GroupTarget {
  if (kind !== 'local_department') return { kind, name: readGroupName(group, path, places) };
  return {
    kind,
    businessUnit: readGroupName(group.businessUnit ?? {}, [...path, 'businessUnit'], places),
    department: readGroupName(group.department ?? {}, [...path, 'department'], places),
  };
}

export function readInvitation(rule: DocumentInvitationRule, path: Path, places: Places): InvitationRule {
  const password = rule.temporaryPassword;
  return {
    at: places.of(path),
    when: readCondition(rule.when, [...path, 'when'], places),
    audience: rule.audience,
    userName: rule.userName ? readValue(rule.userName, [...path, 'userName'], places) : null,
    temporaryPassword:
      password === undefined || password.column === 'random'
        ? 'random'
        : readValue(password, [...path, 'temporaryPassword'], places),
  };
}

export function readCondition(source: string | undefined, path: Path, places: Places): Condition | null {
  return source === undefined ? null : { source, written: places.written(path), at: places.ofText(path) };
}
