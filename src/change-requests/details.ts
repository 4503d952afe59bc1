import { lastEvents, newestRefusal } from '../onboarding/details/events.js';
import { card, inLine, quoted, section } from '../onboarding/details/lines.js';
import { dayWords } from '../onboarding/dates.js';
import { openQuestions } from './acts/asking.js';
import { proposalWords } from './acts/proposing.js';
import { objectionToTest } from './acts/testing.js';
import { becomeWords, closedWords, needsPeopleStatement } from './closed-people.js';
import { EXAMPLES } from './forms.js';
import { firstPromise, outlookOf, waitsForCustomer } from './health.js';
import type { MessageName, Messages } from './messages.js';
import { isDateAgreed, isOver, isTestAwaited, isTested, needsTest, type ChangeState } from './state.js';

const HEALTH = { 'on track': '🟢', 'at risk': '🟡', late: '🔴', blocked: '⛔', paused: '⏸️' } as const;
const ENDS = { done: '✅', rejected: '❌', withdrawn: '↩️', open: '' } as const;

/** The page that a project manager reads in the Temporal UI: the wish, the promise, who must act, and what to send. */
export function renderDetails(state: ChangeState, now: string): string {
  const { customer, number } = state;
  return [
    headline(state, now),
    ...section(
      'Stands in the way',
      state.problems.map(({ about, text }) => `⛔ **${about}**: ${inLine(text)}`),
    ),
    ...section('The way', [steps(state)]),
    ...(isOver(state) ? [] : section('To act', whatToSend(state))),
    ...section('Questions', questions(state)),
    ...section('Last events', lastEvents(state)),
    ...(isOver(state) ? [] : section('At any time', [atAnyTime(state)])),
    `Everything: \`usersync change show ${customer} ${number}\``,
  ].join('\n\n');
}

function headline(state: ChangeState, now: string): string {
  const { customer, number, filed, classification, overruled, words } = state;
  const { health } = outlookOf(state, now);
  const sign = isOver(state) ? ENDS[state.status] : HEALTH[health];
  const refusal = newestRefusal(state);
  return [
    `# ${sign} ${customer}, change ${number}: ${isOver(state) ? state.status : `${state.step}, ${health}`}`,
    card(
      `${filed.asked}, filed by ${filed.by}: ${quoted(filed.text)}`,
      `**${classification.size}**, as ${classification.by} said: ${inLine(classification.reason)}`,
      overruled === null ? '' : `The rules say ${overruled.size}: ${inLine(overruled.reason)}`,
      promiseWords(state, now),
      ...state.broken.map(
        ({ promise, at }) => `🔴 The promise (${promise}) was broken on ${dayWords(at.slice(0, 10))}.`,
      ),
      words === null ? '' : inLine(words),
    ),
    refusal === null ? '' : `⚠️ The last message was refused: ${refusal}`,
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function promiseWords(state: ChangeState, now: string): string {
  if (isOver(state)) return '';
  const waits = waitsForCustomer(state);
  if (waits !== null) return `⏸️ The clock stands still: it waits for the customer (${waits}).`;
  const promise = firstPromise(state, now);
  return promise === null
    ? ''
    : `Promised: ${promise.words}, until **${promise.dueAt.slice(0, 16).replace('T', ' ')}Z**`;
}

/** A checklist: what is done, what is under way. */
function steps(state: ChangeState): string {
  const { proposal, step, applied, agreement, classification, people } = state;
  const isApproved = proposal?.status === 'approved';
  const lines: (readonly [done: boolean, words: string])[] = [
    ...(classification.size === 'structural'
      ? [[isDateAgreed(state), agreement === null ? 'a date is agreed' : `a date: ${agreement.on}`] as const]
      : []),
    [
      proposal !== null && proposal.status !== 'changes requested',
      proposal === null ? 'a version is proposed' : proposalWords(proposal),
    ],
    ...(needsPeopleStatement(state)
      ? [
          [
            people !== null,
            people === null ? 'what becomes of the people' : `the people ${becomeWords(people.become)}`,
          ] as const,
        ]
      : []),
    [isApproved, 'the customer approves'],
    ...(needsTest(state) ? [[isTested(state), testWords(state)] as const] : []),
    [applied !== null, applied === null ? 'applied in one run' : `applied in run ${applied.run}`],
    [step === 'closed', 'checked and closed'],
  ];
  return lines.map(([done, words]) => `- ${done ? '✅' : '⏳'} ${words}`).join('\n');
}

function whatToSend(state: ChangeState): readonly string[] {
  const { step, proposal, manager, contacts, classification, agreement } = state;
  const customer = contacts.find(({ side, approves }) => side === 'customer' && approves)?.id ?? 'c-hr';
  const version = proposal?.version ?? EXAMPLES.propose.version;
  return [
    ...(classification.size === 'structural' && !isDateAgreed(state)
      ? [
          `To agree on a date\n${send('agree', { on: agreement?.on ?? EXAMPLES.agree.on, by: agreement?.side === 'speakap' ? customer : manager })}`,
        ]
      : []),
    ...(step === 'mapping'
      ? [
          `With a file: \`usersync change propose ${state.customer} ${state.number} mapping.yaml --by ${manager}\`\n` +
            `With a version that is kept\n${send('propose', { version, by: manager })}`,
        ]
      : []),
    ...(step === 'approval' && needsPeopleStatement(state) && state.people === null && proposal !== null
      ? [`${closedWords(proposal.closed)}\n${send('people', { become: 'move', by: customer, text: 'where they go' })}`]
      : []),
    ...(step === 'approval'
      ? [
          `The customer, with the code that was mailed\n${send('approve', { version, by: customer, code: 'XXXX-XXXX' })}`,
          `Not good yet\n${send('reject', { version, by: customer, reason: 'what is missing' })}`,
        ]
      : []),
    ...howToTest(state),
    ...(state.problems.length > 0 ? [`To try again\n${send('retry', { by: manager })}`] : []),
  ];
}

function testWords({ customer, test, testing }: ChangeState): string {
  if (test !== null) return `test ${test.number} on an anonymised copy is approved, and nothing of it is left`;
  return testing === undefined
    ? 'tested on an anonymised copy'
    : `test ${testing.number} on an anonymised copy: see the workflow \`test/${customer}/${testing.number}\``;
}

function howToTest(state: ChangeState): readonly string[] {
  const { customer, testing, manager } = state;
  if (testing !== undefined && isTestAwaited(state)) {
    const place = `${customer} ${testing.number}`;
    return [
      `The report of test ${testing.number}: \`usersync test report ${place}\`. To decide, for the customer and for Speakap: ` +
        `\`usersync test approve ${place} --by CONTACT --code CODE\``,
    ];
  }
  return objectionToTest(state, { by: manager }) === null
    ? [`To test it on an anonymised copy\n${send('test', { by: manager })}`]
    : [];
}

function questions(state: ChangeState): readonly string[] {
  return openQuestions(state).map(
    ({ id, to, text }) => `${id} to ${to}: ${quoted(text)}\n${send('answer', { question: id, by: to, text: '...' })}`,
  );
}

function atAnyTime({ manager, filed }: ChangeState): string {
  return [
    send('ask', { by: manager, to: filed.by, text: '...' }),
    send('classify', { size: 'structural', by: manager, reason: 'why' }),
    send('withdraw', { by: filed.by, reason: 'why' }),
    send('reject', { by: manager, reason: 'why' }),
  ].join('\n');
}

function send<Name extends MessageName>(name: Name, value: Messages[Name]): string {
  return `\`${name}\`\n\`${JSON.stringify(value)}\``;
}
