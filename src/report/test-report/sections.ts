import type { CheckResult } from '../../proof/checks/result.js';
import type { EventResult, TestReport } from '../../proof/report.js';
import { countWords, numberWords, partWords } from '../words.js';
import { checksPicture } from './checks-picture.js';
import type { Block, TestDocument } from './document.js';
import { groupsPicture } from './groups-picture.js';
import { answerWords, INVITED, PROPOSALS, QUESTIONS } from './words.js';

type Section = TestDocument['sections'][number];

/** As many differences of one check as somebody reads. */
const LISTED = 50;
const GROUPS_OF_SAMPLE = 8;

export function sectionsOf(report: TestReport): readonly Section[] {
  const checks = [...report.activation, ...(report.daily ?? [])];
  return [
    { title: 'What was checked', blocks: [checksPicture(report)] },
    ...checks.filter(({ totalDifferences }) => totalDifferences > 0).map(differenceSection),
    { title: 'People per group, before and after', blocks: groupsPicture(report) },
    ...sampleSections(report),
    ...eventSections(report),
    ...guardSections(report),
    ...pointsToSections(report),
  ];
}

function differenceSection(result: CheckResult): Section {
  const shown = result.differences.slice(0, LISTED);
  return {
    title: QUESTIONS[result.check],
    blocks: [
      text(
        shown.length < result.totalDifferences
          ? `${answerWords(result)}. ${partWords(shown.length, result.totalDifferences, 'difference')}:`
          : `${answerWords(result)}.`,
      ),
      {
        kind: 'table',
        head: ['who', 'rule', 'what', 'expected', 'found', 'rows'],
        rows: shown.map(({ person, rule, what, expected, found, rows }) => [
          person,
          rule,
          what,
          expected,
          found,
          rows.join(', '),
        ]),
      },
    ],
  };
}

function sampleSections({ samples }: TestReport): readonly Section[] {
  const intro = text(
    'Names, addresses and numbers were exchanged before the test, and so were the ids below; groups and roles are real. Please ' +
      'look whether people like these belong there. The rows are those of the file of the test, which is removed with it.',
  );
  return samples.map(({ audience, total, people }, index) => ({
    title: `${INVITED[audience]}: ${people.length === total ? 'all' : `${people.length} of`} ${countWords(total, 'person', 'people')}`,
    blocks: [
      ...(index === 0 ? [intro] : []),
      {
        kind: 'table',
        head: ['who', 'groups', 'roles', 'rows'],
        rows: people.map(({ xid, groups, roles, rows }) => [
          xid,
          limited(groups),
          roles.join(', ') || 'member',
          rows.join(', '),
        ]),
      },
    ],
  }));
}

function limited(groups: readonly string[]): string {
  const more = groups.length - GROUPS_OF_SAMPLE;
  if (groups.length === 0) return 'none';
  return [...groups.slice(0, GROUPS_OF_SAMPLE), ...(more > 0 ? [`and ${more} more`] : [])].join(', ');
}

function eventSections({ events, notShown, secondDay }: TestReport): readonly Section[] {
  if (secondDay !== 'made') return [];
  return [
    {
      title: 'What happened to whom on the days that were made',
      blocks: [
        text(
          'There was no second delivery yet, so one was made of the first: every kind of event that the rules know happens to somebody, with values that other people have.',
        ),
        {
          kind: 'table',
          head: ['day', 'event', 'who', 'rule', 'columns', 'what should come of it', ''],
          rows: events.map(eventRow),
        },
        ...(notShown.length === 0
          ? []
          : [
              text('The rules know these as well, and this record cannot show them:'),
              {
                kind: 'table',
                head: ['event', 'rule', 'why'],
                rows: notShown.map(({ kind, rule, why }) => [kind, rule, why]),
              } as const,
            ]),
      ],
    },
  ];
}

function eventRow({ day, kind, xid, rule, columns, text: words, isRight }: EventResult): readonly string[] {
  return [String(day), kind, xid, rule, columns.join(', '), words, isRight ? '✓' : '✗'];
}

function guardSections({ guards }: TestReport): readonly Section[] {
  if (guards.length === 0) return [];
  const rows = guards.map(({ what, happened, isRight }) => [what, happened, isRight ? '✓' : '✗']);
  return [
    { title: 'What stops mistakes', blocks: [{ kind: 'table', head: ['what was tried', 'what happened', ''], rows }] },
  ];
}

function pointsToSections({ pointsTo = [], customerName, number }: TestReport): readonly Section[] {
  if (pointsTo.length === 0) return [];
  const rows = pointsTo.map(({ name, combinations, people, proposal }) => [
    ...[name, numberWords(combinations), numberWords(people), PROPOSALS[proposal]],
  ]);
  return [
    {
      title: 'What could still point to somebody',
      blocks: [
        text(
          `Groups, titles and what else rules read stay as they are. Few people share the values of these columns together, so that ` +
            `whoever knows them of a colleague may find that colleague among the pseudonyms, as long as test ${number} is there. ` +
            `${customerName} accepts them by name with its approval, --accept "${rows[0]?.[0]}" for each or --accept all, or rejects the test.`,
        ),
        { kind: 'table', head: ['kept together', 'rare', 'people', 'proposal'], rows },
      ],
    },
  ];
}

function text(words: string): Block {
  return { kind: 'text', text: words };
}
