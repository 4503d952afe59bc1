import { audienceWords, groupWords, roleWords } from '../sync/plan/words.js';
import { RuleWords } from '../sync/words/rule-words.js';
import type { TracedRule } from '../sync/explain/trace.js';
import type { Mapping } from '../sync/mapping/mapping.js';
import type { PersonState, Warning } from '../sync/person.js';
import { changeWords } from './change-words.js';
import type { ExplainedChange, Explanation } from './explanation.js';
import { plain, type Paint } from './paint.js';
import { renderFields, renderTable } from './table.js';
import { instantWords, oneLine } from './words.js';

/** An explanation on a terminal of so many letters. It names the person and their values: for whoever asked for them. */
export function renderExplanation(
  explanation: Explanation,
  mapping: Mapping,
  paint: Paint = plain,
  width = 140,
): string {
  const part = (share: number): number => Math.max(12, Math.floor(share * width));
  const sections: readonly (readonly [string, string])[] = [
    ['1. The record', record(explanation, paint, part(0.35))],
    ['2. The rules', rules(explanation, new RuleNames(mapping), paint, part)],
    ['3. What should be', desired(explanation, paint)],
    ['4. The link: what the sync last wrote', link(explanation, paint)],
    ['5. The network now', network(explanation, paint)],
    ['6. What a run would do now', plan(explanation, paint, part)],
    ['7. What guards held in the newest run', changeTable(explanation, explanation.held, paint, part)],
    ['8. What the last runs planned and did', changeTable(explanation, explanation.changes, paint, part)],
  ];
  return [head(explanation, paint), ...sections.map(([title, text]) => `${paint.title(title)}\n${text}`)].join('\n\n');
}

function head({ customer, xid, mapping, today }: Explanation, paint: Paint): string {
  const by = `version ${mapping.version} of the mapping (${mapping.status})`;
  return paint.title(oneLine(`${xid} at ${customer.name} (${customer.slug}), by ${by}, on ${today}`));
}

function record({ trace: { rows }, delivery, customer }: Explanation, paint: Paint, widest: number): string {
  if (delivery === null) return 'No delivery was accepted yet.';
  const from = oneLine(`${delivery.fileName}, received ${instantWords(delivery.receivedAt, customer.timeZone)}`);
  if (rows.length === 0) return `${from}: no row names the person.`;
  const columns = [...new Set(rows.flatMap(({ fields }) => Object.keys(fields ?? {})))];
  const cells = columns.map((column) => [column, ...rows.map(({ fields }) => fields?.[column] ?? '')]);
  const counts = [
    'counts today',
    ...rows.map(({ fields, counts }) => (fields === null ? 'cannot be read' : yes(counts))),
  ];
  const widths = Object.fromEntries(rows.map((_, index) => [index + 1, widest]));
  return `${from}\n${renderTable({ head: ['column', ...rows.map(({ row }) => `row ${row}`)], widths }, [counts, ...cells], paint)}`;
}

const RESULTS: Readonly<Record<TracedRule['result'], string>> = {
  holds: 'holds',
  'does not hold': 'does not hold',
  'gives nothing': 'gives nothing',
  second: 'holds, not taken',
  'not looked at': 'not looked at',
};

function rules({ trace }: Explanation, names: RuleNames, paint: Paint, part: (share: number) => number): string {
  const rows = trace.rules.map(({ path, line, result, rows: numbers, gives, because }) => [
    `${path}, line ${line}`,
    names.of(path),
    RESULTS[result],
    numbers.join(', '),
    [gives.join('; '), because ?? ''].filter((text) => text !== '').join(': '),
  ]);
  const shape = {
    head: ['rule', 'what it says', 'result', 'rows', 'gives, or why not'],
    widths: { 1: part(0.35), 4: part(0.25) },
    mark: ([, , result]: readonly string[]) => (result === RESULTS.holds ? null : paint.faint),
  };
  return renderTable(shape, rows, paint);
}

/** What each rule says, by its path. */
class RuleNames {
  private readonly texts: ReadonlyMap<string, string>;

  constructor(mapping: Mapping) {
    const words = new RuleWords(mapping);
    this.texts = new Map([
      ['active', words.active()],
      ...words.dates().map(({ path, text }) => [path, text] as const),
      ...mapping.columns.map((rule) => [`columns.${rule.field}`, words.column(rule)] as const),
      ...mapping.groups.map((rule) => [rule.at.path, words.group(rule)] as const),
      ...mapping.roles.map((rule) => [rule.at.path, words.role(rule)] as const),
      ...mapping.invitations.map((rule) => [rule.at.path, words.invitation(rule)] as const),
      ...mapping.exceptions.map((rule) => [rule.at.path, words.exception(rule)] as const),
    ]);
  }

  of(path: string): string {
    return this.texts.get(path) ?? '';
  }
}

const OUTCOMES = {
  active: 'In the network, as follows.',
  inactive: 'Not in the network: no row counts today. Whoever is there under the sync is suspended.',
  unusable: 'Left as it is: something is wrong or missing, and nothing is changed until it is mended.',
  left_alone: 'Left as it is, by an exception.',
  kept_out: 'Kept out of the network, by an exception.',
  missing:
    'Not in the record any more: suspended once that lasted long enough, and out of the groups before that where the mapping says so.',
} as const;

