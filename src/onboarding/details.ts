import { APPROVERS, missingApprovals } from './acts/agreements.js';
import { dayWords } from './dates.js';
import { SHOWN_EVENTS } from './events.js';
import { deliverablesFor, type Deliverable } from './deliverables.js';
import { EXAMPLES } from './forms.js';
import { isPhaseDone, outlookOf } from './health.js';
import type { Subject } from './messages.js';
import { mayBegin, openQuestions, ownerOf, roleWords } from './owners.js';
import { PHASES, type Phase } from './schedule/types.js';
import { isSettled, itemOf, type ItemState, type OnboardingEvent, type OnboardingState } from './state.js';

const WEEKS: Readonly<Record<Phase, string>> = {
  setup: 'Setting up',
  mapping: 'Mapping',
  implementation: 'Implementation',
  testing: 'Testing',
  release: 'Release',
};

const HEALTH = { 'on track': '🟢', 'at risk': '🟡', late: '🔴', blocked: '⛔', paused: '⏸️' } as const;

/** The page that a project manager reads in the Temporal UI: where it stands, who must act, and what to send. */
export function renderDetails(state: OnboardingState): string {
  return [
    `# ${state.customer}: implementation ${state.number}`,
    '',
    headline(state),
    ...problems(state),
    ...PHASES.flatMap((phase) => renderPhase(state, phase)),
    ...questions(state),
    ...leftOut(state),
    ...howTo(state),
    ...lastEvents(state),
    '',
    `Everything: \`usersync onboarding show ${state.customer}\``,
  ].join('\n');
}

/** One line for the list of workflows: what it is, and where it stands. */
export function renderSummary(state: OnboardingState): string {
  const { phase, health, waitingOn } = outlookOf(state);
  const goLive = state.schedule === null ? '' : `, go-live ${dayWords(state.schedule.goLive)}`;
  return `${state.customer}: ${phase}, ${health}${waitingOn === null ? '' : `, waiting for ${waitingOn}`}${goLive}`;
}

function headline(state: OnboardingState): string {
  const { phase, health, waitingOn } = outlookOf(state);
  if (state.status === 'done') return '✅ **Handed over to the daily sync.**';
  if (state.status === 'cancelled') return '❌ **Cancelled.** What was made is removed.';
  const { schedule } = state;
  const lines = [
    `${HEALTH[health]} **${health}**, phase **${phase}**${waitingOn === null ? '' : `, waiting for **${waitingOn}**`}`,
  ];
  if (schedule !== null) {
    lines.push(
      `Go-live **${dayWords(schedule.goLive)}**${schedule.goLiveShift === 0 ? ', as planned' : ` (planned: ${dayWords(schedule.plannedGoLive)})`}`,
    );
    if (schedule.reason !== null) lines.push(schedule.reason);
  }
  const pause = state.pauses.at(-1);
  if (state.status === 'paused' && pause !== undefined)
    lines.push(`Paused by ${pause.by} since ${dayWords(pause.from)}: ${inLine(pause.reason)}`);
  if (state.mailsInDoubt > 0) {
    lines.push(
      `⚠️ Of ${state.mailsInDoubt} messages it is not known whether they arrived; see \`usersync mail list ${state.customer}\`.`,
    );
  }
  return lines.join('\n\n');
}

function problems({ problems: all }: OnboardingState): readonly string[] {
  return all.map(({ about, text }) => `\n⛔ **${about}**: ${text}`);
}

function renderPhase(state: OnboardingState, phase: Phase): readonly string[] {
  const dates = state.schedule?.phases.find((entry) => entry.phase === phase);
  const when = dates === undefined ? '' : ` (planned ${dayWords(dates.from)} to ${dayWords(dates.to)})`;
  const items = deliverablesFor(state.source).filter((item) => item.phase === phase);
  return [
    '',
    `## ${isPhaseDone(state, phase) ? '✅ ' : ''}${WEEKS[phase]}${when}`,
    '',
    ...items.map((item) => renderItem(state, item)),
  ];
}

function renderItem(state: OnboardingState, item: Deliverable): string {
  const now = itemOf(state, item.id);
  const owner = roleWords(ownerOf(state, item), item.side);
  const lines = [
    `- ${MARKS[now.state]} **${item.title}** \`${item.id}\`: ${owner}${dueWords(state, item.id, now)}${doneWords(now)}`,
  ];
  if (now.finding !== null && now.state !== 'left out') lines.push(`  - ${inLine(now.finding)}`);
  if (mayBegin(state, item)) lines.push(...howToGoOn(state, item, now).map((line) => `  - ${line}`));
  return lines.join('\n');
}

const MARKS = { open: '⬜', delivered: '📥', checked: '✅', 'left out': '➖' } as const;

function dueWords({ schedule }: OnboardingState, id: string, item: ItemState): string {
  const dates = schedule?.items.find((entry) => entry.id === id);
  if (dates === undefined || isSettled(item)) return '';
  const planned = dates.dueDate === dates.plannedDue ? '' : ` (planned: ${dayWords(dates.plannedDue)})`;
  return `, due ${dayWords(dates.dueDate)}${planned}${dates.late ? ', **late**' : ''}`;
}

function doneWords({ delivered, checked, state }: ItemState): string {
  if (state === 'delivered' && delivered !== null) return `, handed over by ${deedWords(delivered)}, to be checked`;
  return checked === null ? '' : `, checked off by ${deedWords(checked)}`;
}

function deedWords({ by, at, recordedBy }: NonNullable<ItemState['checked']>): string {
  return `${by} on ${dayWords(at.slice(0, 10))}${recordedBy === null ? '' : ` (written down by ${recordedBy})`}`;
}

