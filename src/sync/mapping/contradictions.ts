import { exceptionContradictions } from './exception-contradictions.js';
import type { InvitationRule, Mapping, MappingProblem, Place, ProfileField } from './mapping.js';

const TOP: Place = { path: '', line: 1, column: 1 };

/** What is right by itself but cannot work together: found when the mapping is read, not when everybody turns out unusable. */
export function contradictions(mapping: Mapping): readonly MappingProblem[] {
  return [
    ...doubledNames(mapping),
    ...unusablePeople(mapping),
    ...mapping.invitations.flatMap((rule) => impossible(rule, mapping)),
    ...unwritable(mapping),
    ...exceptionContradictions(mapping),
  ];
}

/** What the network does not show, or shows as one, cannot be kept apart. */
function unwritable({ columns }: Mapping): readonly MappingProblem[] {
  const writes = new Map(columns.map(({ field, write }) => [field, write]));
  const [infix, familyName] = [writes.get('infix'), writes.get('familyName')];
  return columns.flatMap(({ field, value, write }) => {
    if (field === 'upn' && write !== 'always')
      return [{ ...value.at, text: 'The network does not show a UPN, so it is always written: leave `write` out.' }];
    if (field === 'infix' && familyName !== undefined && infix !== familyName)
      return [{ ...value.at, text: 'Infix and family name are one in the network: give both the same `write`.' }];
    return [];
  });
}

function doubledNames(mapping: Mapping): readonly MappingProblem[] {
  const taken = new Set<string>(['externalId', ...mapping.columns.map(({ field }) => field)]);
  return mapping.names
    .filter(({ name }) => taken.has(name))
    .map(({ name, at }) => ({
      ...at,
      text: `The name \`${name}\` is defined already, by \`columns\` or \`externalId\`.`,
    }));
}

function unusablePeople(mapping: Mapping): readonly MappingProblem[] {
  const { options } = mapping;
  const kinds = new Set(mapping.groups.map(({ group }) => group.kind));
  const hasBusinessUnit = kinds.has('business_unit') || kinds.has('local_department');
  const hasName = maps(mapping, 'givenName') || maps(mapping, 'familyName');
  return [
    ...(hasName || options.allowEmptyName ? [] : [nobody('No name is mapped', 'allowEmptyName')]),
    ...(maps(mapping, 'email') || options.allowEmptyEmail ? [] : [nobody('No e-mail is mapped', 'allowEmptyEmail')]),
    ...(hasBusinessUnit || options.allowWithoutBusinessUnit
      ? []
      : [nobody('No rule gives a business unit', 'allowWithoutBusinessUnit')]),
    ...(kinds.size > 0 || options.allowWithoutGroups ? [] : [nobody('No rule gives a group', 'allowWithoutGroups')]),
  ];
}

function nobody(what: string, option: string): MappingProblem {
  return { ...TOP, text: `${what}, so nobody could be synced. Map it, or set \`${option}: true\` under \`options\`.` };
}

function impossible(rule: InvitationRule, mapping: Mapping): readonly MappingProblem[] {
  const needed = NEEDED[rule.audience];
  const problems = [];
  if (needed && !maps(mapping, needed))
    problems.push(`The audience \`${rule.audience}\` needs \`${needed}\` under \`columns\`.`);
  if (rule.audience === 'sso' && mapping.options.identityProvider === null) {
    problems.push('The audience `sso` needs `identityProvider` under `options`.');
  }
  if (rule.temporaryPassword !== 'random' && rule.audience !== 'letter') {
    problems.push('Only the audience `letter` has a temporary password.');
  }
  return problems.map((text) => ({ ...rule.at, text }));
}

/** Without this, nobody of the audience could be reached. */
export const NEEDED: Readonly<Partial<Record<InvitationRule['audience'], ProfileField>>> = {
  email: 'email',
  sms: 'telephoneNumber',
  sso: 'upn',
};

function maps(mapping: Mapping, field: ProfileField): boolean {
  return mapping.columns.some((column) => column.field === field);
}
