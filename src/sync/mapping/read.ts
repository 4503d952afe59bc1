import type { GroupKind } from '../group.js';
import type {
  Condition,
  GroupRule,
  GroupTarget,
  Guards,
  InvitationRule,
  Mapping,
  Options,
  ProfileField,
  RoleRule,
  ValueRule,
} from './mapping.js';
import type { Path, Places } from './places.js';
import type {
  Document,
  DocumentGroupName,
  DocumentGroupRule,
  DocumentInvitationRule,
  DocumentLimit,
  DocumentRoleRule,
  DocumentValue,
} from './schema.js';

/** A share that stops a bad delivery, a count for large networks, and a floor below which nobody needs to be asked (`peers.md`, 4). */
const SUSPENSION_LIMIT = { percent: 10, count: 200, floor: 5 };

/** Puts a document that has the right shape into the terms of the domain, with the place of everything that can be wrong. */
export function readDocument(document: Document, places: Places): Mapping {
  return {
    externalId: { column: document.externalId, at: places.of(['externalId']) },
    active: readCondition(document.active, ['active'], places),
    names: Object.entries(document.names ?? {}).map(([name, column]) => ({
      name,
      column,
      at: places.of(['names', name]),
    })),
    columns: readColumns(document.columns ?? {}, places),
    groups: (document.groups ?? []).map((rule, index) => readGroupRule(rule, ['groups', index], places)),
    roles: (document.roles ?? []).map((rule, index) => readRoleRule(rule, ['roles', index], places)),
    invitations: (document.invitations ?? []).map((rule, index) =>
      readInvitation(rule, ['invitations', index], places),
    ),
    options: readOptions(document.options ?? {}),
    guards: readGuards(document.guards?.suspensions ?? {}),
  };
}

const PROFILE_FIELDS = [
  'givenName',
  'infix',
  'familyName',
  'jobTitle',
  'email',
  'telephoneNumber',
  'preferredLanguage',
  'upn',
] as const satisfies readonly ProfileField[];

function readColumns(columns: NonNullable<Document['columns']>, places: Places): Mapping['columns'] {
  return PROFILE_FIELDS.flatMap((field) => {
    const value = columns[field];
    return value ? [{ field, value: readValue(value, ['columns', field], places) }] : [];
  });
}

function readValue(value: DocumentValue, path: Path, places: Places): ValueRule {
  if (value.column !== undefined) return { kind: 'column', column: value.column, at: places.of([...path, 'column']) };
  if (value.value !== undefined) return { kind: 'fixed', text: value.value, at: places.of([...path, 'value']) };
  return { kind: 'template', template: value.template ?? '', at: places.ofText(templatePath(path, places)) };
}

/** A template may stand at the key itself (`userName: "{A}"`) or one below it. */
function templatePath(path: Path, places: Places): Path {
  const below = [...path, 'template'];
  const [inner, outer] = [places.of(below), places.of(path)];
  return inner.line === outer.line && inner.column === outer.column ? path : below;
}

function readGroupName(name: DocumentGroupName, path: Path, places: Places): ValueRule {
  if (name.name !== undefined) return { kind: 'fixed', text: name.name, at: places.of([...path, 'name']) };
  return readValue({ column: name.column, template: name.template }, path, places);
}

function readGroupRule(rule: DocumentGroupRule, path: Path, places: Places): GroupRule {
  return {
    at: places.of(path),
    when: readCondition(rule.when, [...path, 'when'], places),
    group: readGroup(rule, path, places),
  };
}

function readGroup(rule: DocumentGroupRule, path: Path, places: Places): GroupTarget {
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

function readRoleRule(rule: DocumentRoleRule, path: Path, places: Places): RoleRule {
  const target = TARGETS[rule.target];
  return {
    at: places.of(path),
    when: readCondition(rule.when, [...path, 'when'], places),
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

function readInvitation(rule: DocumentInvitationRule, path: Path, places: Places): InvitationRule {
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

function readCondition(source: string | undefined, path: Path, places: Places): Condition | null {
  return source === undefined ? null : { source, written: places.written(path), at: places.ofText(path) };
}

function readOptions(options: NonNullable<Document['options']>): Options {
  return {
    mergeDuplicates: options.mergeDuplicates ?? false,
    allowEmptyName: options.allowEmptyName ?? false,
    allowEmptyEmail: options.allowEmptyEmail ?? false,
    allowWithoutBusinessUnit: options.allowWithoutBusinessUnit ?? false,
    allowWithoutGroups: options.allowWithoutGroups ?? false,
    allowXidChangeOnReactivation: options.allowXidChangeOnReactivation ?? false,
    createMissingGroups: options.createMissingGroups ?? false,
    identityProvider: options.identityProvider ?? null,
  };
}

function readGuards(suspensions: DocumentLimit): Guards {
  return {
    suspensions: {
      percent: suspensions.percent ?? SUSPENSION_LIMIT.percent,
      count: suspensions.count ?? SUSPENSION_LIMIT.count,
      floor: suspensions.floor ?? SUSPENSION_LIMIT.floor,
    },
  };
}
