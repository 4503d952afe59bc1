import type { Profile } from '../sync/person.js';
import type { Fields } from '../sync/record.js';
import type { DeliveredRow } from './delivery.js';
import { groupId, withParents, type GroupId } from './groups.js';
import type { ExceptionRule, Rules, RoleRule } from './rules.js';
import { dayText } from './rules.js';
import type { ExpectedGroup, ExpectedPerson, Judgement, Said } from './state.js';
import { toIsoDate } from './steps.js';

export interface JudgeOptions {
  /** ISO date in the customer's time zone. */
  readonly today: string;
  /** Somebody with an active account does not go for a start that is still to come. */
  readonly hasAccount: boolean;
  /** Every group of the network; left out where it does not matter. */
  readonly groups?: ReadonlySet<GroupId>;
}

interface Row {
  readonly row: number;
  readonly fields: Fields;
}

/** What `docs/mapping.md` makes of all rows of one person, section by section. */
export function judge(rules: Rules, xid: string, delivered: readonly DeliveredRow[], options: JudgeOptions): Judgement {
  const numbers = delivered.map(({ row }) => row).sort((a, b) => a - b);
  const unchanged = (rule: string, why: string): Judgement => ({ kind: 'unchanged', rows: numbers, rule, why });
  const readable = delivered.flatMap(({ row, fields }) => (fields === null ? [] : [{ row, fields }]));
  if (readable.length < delivered.length) return unchanged('unreadable row', 'a row cannot be read');
  const badDate = [rules.startDate, rules.leaveDate].find((date) => date !== null && readable.some(isBadDate(date)));
  if (badDate) return unchanged(badDate.rule, 'a cell holds no date in the form of the mapping');

  const absentBy = (row: Row) => whyAbsent(rules, row.fields, options);
  const started = readable.filter((row) => absentBy(row) === null);
  // Somebody with an account and no other job keeps it until the next one begins.
  const next = options.hasAccount ? readable.filter((row) => absentBy(row) === 'startDate') : [];
  const here = started.length > 0 ? started : next;
  // Exceptions look at the rows that are left, or at all of them when none is.
  const looked = sorted(here.length > 0 ? here : readable);
  const exceptions = rules.exceptions.flatMap((exception) => {
    const rows = looked.filter(({ fields }) => isMeant(exception, xid, fields));
    return rows.length > 0 ? [{ exception, rows }] : [];
  });
  const alone = exceptions.find(({ exception }) => exception.said.leaveAlone);
  if (alone) return unchanged(alone.exception.rule, 'an exception leaves the person alone');
  const out = exceptions.find(({ exception }) => exception.said.notInNetwork);
  if (out) return { kind: 'out', rows: numbers, rule: out.exception.rule, why: 'an exception keeps the person out' };
  if (here.length === 0)
    return { kind: 'out', rows: numbers, ...whyGone(readable.flatMap((row) => absentBy(row) ?? [])) };
  if (here.length > 1 && !rules.options.mergeDuplicates) {
    return unchanged('options.mergeDuplicates', 'several active rows have this id');
  }
  const person = personOf(rules, xid, looked, exceptions, options);
  const lacking = lacks(rules, person);
  if (lacking !== null) return unchanged(lacking.rule, lacking.value);
  return { kind: 'in', rows: looked.map(({ row }) => row).sort((a, b) => a - b), person };
}

function isBadDate(date: NonNullable<Rules['startDate']>): (row: Row) => boolean {
  return ({ fields }) => {
    const text = dayText(date, fields);
    return text !== null && toIsoDate(text, date.form) === null;
  };
}

const GONE = {
  active: 'no row is active',
  leaveDate: 'the last day is over',
  startDate: 'the first day is still to come',
} as const;

/** Why a row's person is not here today; null: they are. */
function whyAbsent(rules: Rules, row: Fields, { today }: JudgeOptions): keyof typeof GONE | null {
  if (!rules.active.holds(row)) return 'active';
  const dayIn = (date: Rules['startDate']): string | null => {
    const text = date === null ? null : dayText(date, row);
    return date === null || text === null ? null : toIsoDate(text, date.form);
  };
  const [leave, start] = [dayIn(rules.leaveDate), dayIn(rules.startDate)];
  if (leave !== null && leave < today) return 'leaveDate';
  return start !== null && start > today ? 'startDate' : null;
}

function whyGone(reasons: readonly (keyof typeof GONE)[]): { readonly rule: string; readonly why: string } {
  const rule = (['leaveDate', 'startDate'] as const).find((each) => reasons.includes(each)) ?? 'active';
  return { rule, why: GONE[rule] };
}

/** By their canonical text: the JSON of the columns, sorted by name. */
function sorted(rows: readonly Row[]): readonly Row[] {
  if (rows.length < 2) return rows;
  const text = ({ fields }: Row) =>
    `{${Object.keys(fields)
      .sort()
      .map((column) => `${JSON.stringify(column)}:${JSON.stringify(fields[column])}`)
      .join(',')}}`;
  const keyed = rows.map((row) => ({ row, text: text(row) }));
  keyed.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : a.row.row - b.row.row));
  return keyed.map(({ row }) => row);
}

function isMeant({ ids, when }: ExceptionRule, xid: string, row: Fields): boolean {
  return ids === null ? when.holds(row) : ids.includes(xid);
}

interface Met {
  readonly exception: ExceptionRule;
  readonly rows: readonly Row[];
}

