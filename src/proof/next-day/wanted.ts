import type { GroupRef } from '../../sync/group.js';
import type { ProfileField } from '../document.js';
import type { Rules } from '../rules.js';
import { fromIsoDate } from '../steps.js';
import type { Expectation, ExpectedPerson } from '../state.js';
import type { EventKind } from './events.js';
import type { Wanted } from './search.js';

/** An event that changes the row of somebody who is there. */
export interface Recipe extends Wanted {
  readonly kind: EventKind;
  readonly rule: string;
  readonly text: string;
}

/** Every kind of change that these rules know. `lastDay`: of a leaver by date, ISO. */
export function recipesOf(rules: Rules, lastDay: string): readonly Recipe[] {
  return [
    ...leavers(rules, lastDay),
    ...moves(rules),
    ...rules.roles.flatMap((role) => roleRecipes(rules, role)),
    ...profileRecipes(rules),
    ...exceptionRecipes(rules),
  ];
}

const anybody = () => true;
const isKept = ({ event }: Expectation) => event === 'kept';

function leavers(rules: Rules, lastDay: string): readonly Recipe[] {
  const { active, leaveDate } = rules;
  const by = (rule: string, columns: readonly string[], text: string): Recipe => ({
    ...{ kind: 'leaver', rule, columns, text, who: anybody },
    becomes: (_, after) => after.event === 'suspended' && after.rule === rule,
  });
  return [
    ...(active.columns.length > 0 ? [by('active', active.columns, 'is not active any more, and is suspended')] : []),
    ...(leaveDate === null
      ? []
      : [
          {
            ...by('leaveDate', [leaveDate.column], 'had the last day yesterday, and is suspended'),
            invent: () => [fromIsoDate(lastDay, leaveDate.form)],
          },
        ]),
  ];
}

function moves(rules: Rules): readonly Recipe[] {
  const kinds = [
    ['location', 'business_unit', 'changes location: leaves one business unit and joins another'],
    ['department', 'department', 'changes department'],
    ['topic group', 'topic', 'joins or leaves a topic group'],
  ] as const;
  return kinds.flatMap(([kind, group, text]) => {
    const giving = rules.groups.filter(
      ({ groups }) => groups.kind === group || (groups.kind === 'local_department' && group !== 'topic'),
    );
    const columns = columnsOf(giving.flatMap(({ groups, when }) => [...groups.columns, ...when.columns]));
    const [first] = giving;
    if (first === undefined || columns.length === 0) return [];
    const becomes: Recipe['becomes'] = (before, after) => {
      const [was, is] = [names(before, group), names(after, group)];
      return isKept(after) && was !== is && (group === 'topic' || (was !== '' && is !== ''));
    };
    return [{ kind, rule: first.rule, columns, text, who: anybody, becomes }];
  });
}

function roleRecipes(rules: Rules, { rule, when, only, target, role }: Rules['roles'][number]): readonly Recipe[] {
  const giving = rules.groups.filter(({ groups }) => groups.kind === target);
  const groupColumns = only === null ? [] : giving.flatMap(({ groups }) => groups.columns);
  const columns = columnsOf([...when.columns, ...(only?.columns ?? []), ...groupColumns]);
  const where = target === 'network' ? 'the network' : 'a group';
  const holds = ({ person }: Expectation) => person !== null && rolesBy(person).has(rule);
  return [
    {
      ...{ kind: 'promotion', rule, columns, text: `becomes ${role} of ${where}`, who: (before) => !holds(before) },
      becomes: (_, after) => isKept(after) && holds(after),
      likely: holds,
    },
    {
      ...{ kind: 'demotion', rule, columns, text: `is not ${role} of ${where} by this rule any more`, who: holds },
      becomes: (_, after) => isKept(after) && !holds(after),
      likely: (other) => other.account === 'active' && !holds(other),
    },
  ];
}

const KIND_OF: Readonly<Partial<Record<ProfileField, EventKind>>> = {
  givenName: 'rename',
  infix: 'rename',
  familyName: 'rename',
  email: 'e-mail',
};

function profileRecipes(rules: Rules): readonly Recipe[] {
  return rules.profile
    .filter(({ field }) => field !== 'upn')
    .map(({ field, rule, value, write }) => ({
      ...{ kind: KIND_OF[field] ?? 'profile', rule, columns: columnsOf(value.columns) },
      who: ({ person }) => field !== 'email' || isInvitedAt(person, rules),
      text:
        write === 'once'
          ? 'has another value, which is not written: it was filled in once'
          : 'has another value, which is written',
      // Only this, where it can be: what else it does is shown by events of their own.
      becomes: (before, after) =>
        isKept(after) &&
        signature(before.person) === signature(after.person) &&
        (write === 'once' || before.person?.profile[field] !== after.person?.profile[field]),
      // Another person's address would be theirs.
      ...(field === 'email' ? { invent: (text: string) => (text.includes('@') ? [`new.${text}`] : []) } : {}),
    }));
}

/** Whose new address gets a new invitation, where the mapping invites by e-mail at all. */
function isInvitedAt(person: ExpectedPerson | null, { invitations }: Rules): boolean {
  const byEmail = invitations.some(({ audience }) => audience === 'email');
  return person?.profile.email !== undefined && (!byEmail || person.audience.value === 'email');
}

function exceptionRecipes(rules: Rules): readonly Recipe[] {
  return rules.exceptions
    .filter(({ ids }) => ids === null)
    .map(({ rule, when, said }) => ({
      ...{ kind: 'exception', rule, columns: when.columns, who: anybody },
      text: said.leaveAlone
        ? 'is meant by an exception from today on, and is left alone'
        : said.notInNetwork
          ? 'is kept out by an exception from today on, and is suspended'
          : 'is meant by an exception from today on',
      becomes: (before, after) =>
        (after.rule === rule && before.rule !== rule) || (isMeant(after, rule) && !isMeant(before, rule)),
    }));
}

function rolesBy({ networkRole, groups }: ExpectedPerson): ReadonlySet<string | null> {
  return new Set([networkRole.rule, ...[...groups.values()].map(({ roleRule }) => roleRule)]);
}

function isMeant({ person }: Expectation, rule: string): boolean {
  return person?.exceptions.includes(rule) ?? false;
}

function names({ person }: Expectation, kind: GroupRef['kind']): string {
  const ids = [...(person?.groups ?? [])].filter(([, { group }]) => group.kind === kind).map(([id]) => id);
  return ids.sort().join('\n');
}

/** Everything but the profile: groups, roles and how the person is invited. */
export function signature(person: ExpectedPerson | null): string {
  if (person === null) return '';
  const groups = [...person.groups].map(([id, { role }]) => `${id} ${role}`).sort();
  return JSON.stringify([groups, person.networkRole.value, person.audience.value]);
}

function columnsOf(columns: readonly string[]): readonly string[] {
  return [...new Set(columns)];
}
