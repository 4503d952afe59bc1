import { dayWords } from '../../onboarding/dates.js';
import { outlookOf } from '../../onboarding/health.js';
import { PHASE_TITLES, PHASES, type Phase } from '../../onboarding/schedule/types.js';
import type { OnboardingState } from '../../onboarding/state.js';
import type { Paint } from '../../report/paint.js';
import { renderFields } from '../../report/table.js';
import { countWords } from '../../report/words.js';
import type { WholeOnboarding } from './read-onboarding.js';
import { renderWeek } from './show-week.js';
import { agreements, concepts, coverage, events, files, leftOut, questions } from './show-tables.js';

/** The whole of an onboarding for a terminal: ids and roles, never a name. */
export function renderOnboarding(whole: WholeOnboarding, paint: Paint): string {
  const { customer, onboarding, view } = whole;
  const title = paint.title(`${customer.name} (${customer.slug}), implementation ${onboarding.number}`);
  if (view === null) return `${title}\n\nIt has only just begun: its dates are not planned yet.`;
  const state: OnboardingState = { ...view, events: [] };
  const sections = [
    `${title}\n${renderFields(headline(whole, state), paint)}`,
    problems(state, paint),
    ...PHASES.map((phase) => section(paint, weekTitle(state, phase), renderWeek(state, phase, paint))),
    section(paint, 'Open questions', questions(state, paint)),
    section(paint, 'Approvals', agreements(state, paint)),
    section(paint, 'Left out', leftOut(state, paint)),
    section(paint, 'Concepts of the mapping', concepts(whole, paint)),
    section(paint, 'Business rules, as a dry run shows them', coverage(whole, paint)),
    section(paint, 'Files', files(whole, paint)),
    section(paint, 'Last events', events(whole, paint)),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section(paint: Paint, title: string, body: string): string {
  return body === '' ? '' : `${paint.title(title)}\n${body}`;
}

function headline({ onboarding, mailsInDoubt }: WholeOnboarding, state: OnboardingState) {
  const { phase, health, waitingOn } = outlookOf(state);
  const { schedule, customer } = state;
  const pause = state.pauses.at(-1);
  const fields: (readonly [string, string])[] = [
    ['state', state.status === 'running' ? `${health}, phase ${phase}` : `${state.status}, phase ${phase}`],
    ['waits for', waitingOn ?? 'nobody'],
    ['manager', onboarding.manager],
  ];
  if (schedule !== null) {
    const { goLive, plannedGoLive, goLiveShift, reason } = schedule;
    const planned = goLiveShift === 0 ? 'as planned' : `planned: ${dayWords(plannedGoLive)}`;
    fields.push(['go-live', `${dayWords(goLive)}, ${planned}`]);
    if (reason !== null) fields.push(['because', reason]);
  }
  if (state.status === 'paused' && pause !== undefined)
    fields.push(['paused', `by ${pause.by} since ${dayWords(pause.from)}: ${pause.reason}`]);
  if (mailsInDoubt > 0) {
    const words = `${countWords(mailsInDoubt, 'mail')} of which nobody knows whether they arrived`;
    fields.push(['in doubt', `${words}: usersync mail list ${customer} --in-doubt`]);
  }
  return fields;
}

function problems({ problems: all, customer, manager }: OnboardingState, paint: Paint): string {
  return all
    .map(
      ({ about, text }) =>
        `${paint.bad(`${about}: ${text}`)}\n  When it is mended: usersync onboarding retry ${customer} ${about} --by ${manager}`,
    )
    .join('\n');
}

function weekTitle({ schedule }: OnboardingState, phase: Phase): string {
  const dates = schedule?.phases.find((entry) => entry.phase === phase);
  return dates === undefined
    ? PHASE_TITLES[phase]
    : `${PHASE_TITLES[phase]}, planned ${dayWords(dates.from)} to ${dayWords(dates.to)}`;
}
