import { groupName } from '../../sync/group.js';
import type { Effect, GroupEffect } from '../../sync/effect/effect.js';
import { kindWords } from '../../sync/words/value-words.js';
import { countWords, numberWords } from '../words.js';
import { text, type Block, type Section } from './document.js';
import type { LineView } from './line-view.js';

/** A page that people can look through; the counts say how many there are. */
const GROUPS_SHOWN = 500;

/** One section for each kind of rule, with what it does to the snapshot. */
export function ruleSections(view: LineView, effect: Effect): readonly Section[] {
  return [
    { title: 'What every column becomes', blocks: view.block('C', (path, people) => filled(effect, path, people)) },
    { title: 'Who takes part, and what is allowed', blocks: view.block('O', () => null) },
    { title: 'Who lands where', blocks: [...view.block('G', applies), ...groupBlocks(view, effect)] },
    { title: 'How people are invited', blocks: invitationBlocks(view, effect) },
    { title: 'Roles', blocks: roleBlocks(view, effect) },
    {
      title: 'Exceptions',
      blocks: orElse(view.block('E', applies), 'There are no exceptions to the rules above.'),
    },
  ];
}

function filled({ people }: Effect, path: string, filledFor: number | null): string | null {
  if (!path.startsWith('columns.') || filledFor === null || people.active === 0) return null;
  return `filled for ${numberWords(filledFor)} of ${countWords(people.active, 'person', 'people')}`;
}

function applies(_: string, people: number | null): string | null {
  if (people === null) return null;
  return people === 0 ? 'nobody in this record' : countWords(people, 'person', 'people');
}

function groupBlocks(view: LineView, effect: Effect): readonly Block[] {
  const { groups, hasMoreGroups, missingGroups } = effect;
  const shown = groups.slice(0, GROUPS_SHOWN);
  const more = groups.length - shown.length;
  return [
    ...(shown.length === 0 ? [text('Nobody lands in any group.')] : [groupTable(view, shown)]),
    ...(hasMoreGroups
      ? [text(`There are more than ${countWords(groups.length, 'group')}. A rule may make one for every person.`)]
      : more > 0
        ? [text(`And ${countWords(more, 'more group', 'more groups')}.`)]
        : []),
    ...missingBlocks(view, missingGroups),
  ];
}

function missingBlocks(view: LineView, missing: readonly GroupEffect[]): readonly Block[] {
  if (missing.length === 0) return [];
  const what = `${countWords(missing.length, 'group that people belong to is', 'groups that people belong to are')} not in the network yet:`;
  return [text(what), groupTable(view, missing.slice(0, GROUPS_SHOWN))];
}

function groupTable(view: LineView, groups: readonly GroupEffect[]): Block {
  return {
    kind: 'table',
    head: ['kind', 'group', 'by', 'people', 'administrators'],
    numbersFrom: 3,
    rows: groups.map(({ group, people, admins, rules }) => [
      kindWords(group.kind),
      group.kind === 'local_department' ? `${group.businessUnit} / ${group.department}` : groupName(group),
      view.idsOf(rules),
      numberWords(people),
      numberWords(admins),
    ]),
  };
}

const AUDIENCES = [
  ['email', 'by e-mail'],
  ['sms', 'by SMS'],
  ['letter', 'by letter'],
  ['sso', 'single sign-on, without an invitation'],
  ['none', 'not at all'],
] as const;

function invitationBlocks(view: LineView, { audiences }: Effect): readonly Block[] {
  const rows = AUDIENCES.filter(([audience]) => audiences[audience] > 0).map(([audience, words]) => [
    words,
    numberWords(audiences[audience]),
  ]);
  const lines = view.block('I', applies);
  return [
    ...(lines.length === 0 ? [] : [text('The first line that applies to somebody counts.')]),
    ...lines,
    ...orElse(
      rows.length === 0 ? [] : [{ kind: 'table', head: ['invited', 'people'], rows, numbersFrom: 1 }],
      'Nobody is invited.',
    ),
  ];
}

function roleBlocks(view: LineView, { roles }: Effect): readonly Block[] {
  const rows = roles.map(({ target, role, people }) => [
    target === 'network' ? 'in the network' : `in a ${kindWords(target)}`,
    role === 'admin' ? 'administrator' : role,
    numberWords(people),
  ]);
  const table: readonly Block[] =
    rows.length === 0 ? [] : [{ kind: 'table', head: ['where', 'role', 'people'], rows, numbersFrom: 2 }];
  return [
    text('Everybody is an ordinary member, unless a line below says otherwise. Of several lines the first counts.'),
    ...view.block('R', applies),
    ...table,
  ];
}

function orElse(blocks: readonly Block[], words: string): readonly Block[] {
  return blocks.length > 0 ? blocks : [text(words)];
}