/** The exact update or signal that brings an item on. */
function howToGoOn(state: OnboardingState, item: Deliverable, now: ItemState): readonly string[] {
  const by = ownerOf(state, item)?.id ?? 'c-hr';
  const staff = ownerOf(state, { id: item.id, side: 'speakap' })?.id ?? state.manager;
  if (now.state === 'delivered') return [send('check', { item: item.id, by: staff })];
  const actor = item.side === 'customer' ? { by, recordedBy: staff } : { by };
  switch (item.handing) {
    case 'words':
      return [send('deliver', { item: item.id, ...actor, note: 'what was said' })];
    case 'file':
      return [
        `upload it to the drop, then ${send('deliver', { item: item.id, ...actor, file: 'name.csv' })}, or \`usersync onboarding deliver ${state.customer} ${item.id} --file name.csv --by ${by}\``,
      ];
    case 'addresses':
      return [send('deliver', { item: item.id, ...actor, addresses: ['203.0.113.7'] })];
    case 'credentials':
      return [
        `\`usersync onboarding deliver ${state.customer} ${item.id} --file source.yaml --by ${by}\`, or, when they are stored: ${send('deliver', { item: item.id, ...actor })}`,
      ];
    case 'time':
      return [send('deliver', { item: item.id, ...actor, time: '05:30' })];
    case 'seen':
      return ['the system sees it by itself'];
    case 'work':
      return [send('check', { item: item.id, by: staff })];
    case 'approved':
      return howToAgree(state, item, staff);
  }
}

function howToAgree(state: OnboardingState, { id }: Deliverable, staff: string): readonly string[] {
  if (id === 'groups') return agreementLines(state, 'groups');
  if (id === 'finalised-user-sync') return agreementLines(state, 'release');
  const { status, version, iteration } = state.mapping;
  if (status !== 'open') {
    return [
      `a concept is sent with ${send('propose', { version: (version ?? 0) + 1, by: staff })}; versions are listed by \`usersync mapping show ${state.customer}\``,
    ];
  }
  const concept = `concept ${iteration} is made from version ${version}, in \`onboarding/${state.customer}/mapping/${iteration}\``;
  return [
    concept,
    send('comment', { ...EXAMPLES.comment, version: version ?? 1 }),
    ...agreementLines(state, 'mapping'),
  ];
}

function agreementLines(state: OnboardingState, subject: Subject): readonly string[] {
  const { version, approvals, status } = state[subject];
  if (status !== 'open' || version === null) return ['the system prepares it'];
  const words = subject === 'mapping' ? null : state[subject].words;
  const wanted = APPROVERS[subject];
  const missing = `still to approve: ${missingApprovals(subject, approvals)}`;
  const by = (['customer', 'speakap'] as const).flatMap((side) => {
    const given = approvals.filter((approval) => approval.side === side).length;
    const next = state.contacts.find(
      (contact) => contact.side === side && contact.approves && !approvals.some((entry) => entry.by === contact.id),
    );
    return given >= wanted[side] || next === undefined ? [] : [next.id];
  });
  return [
    ...(words === null ? [] : [words]),
    missing,
    ...by.map((id) => `${send('approve', { subject, version, by: id, code: 'as mailed' })}`),
  ];
}

function send(name: string, value: object): string {
  return `\`${name}\` \`${JSON.stringify(value)}\``;
}

function questions(state: OnboardingState): readonly string[] {
  const open = openQuestions(state);
  if (open.length === 0) return [];
  return [
    '',
    '## Open questions',
    '',
    ...open.map(({ id, to, text, due, about }) =>
      [
        `- ❓ **${id}** to ${to}, due ${dayWords(due)}${about === null ? '' : `, \`${about}\` waits for it`}: ${inLine(text)}`,
        `  - ${send('answer', { question: id, by: to, text: 'the answer' })}`,
      ].join('\n'),
    ),
  ];
}

function leftOut({ leftOut: all }: OnboardingState): readonly string[] {
  if (all.length === 0) return [];
  return ['', '## Left out', '', ...all.map(({ item, by, reason }) => `- ➖ \`${item}\`, by ${by}: ${inLine(reason)}`)];
}

function howTo(state: OnboardingState): readonly string[] {
  if (state.status !== 'running' && state.status !== 'paused') return [];
  const names =
    state.status === 'paused'
      ? (['resume', 'cancel'] as const)
      : (['ask', 'reopen', 'move', 'pause', 'cancel'] as const);
  return [
    '',
    '## At any time',
    '',
    'Each is an update or a signal with one JSON value. An update answers at once; a signal that makes no sense is shown below.',
    '',
    ...names.map((name) => `- ${send(name, { ...EXAMPLES[name], by: state.manager })}`),
  ];
}

function lastEvents({ events }: OnboardingState): readonly string[] {
  return ['', '## Last events', '', ...events.slice(-SHOWN_EVENTS).toReversed().map(eventWords)];
}

function eventWords({ at, by, recordedBy, what, about, text, refused, via }: OnboardingEvent): string {
  const who = recordedBy === null ? by : `${by} (written down by ${recordedBy})`;
  const said = text === null ? '' : `: ${inLine(text)}`;
  const when = `${dayWords(at.slice(0, 10))} ${at.slice(11, 16)} UTC`;
  if (refused) return `- ⚠️ ${when}, a ${via} was refused, \`${what}\`${said}`;
  return `- ${when}, ${who}, ${what}${about === null ? '' : ` \`${about}\``}${said}`;
}

/** What people wrote, in one short line that draws nothing. */
function inLine(text: string): string {
  const line = text
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[`*_<>[\]|]/g, ' ')
    .trim();
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