function desired({ trace: { outcome } }: Explanation, paint: Paint): string {
  const warnings = outcome.kind === 'missing' ? [] : outcome.warnings;
  return [
    OUTCOMES[outcome.kind],
    ...(outcome.kind === 'active' ? [renderFields(stateFields(outcome.person), paint)] : []),
    ...warningLines(warnings, paint),
  ].join('\n');
}

function stateFields({ userName, profile, audience, networkRole, memberships }: PersonState) {
  return [
    ['user name', userName] as const,
    ...Object.entries(profile).map(([field, value]) => [field, String(value)] as const),
    ['invited', audienceWords(audience)] as const,
    ['role in the network', roleWords(networkRole)] as const,
    ...Object.values(memberships).map(({ group, role }) => [groupWords(group), roleWords(role)] as const),
  ];
}

function warningLines(warnings: readonly Warning[], paint: Paint): readonly string[] {
  return warnings.map(({ text }) => paint.attention(oneLine(text)));
}

function link({ link, keptUntil, customer }: Explanation, paint: Paint): string {
  if (link === null) return 'None: the sync has written nothing for this person.';
  const at = (instant: Date | null): string => (instant === null ? 'no' : instantWords(instant, customer.timeZone));
  const kept = keptUntil === null ? '' : `, kept by the network until ${at(keptUntil)}`;
  return renderFields(
    [
      ['state', `${link.state}, written ${at(link.updatedAt)}${kept}`],
      ['told how to log in', at(link.invitedAt)],
      ...stateFields(link.written),
    ],
    paint,
  );
}

function network({ network }: Explanation, paint: Paint): string {
  if (network === null) return 'Not asked; --network reads the person there.';
  const { account, profile, groups, differences } = network;
  if (account === null) return 'Nobody is there under this person’s account or user name.';
  const status = account.status === null ? '' : `, ${account.status}`;
  const fields: readonly (readonly [string, string])[] = [
    ['account', `${account.isActive ? 'not suspended' : 'suspended'}${status}`],
    ...Object.entries(profile ?? {}).map(([field, value]) => [field, String(value)] as const),
    ...groups.map((group) => ['in', group] as const),
  ];
  const different =
    differences.length === 0
      ? ['As the sync last wrote it, as far as the network shows it; roles are not read.']
      : ['Otherwise than the sync last wrote it:', ...differences.map((text) => `  ${oneLine(text)}`)];
  return [renderFields(fields, paint), ...different].join('\n');
}

function plan(explanation: Explanation, paint: Paint, part: (share: number) => number): string {
  const { plan, customer } = explanation;
  const { changes, waits, warnings, limits, isNameTaken } = plan;
  const rows = changes.map((change) => [changeWords(change), change.reason.text]);
  const table = renderTable({ head: ['change', 'why'], widths: { 0: part(0.4), 1: part(0.45) } }, rows, paint);
  return [
    dueWords(explanation),
    changes.length === 0 ? 'No change: everything is as it should be, or waits.' : table,
    ...(isNameTaken ? [paint.attention('Somebody else has the user name, so none of it would be done.')] : []),
    ...waits.map(
      ({ until, reason }) =>
        `Waits${until === null ? ' for the next accepted delivery' : ` until ${waitWords(until, customer.timeZone)}`}: ${WAITS[reason]}.`,
    ),
    ...limits.map(
      ({ kind, limit }) =>
        `Guard of ${kind.replaceAll('_', ' ')}: ${limit === null ? 'none' : `so many people a run: ${limit}`}.`,
    ),
    ...warningLines(warnings, paint),
  ].join('\n');
}

const WAITS = {
  date: 'a start or leave date of the record',
  missing: 'the person is missing from the record, and not for long enough yet',
} as const;

function waitWords(until: string, timeZone: string): string {
  return until.length === 10 ? until : instantWords(new Date(until), timeZone);
}

function dueWords({ due, customer, today }: Explanation): string {
  if (due === null)
    return `Not due: nothing about the person changed, so the next run does not look. Looked at on ${today}, it would be:`;
  if (due.dueAt === null && due.reason === 'given up')
    return `Given up: the same change failed in too many runs, so no run looks before the person's row or the mapping changes, or "usersync sync retry". Looked at on ${today}, it would be:`;
  const from = due.dueAt === null ? 'the next delivery' : instantWords(due.dueAt, customer.timeZone);
  return `Due from ${from} (${due.reason}). Looked at on ${today}, it would be:`;
}

function changeTable(
  { customer }: Explanation,
  changes: readonly ExplainedChange[],
  paint: Paint,
  part: (share: number) => number,
): string {
  if (changes.length === 0) return 'Nothing.';
  const rows = changes.map(({ run, runKind, at, what, why, status, guard, decidedBy, problem }) => [
    `${run}${runKind === 'dry' ? ', dry' : ''}`,
    instantWords(at, customer.timeZone),
    what,
    [status, decidedBy === null ? '' : `by ${decidedBy}`].filter((text) => text !== '').join(' '),
    [problem ?? '', guard ?? '', why].find((text) => text !== '') ?? '',
  ]);
  const shape = {
    head: ['run', 'when', 'change', 'status', 'why'],
    widths: { 2: part(0.25), 3: part(0.12), 4: part(0.35) },
  };
  return renderTable(shape, rows, paint);
}

function yes(answer: boolean): string {
  return answer ? 'yes' : 'no';
}
