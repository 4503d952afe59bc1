import type { CheckResult } from '../../proof/checks/result.js';
import type { TestReport } from '../../proof/report.js';
import { numberWords } from '../words.js';
import type { Block } from './document.js';
import { bar, picture, WIDTH, words } from './svg.js';
import { answerWords, LOOKS, peopleWords, QUESTIONS } from './words.js';

const ROW = 46;
const HEAD = 30;

/** What each check looked at, and its answer. */
export function checksPicture({ activation, daily }: TestReport): Block {
  const parts = [
    ['Activation of the User Sync', activation],
    ['Daily synchronisation', daily ?? []],
  ] as const;
  const rows = parts.flatMap(([, checks]) =>
    checks.map((result) => [
      QUESTIONS[result.check],
      numberWords(result.lookedAt),
      answerWords(result),
      LOOKS[result.check],
    ]),
  );
  return {
    kind: 'picture',
    svg: draw(parts),
    table: { head: ['question', 'people looked at', 'answer', 'what was looked at'], rows },
  };
}

function draw(parts: readonly (readonly [string, readonly CheckResult[]])[]): string {
  const all = parts.flatMap(([, checks]) => checks);
  const most = Math.max(1, ...all.map(({ lookedAt }) => lookedAt));
  let y = 0;
  const body: string[] = [];
  for (const [title, checks] of parts) {
    if (checks.length === 0) continue;
    body.push(words(0, y + 20, title, 'strong'));
    y += HEAD;
    for (const result of checks) {
      body.push(...drawCheck(result, y, most));
      y += ROW;
    }
  }
  const wrong = all.filter(({ totalDifferences }) => totalDifferences > 0).length;
  const said = wrong === 0 ? 'none of them found a difference' : `${wrong} of them found differences`;
  return picture('checks', 'What the checks looked at', `${all.length} checks; ${said}.`, y + 6, body);
}

function drawCheck(result: CheckResult, y: number, most: number): readonly string[] {
  const { check, lookedAt, people, totalDifferences } = result;
  const width = (WIDTH * lookedAt) / most;
  const isRight = totalDifferences === 0;
  // A few wrong ones among thousands must still be seen.
  const wrong = isRight ? 0 : Math.max(6, (WIDTH * people) / most);
  return [
    words(0, y + 14, `${isRight ? '✓' : '✗'} ${QUESTIONS[check]}`, isRight ? '' : 'wrong-words'),
    words(
      WIDTH,
      y + 14,
      `${answerWords(result)} · ${peopleWords(lookedAt)} looked at`,
      isRight ? 'faint' : 'wrong-words',
      'end',
    ),
    bar(0, y + 20, WIDTH, 10, 'track'),
    bar(0, y + 20, width, 10, 'right'),
    ...(wrong > 0 ? [bar(0, y + 20, Math.min(WIDTH, wrong), 10, 'wrong')] : []),
  ];
}