function personOf(
  rules: Rules,
  xid: string,
  rows: readonly Row[],
  exceptions: readonly Met[],
  { groups: known }: JudgeOptions,
): ExpectedPerson {
  const first = rows[0]?.fields ?? {};
  const profile = profileOf(rules, first);
  const invitation = rules.invitations.find(({ audience, when }) => reaches(audience, profile) && when.holds(first));
  const silenced = exceptions.find(({ exception }) => exception.said.noInvitation);
  const usual = { value: invitation?.audience ?? 'none', rule: invitation?.rule ?? 'invitations' } as const;
  const isSilent = silenced !== undefined && usual.value !== 'sso';
  const notIn = excludedBy(exceptions);
  const given = groupsOf(rules, rows, exceptions, notIn);
  if (known !== undefined && !rules.options.createMissingGroups) {
    for (const id of [...given.keys()]) if (!known.has(id)) given.delete(id);
  }
  return {
    userName: invitation?.userName ? invitation.userName.of(first) : xid,
    profile,
    audience: isSilent ? { value: 'none', rule: silenced.exception.rule } : usual,
    exceptions: exceptions.map(({ exception }) => exception.rule),
    notIn,
    networkRole: networkRole(rules, rows, exceptions),
    groups: new Map([...given].map(([id, each]) => [id, withRole(rules, id, each, exceptions)])),
  };
}

function profileOf(rules: Rules, row: Fields): Profile {
  const fields = rules.profile.map(({ field, value }) => [field, value.of(row)] as const);
  return Object.fromEntries(fields.filter(([, text]) => text !== ''));
}

function reaches(audience: string, { email, telephoneNumber, upn }: Profile): boolean {
  if (audience === 'email') return email !== undefined;
  if (audience === 'sms') return telephoneNumber !== undefined;
  return audience !== 'sso' || upn !== undefined;
}

interface Given {
  readonly group: ExpectedGroup['group'];
  readonly rule: string;
  /** Every row that puts the person into the group. */
  readonly rows: Set<Row>;
}

/** Every rule that applies gives its group; then exceptions add, and then they take away. */
function groupsOf(
  rules: Rules,
  rows: readonly Row[],
  exceptions: readonly Met[],
  notIn: ExpectedPerson['notIn'],
): Map<GroupId, Given> {
  const given = new Map<GroupId, Given>();
  const give = (group: Given['group'], rule: string, row: Row) => {
    for (const each of withParents(group)) {
      const known = given.get(groupId(each));
      if (known === undefined) given.set(groupId(each), { group: each, rule, rows: new Set([row]) });
      else known.rows.add(row);
    }
  };
  for (const { rule, when, groups } of rules.groups) {
    for (const row of rows) {
      if (when.holds(row.fields)) for (const group of groups.of(row.fields)) give(group, rule, row);
    }
  }
  for (const { exception, rows: meant } of exceptions) {
    for (const groups of exception.addTo)
      for (const row of meant) for (const group of groups.of(row.fields)) give(group, exception.rule, row);
  }
  for (const [id, { group }] of given) {
    if (withParents(group).some((each) => notIn.has(groupId(each)))) given.delete(id);
  }
  return given;
}

function excludedBy(exceptions: readonly Met[]): ExpectedPerson['notIn'] {
  const excluded = new Map<GroupId, string>();
  for (const { exception, rows } of exceptions) {
    for (const group of exception.notIn.flatMap((groups) => rows.flatMap(({ fields }) => groups.of(fields)))) {
      if (!excluded.has(groupId(group))) excluded.set(groupId(group), exception.rule);
    }
  }
  return excluded;
}

function networkRole(rules: Rules, rows: readonly Row[], exceptions: readonly Met[]): Said<string> {
  const excepted = exceptions.find(({ exception }) => exception.role?.target === 'network')?.exception.role;
  const ruled = rules.roles.find(
    ({ target, when }) => target === 'network' && rows.some((row) => when.holds(row.fields)),
  );
  const said = excepted ?? ruled;
  return said ? { value: said.role, rule: said.rule } : { value: 'member', rule: 'roles' };
}

/** Decided only on the rows that put the person into the group. The first rule that holds wins; exceptions come before. */
function withRole(rules: Rules, id: GroupId, { group, rule, rows }: Given, exceptions: readonly Met[]): ExpectedGroup {
  const names = (only: RoleRule['only'], row: Row) =>
    only === null || only.of(row.fields).some((each) => groupId(each) === id);
  const excepted = exceptions.find(
    ({ exception, rows: meant }) =>
      exception.role?.target === group.kind &&
      meant.some((row) => rows.has(row) && names(exception.role?.only ?? null, row)),
  )?.exception.role;
  const ruled = rules.roles.find(
    ({ target, when, only }) =>
      target === group.kind && [...rows].some((row) => when.holds(row.fields) && names(only, row)),
  );
  const said = excepted ?? ruled ?? null;
  return { group, rule, role: said?.role ?? 'member', roleRule: said?.rule ?? null };
}

/** What the options do not allow to be lacking. */
function lacks({ options }: Rules, { userName, profile, groups }: ExpectedPerson): Said<string> | null {
  const hasUnit = [...groups.values()].some(({ group }) => group.kind === 'business_unit');
  if (userName === '') return { value: 'there is no user name', rule: 'invitations' };
  if (userName.length > 255) return { value: 'the user name is too long to be one', rule: 'invitations' };
  if (!profile.givenName && !profile.familyName && !options.allowEmptyName)
    return { value: 'there is no name', rule: 'options.allowEmptyName' };
  if (!profile.email && !options.allowEmptyEmail)
    return { value: 'there is no e-mail address', rule: 'options.allowEmptyEmail' };
  if (!hasUnit && !options.allowWithoutBusinessUnit)
    return { value: 'there is no business unit', rule: 'options.allowWithoutBusinessUnit' };
  if (groups.size === 0 && !options.allowWithoutGroups)
    return { value: 'there is no group', rule: 'options.allowWithoutGroups' };
  return null;
}
