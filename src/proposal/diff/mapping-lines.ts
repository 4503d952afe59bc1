import { GUARDED_KINDS } from '../../sync/guarded-kind.js';
import type { DeliveryGuards, GroupTarget, Guards, Limit, Mapping, Patience } from '../../sync/mapping/mapping.js';
import { LIMIT_KEYS } from '../../sync/mapping/read-guards.js';
import { columnText, valueText } from './value-text.js';

/** One thing that a mapping says. Lines are compared by what they mean, not by how they are written. */
export interface MappingLine {
  /** What it is about; unique among the lines that are no list. */
  readonly subject: string;
  readonly text: string;
}

/** What stands once: the id, the active rule, names, columns, options, guards. */
export function singleLines(mapping: Mapping): readonly MappingLine[] {
  return [
    { subject: 'externalId', text: columnText(mapping.externalId.column) },
    { subject: 'active', text: mapping.active ? condition(mapping.active.source) : 'everybody' },
    ...dateLines(mapping),
    ...mapping.names.map(({ name, column: named }) => ({ subject: `names.${name}`, text: columnText(named) })),
    ...mapping.columns.map(({ field, value, write }) => ({
      subject: `columns.${field}`,
      text: `${valueText(value)}${write === 'always' ? '' : `, written ${write}`}`,
    })),
    ...Object.entries(mapping.options).map(([name, value]) => ({
      subject: `options.${name}`,
      text: optionText(value as boolean | string | null),
    })),
    ...guardLines(mapping.guards),
  ];
}

function dateLines({ startDate, leaveDate }: Mapping): readonly MappingLine[] {
  const lineOf = (subject: string, date: Mapping['startDate']) =>
    date === null ? [] : [{ subject, text: `${columnText(date.column)} as ${date.format}` }];
  return [...lineOf('startDate', startDate), ...lineOf('leaveDate', leaveDate)];
}

function guardLines({ limits, abort, whenHeld, giveUpAfter, delivery, missing }: Guards): readonly MappingLine[] {
  return [
    ...GUARDED_KINDS.map((kind) => ({ subject: `guards.${LIMIT_KEYS[kind]}`, text: limitText(limits[kind]) })),
    { subject: 'guards.abort', text: limitText(abort) },
    { subject: 'guards.whenHeld', text: whenHeld },
    { subject: 'guards.missing', text: patienceText(missing) },
    { subject: 'guards.missing.leaveGroups', text: missing.leaveGroups ? patienceText(missing.leaveGroups) : 'never' },
    { subject: 'guards.giveUpAfter', text: giveUpAfter === null ? 'never' : `${giveUpAfter} runs` },
    ...DELIVERY_KEYS.map((key) => ({ subject: `guards.delivery.${key}`, text: deliveryText(delivery[key]) })),
  ];
}

function patienceText({ snapshots, days }: Patience): string {
  return `${snapshots} deliveries, ${days} days`;
}

const DELIVERY_KEYS = [
  'minimumRows',
  'shrink',
  'badRows',
  'damagedRows',
  'maximumAgeInDays',
  'repeated',
] as const satisfies readonly (keyof DeliveryGuards)[];

function deliveryText(value: DeliveryGuards[keyof DeliveryGuards]): string {
  return typeof value === 'object' ? limitText(value) : String(value);
}

function limitText(limit: Limit | null): string {
  if (limit === null) return 'none';
  const { percent, count, floor } = limit;
  const parts = [...(percent === null ? [] : [`${percent} percent`]), ...(count === null ? [] : [`${count} people`])];
  return [...parts, `never under ${floor}`].join(', ');
}

/** Group rules. Each that applies gives its group, so their order means nothing. */
export function groupLines(mapping: Mapping): readonly MappingLine[] {
  return mapping.groups.map(({ group, when }) => ({
    subject: groupKind(group),
    text: `${targetText(group)}${whenText(when)}`,
  }));
}

/** Role rules, of which the first that applies wins. */
export function roleLines(mapping: Mapping): readonly MappingLine[] {
  return mapping.roles.map(({ target, group, role, when }) => ({
    subject: `role in ${target.replace('_', ' ')}`,
    text: `${JSON.stringify(role)}${group ? ` in ${targetText(group)}` : ''}${whenText(when)}`,
  }));
}

/** Audiences, of which the first that applies and can be reached wins. */
export function invitationLines(mapping: Mapping): readonly MappingLine[] {
  return mapping.invitations.map(({ audience, userName, temporaryPassword, when }) => ({
    subject: `audience ${audience}`,
    text: [
      `user name ${userName ? valueText(userName) : 'is the id'}`,
      ...(audience === 'letter'
        ? [`password ${temporaryPassword === 'random' ? 'random' : valueText(temporaryPassword)}`]
        : []),
      ...(when ? [`when ${condition(when.source)}`] : []),
    ].join(', '),
  }));
}

/** Exceptions, of which every one that is meant for a person counts. Why one was made changes nothing. */
export function exceptionLines(mapping: Mapping): readonly MappingLine[] {
  return mapping.exceptions.map(({ whom, leaveAlone, notInNetwork, addTo, notIn, role, noInvitation }) => ({
    subject:
      whom.kind === 'ids'
        ? `exception for ids ${whom.ids.map(({ xid }) => xid).join(', ')}`
        : `exception when ${condition(whom.when.source)}`,
    text: [
      ...(leaveAlone ? ['left alone'] : []),
      ...(notInNetwork ? ['not in the network'] : []),
      ...addTo.map(({ group }) => `in ${groupKind(group)} ${targetText(group)}`),
      ...notIn.map(({ group }) => `not in ${groupKind(group)} ${targetText(group)}`),
      ...(role === null
        ? []
        : [`${JSON.stringify(role.role)} in ${role.group ? targetText(role.group) : role.target.replace('_', ' ')}`]),
      ...(noInvitation ? ['not invited'] : []),
    ].join(', '),
  }));
}

function whenText(when: { readonly source: string } | null): string {
  return when ? ` when ${condition(when.source)}` : '';
}

/** Blanks between the words of a condition mean nothing; those inside quotes do. */
function condition(source: string): string {
  return source
    .split(/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/\s+/g, ' ')))
    .join('')
    .trim();
}

function groupKind(target: GroupTarget): string {
  return target.kind.replace('_', ' ');
}

function targetText(target: GroupTarget): string {
  if (target.kind !== 'local_department') return valueText(target.name);
  return `${valueText(target.businessUnit)} / ${valueText(target.department)}`;
}

function optionText(value: boolean | string | null): string {
  if (typeof value === 'string') return JSON.stringify(value);
  return value === true ? 'on' : 'off';
}
