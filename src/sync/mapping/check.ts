import { groupKey, groupName, type GroupKind, type GroupRef } from '../group.js';
import { didYouMean } from '../nearest.js';
import type { RoleName } from '../person.js';
import { tryCompile } from './compile.js';
import type { Mapping, MappingProblem } from './mapping.js';
import { possibleGroups } from './named-groups.js';
import { inOrder } from './parse.js';

/** What is known of the customer. What is left out is not checked. */
export interface Surroundings {
  /** The header of the employee record. */
  readonly columns?: readonly string[];
  /** The groups of the network. */
  readonly groups?: readonly GroupRef[];
  /** The custom roles of the network. */
  readonly roles?: readonly RoleName[];
}

/** Holds a mapping against a record's header and a network: unknown columns, groups that nobody creates, unknown roles. */
export function checkMapping(mapping: Mapping, { columns, groups, roles }: Surroundings): readonly MappingProblem[] {
  return inOrder([
    ...(columns ? tryCompile(mapping, columns).problems : []),
    ...(groups ? unknownGroups(mapping, groups) : []),
    ...(roles ? unknownRoles(mapping, roles) : []),
  ]);
}

/** Names that stand in the mapping itself; those that come from cells are checked when people are mapped. */
function unknownGroups(mapping: Mapping, groups: readonly GroupRef[]): readonly MappingProblem[] {
  if (mapping.options.createMissingGroups) return [];
  const known = new Set(groups.map(groupKey));
  const exceptions = mapping.exceptions.flatMap(({ addTo, notIn, role }) => [
    ...addTo,
    ...notIn,
    ...(role ? [role] : []),
  ]);
  const rules = [...mapping.groups, ...mapping.roles, ...exceptions];
  const targets = rules.flatMap(({ group }) => (group ? possibleGroups(group) : []));
  return targets
    .filter(({ group }) => !known.has(groupKey(group)))
    .map(({ group, at }) => ({ ...at, text: unknownGroup(group, groups) }));
}

const KIND_NAMES: Readonly<Record<GroupKind, string>> = {
  business_unit: 'business unit',
  department: 'department',
  local_department: 'local department',
  topic: 'topic group',
};

function unknownGroup(group: GroupRef, groups: readonly GroupRef[]): string {
  const names = groups.filter(({ kind }) => kind === group.kind).map(groupName);
  return (
    `The network has no ${KIND_NAMES[group.kind]} "${groupName(group)}", and \`createMissingGroups\` is off.` +
    didYouMean(groupName(group), names)
  );
}

function unknownRoles(mapping: Mapping, roles: readonly RoleName[]): readonly MappingProblem[] {
  const known = ['admin', 'member', ...roles];
  const exceptions = mapping.exceptions.flatMap((rule) => (rule.role === null ? [] : [rule.role]));
  return [...mapping.roles, ...exceptions]
    .filter(({ role }) => !known.includes(role))
    .map(({ role, at }) => ({ ...at, text: `The network has no role "${role}".${didYouMean(role, known)}` }));
}
