import type { TestOrder, TestProgress } from './messages.js';

const LISTED = 20;

/** The page that a project manager reads in the Temporal UI: counts and what to do, nothing about a person. */
export function renderTest({ customer, number }: TestOrder, progress: TestProgress): string {
  return [
    `# ${customer}, test ${number} on an anonymised copy`,
    headline(progress),
    ...progress.steps.map(({ step, note }) => `- ✅ **${step}**: ${note}`),
    ...(progress.step === 'over' ? [] : [`- ⏳ **${progress.step}**`]),
    '',
    ...checksTable(progress),
    ...howToDecide(customer, number, progress),
    ...progress.approvals.map(
      ({ by, side, comment, accepted }) =>
        `- ${by} (${side}) approved${acceptedWords(accepted)}${comment === null ? '' : `: ${comment}`}`,
    ),
    ...progress.refusedMessages.map((sentence) => `- ⚠️ refused: ${sentence}`),
    '',
    `Everything: \`usersync test show ${customer} ${number}\``,
  ].join('\n');
}

function headline({ problem, outcome, step, leftOver }: TestProgress): string {
  if (leftOver !== null) return `🧯 **Not everything is removed yet: ${leftOver}**\n`;
  if (problem !== null) return `❌ **${problem}**\n`;
  if (step === 'waiting for approval') return '✋ **The report is there: the customer and Speakap decide.**\n';
  if (outcome === 'approved') return `✅ **Approved${step === 'over' ? ', and everything of it removed' : ''}.**\n`;
  return `⏳ **${step}**\n`;
}

function checksTable({ checks }: TestProgress): readonly string[] {
  if (checks.length === 0) return [];
  return [
    '| check\u2003 | looked at\u2003 | differences\u2003 |',
    '|---|---:|---:|',
    ...checks.map(
      ({ words, lookedAt, differences }) =>
        `| ${differences === 0 ? '✅' : '❌'} ${words}\u2003 | ${lookedAt}\u2003 | ${differences}\u2003 |`,
    ),
    '',
  ];
}

function acceptedWords(accepted: readonly string[]): string {
  return accepted.length === 0 ? '' : `, accepting ${accepted.map((name) => `\`${name}\``).join(', ')}`;
}

/** What still points to few people, and that it is accepted by name. */
function whatToAccept(toAccept: readonly string[]): readonly string[] {
  if (toAccept.length === 0) return [];
  return [
    '**To accept**: these kept columns together still point to few people. The customer adds `"accept": "all"`, or the names of ' +
      'what it accepts; all have to be named.',
    ...toAccept.slice(0, LISTED).map((name) => `- \`${name}\``),
    ...(toAccept.length > LISTED ? [`- and ${toAccept.length - LISTED} more`] : []),
    '',
  ];
}

function howToDecide(customer: string, number: number, { step, toAccept }: TestProgress): readonly string[] {
  if (step !== 'waiting for approval') return [];
  return [
    '**To decide**: one contact of the customer and one of Speakap send the update or signal `approve` with ' +
      '`{"by": "c-hr", "code": "123456"}`, or `reject` with `{"by": "c-hr", "comment": "why"}`.',
    `The report: \`usersync test report ${customer} ${number}\`.`,
    '',
    ...whatToAccept(toAccept),
  ];
}
