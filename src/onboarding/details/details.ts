import { dayWords } from '../dates.js';
import { nextDue, outlookOf } from '../health.js';
import type { OnboardingState } from '../state.js';
import { itemCards } from './item-cards.js';
import { lastEvents, newestRefusal } from './events.js';
import { card, inLine, quoted, section } from './lines.js';
import { atAnyTime } from './other-messages.js';
import { problemCards } from './problem-cards.js';
import { weeks } from './weeks.js';

const HEALTH = { 'on track': '🟢', 'at risk': '🟡', late: '🔴', blocked: '⛔', paused: '⏸️' } as const;

/**
 * The page that a project manager reads in the Temporal UI: where it stands, who must act, and what to send. `namespace`:
 * where its other workflows are found.
 */
export function renderDetails(state: OnboardingState, namespace: string): string {
  const isOver = state.status === 'done' || state.status === 'cancelled';
  return [
    headline(state),
    ...(isOver ? [] : section('Stands in the way', problemCards(state))),
    ...(isOver ? [] : section('Speakap has to act', itemCards(state, 'speakap', namespace))),
    ...(isOver ? [] : section('The customer has to act', itemCards(state, 'customer', namespace))),
    ...section('The six weeks', weeks(state)),
    ...section('Left out', leftOut(state)),
    ...section('Last events', lastEvents(state)),
    ...(isOver ? [] : section('At any time', atAnyTime(state))),
    `Everything: \`usersync onboarding show ${state.customer}\``,
  ].join('\n\n');
}

function headline(state: OnboardingState): string {
  const title = `# ${titleWords(state)}`;
  if (state.status === 'done' || state.status === 'cancelled') return title;
  return [
    title,
    card(waitingWords(state), pauseWords(state), goLiveWords(state)),
    card(refusalWords(state), doubtWords(state)),
    'To act: **More Actions**, **Send an Update** above. Choose the name, and paste the value as its data.',
  ]
    .filter((block) => block !== '')
    .join('\n\n');
}

function titleWords(state: OnboardingState): string {
  const { customer, status, number } = state;
  const which = number === 1 ? '' : ` (implementation ${number})`;
  if (status === 'done') return `✅ ${customer}: handed over to the daily sync${which}`;
  if (status === 'cancelled') return `❌ ${customer}: cancelled, and what was made is removed${which}`;
  const { health, phase } = outlookOf(state);
  return `${HEALTH[health]} ${customer}: ${phase}, ${health}${which}`;
}

function waitingWords(state: OnboardingState): string {
  if (state.status === 'paused') return '';
  const next = nextDue(state);
  if (next === null) return 'Waiting for nobody';
  const due = `due **${dayWords(next.dueDate)}${next.late ? ', late' : ''}**`;
  return `Waiting for **${inLine(next.waitingOn)}** · ${next.what} · ${due}`;
}

function pauseWords({ status, pauses }: OnboardingState): string {
  const pause = pauses.at(-1);
  if (status !== 'paused' || pause === undefined) return '';
  return `Paused by ${pause.by} since **${dayWords(pause.from)}**: ${quoted(pause.reason)}`;
}

function goLiveWords({ schedule }: OnboardingState): string {
  if (schedule === null) return '';
  const { goLive, goLiveShift, reason } = schedule;
  return `Go-live **${dayWords(goLive)}**${goLiveShift === 0 ? ', as planned' : ''}${reason === null ? '' : `. ${reason}`}`;
}

function refusalWords(state: OnboardingState): string {
  const refusal = newestRefusal(state);
  return refusal === null ? '' : `⚠️ The last message was refused: ${refusal}`;
}

function doubtWords({ mailsInDoubt, customer }: OnboardingState): string {
  if (mailsInDoubt === 0) return '';
  const mails =
    mailsInDoubt === 1 ? 'one mail it is not known whether it' : `${mailsInDoubt} mails it is not known whether they`;
  return `⚠️ Of ${mails} arrived: \`usersync mail list ${customer}\``;
}

function leftOut({ leftOut: all }: OnboardingState): readonly string[] {
  return all.length === 0
    ? []
    : [all.map(({ item, by, reason }) => `- ➖ \`${item}\`, by ${by}: ${quoted(reason)}`).join('\n')];
}
