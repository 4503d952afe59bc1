import type { GroupCount, TestReport } from '../../proof/report.js';
import { countWords, numberWords } from '../words.js';
import type { Block } from './document.js';
import { bar, picture, WIDTH, words } from './svg.js';

/** As many as are read; all others are said to be there. */
const SHOWN = 25;
const LEFT = 330;
const BAR = 12;

/** People per group before and after: those groups first in which the second day changes something, then the largest. */
export function groupsPicture({ groups, secondDay }: TestReport): readonly Block[] {
  if (groups.length === 0) return [{ kind: 'text', text: 'The network has no groups.' }];
  const shown = [...groups].sort((a, b) => Number(isChanged(b)) - Number(isChanged(a))).slice(0, SHOWN);
  const head = ['group', 'before', 'after activation', ...(secondDay === null ? [] : ['after the second day'])];
  const numbers = ({ before, afterActivation, afterDaily }: GroupCount) =>
    [before, afterActivation, ...(secondDay === null ? [] : [afterDaily])].map(numberWords);
  const more = groups.length - shown.length;
  return [
    {
      kind: 'picture',
      svg: draw(shown),
      table: { head, rows: shown.map((group) => [group.words, ...numbers(group)]), numbersFrom: 1 },
    },
    ...(more > 0
      ? [
          {
            kind: 'text',
            text: `And ${countWords(more, 'more group')}, in which the second day changes nothing or which are smaller.`,
          } as const,
        ]
      : []),
  ];
}

function isChanged({ afterActivation, afterDaily }: GroupCount): boolean {
  return afterDaily !== null && afterDaily !== afterActivation;
}

function draw(groups: readonly GroupCount[]): string {
  const hasSecond = groups.some(({ afterDaily }) => afterDaily !== null);
  const height = (hasSecond ? 3 : 2) * BAR + 10;
  const most = Math.max(
    1,
    ...groups.flatMap(({ before, afterActivation, afterDaily }) => [before, afterActivation, afterDaily ?? 0]),
  );
  const scale = (WIDTH - LEFT - 70) / most;
  const body = groups.flatMap((group, index) => {
    const y = 34 + index * height;
    const values = [
      ['before', group.before],
      ['first', group.afterActivation],
      ...(group.afterDaily === null ? [] : ([['second', group.afterDaily]] as const)),
    ] as const;
    return [
      words(LEFT - 10, y + (height - 10) / 2 + 5, shortName(group.words), '', 'end'),
      ...values.flatMap(([className, value], line) => [
        bar(LEFT, y + line * BAR, value * scale, BAR - 1, className),
        words(LEFT + value * scale + 5, y + line * BAR + BAR - 1, numberWords(value), 'faint'),
      ]),
    ];
  });
  return picture(
    'groups',
    'People per group, before and after',
    `${countWords(groups.length, 'group')}, each with a bar for the copy before the test, after the activation${hasSecond ? ' and after the second day' : ''}.`,
    44 + groups.length * height,
    [...legend(hasSecond), ...body],
  );
}

function legend(hasSecond: boolean): readonly string[] {
  const items = [
    ['before', 'before'],
    ['first', 'after the activation'],
    ...(hasSecond ? [['second', 'after the second day']] : []),
  ];
  return items.flatMap(([className = '', text = ''], index) => [
    bar(LEFT + index * 180, 8, 12, 12, className),
    words(LEFT + 18 + index * 180, 18, text, 'faint'),
  ]);
}

function shortName(text: string): string {
  return text.length <= 44 ? text : `${text.slice(0, 43)}…`;
}
