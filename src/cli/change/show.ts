import { becomeWords } from '../../change-requests/closed-people.js';
import { firstPromise } from '../../change-requests/health.js';
import { isPaused } from '../../change-requests/promise.js';
import { toPlanTime } from '../../onboarding/schedule/clock.js';
import { renderDifference } from '../../proposal/diff/diff-mappings.js';
import { renderFields, renderTable } from '../../report/table.js';
import { instantWords } from '../../report/words.js';
import { listProposals, type ClosedGroup, type KeptProposal } from '../../store/change-proposals.js';
import { changeEvents, changeViewOf, findChange, type ChangeView } from '../../store/change-requests.js';
import { readCustomer } from '../../store/customers.js';
import type { ChangeRequest, ChangeRequestEvent } from '../../store/prisma/client.js';
import type { Context } from '../context.js';
import { leftWords } from './time-left.js';

interface Whole {
  readonly request: Omit<ChangeRequest, 'view'>;
  readonly view: ChangeView | null;
  readonly proposals: readonly KeptProposal[];
  readonly events: readonly Omit<ChangeRequestEvent, 'changeRequestId'>[];
}

/** `change show` */
export async function showChange(context: Context, slug: string, number: number, take: number): Promise<void> {
  const database = await context.database();
  const { timeZone } = await readCustomer(database, slug);
  const row = await findChange(database, slug, number);
  const { view: _, ...request } = row;
  const whole: Whole = {
    ...{ request, view: changeViewOf(row) },
    proposals: await listProposals(database, row.id),
    events: (await changeEvents(database, row.id, take)).map(({ changeRequestId: __, ...event }) => event),
  };
  context.output.answer(whole, () => text(context, whole, timeZone));
}

function text({ output: { paint } }: Context, { request, view, proposals, events }: Whole, timeZone: string): string {
  const { customerId, number, status, step, health } = request;
  if (view === null) return `Change ${number} of ${customerId} is ${status}; no worker has begun with it yet.`;
  return [
    paint.title(`${customerId}, change ${number}: ${status === 'open' ? `${step}, ${health}` : status}`),
    renderFields(fields(request, view, timeZone), paint),
    ...view.problems.map(({ about, text: why }) => paint.bad(`In the way (${about}): ${why}`)),
    ...view.questions.map(
      ({ id, to, text: asked, answer }) =>
        `Question ${id} to ${to}: ${asked} ${answer === null ? '(open)' : `- ${answer.text}`}`,
    ),
    ...proposals.map((proposal) => proposalText(proposal, proposal.version === view.proposal?.version)),
    paint.title('Last events'),
    renderTable(
      { head: ['when', 'who', 'what', 'about', 'words'], widths: { 4: 60 } },
      events.map(({ at, by, what, about, text: words, refused }) => [
        ...[instantWords(at, timeZone), by, refused ? `refused: ${what}` : what, about ?? '', words ?? ''],
      ]),
      paint,
    ),
  ].join('\n\n');
}

function fields(
  request: Omit<ChangeRequest, 'view'>,
  view: ChangeView,
  timeZone: string,
): (readonly [string, string])[] {
  const { filed, classification, overruled, agreement, people, applied, broken, proposal, words } = view;
  const now = new Date(toPlanTime(view.clock, Date.now())).toISOString();
  const promise = request.status === 'open' ? firstPromise({ ...view, events: [] }, now) : null;
  const left = promise === null ? null : Date.parse(promise.dueAt) - Date.parse(now);
  const when = (instant: string) => instantWords(new Date(instant), timeZone);
  const optional = (name: string, value: string | null) => (value === null ? [] : [[name, value] as const]);
  return [
    ['wish', `${filed.asked}: ${filed.text}`],
    ['filed', `by ${filed.by} on ${when(filed.at)}`],
    ['size', `${classification.size}, as ${classification.by} said: ${classification.reason}`],
    ...optional('rules', overruled === null ? null : `${overruled.size}: ${overruled.reason}`),
    ...optional('places', request.places.length === 0 ? null : request.places.join(', ')),
    ...optional(
      'promise',
      promise === null
        ? null
        : `${promise.words}, until ${when(promise.dueAt)}, left ${leftWords({ millisecondsLeft: left, standsStill: isPaused(view) })}`,
    ),
    ...optional(
      'date',
      agreement === null
        ? null
        : `${agreement.on}, ${agreement.agreed === null ? `proposed by ${agreement.by}` : 'agreed'}`,
    ),
    ...optional(
      'broken',
      broken.length === 0 ? null : broken.map(({ promise: what, at }) => `${what} on ${when(at)}`).join(', '),
    ),
    ['waits for', request.waitingOn ?? 'nobody'],
    ...optional('people', people === null ? null : `${becomeWords(people.become)}: ${people.text}`),
    ...optional(
      'conflicts',
      proposal === null || proposal.conflicts.length === 0 ? null : `with change ${proposal.conflicts.join(', ')}`,
    ),
    ...optional('test', testText(view)),
    ...optional(
      'applied',
      applied === null ? null : `run ${applied.run}: ${applied.done} done, ${applied.failed} failed`,
    ),
    ...optional('end', words),
  ];
}

function testText({ customer, test, testing }: ChangeView): string | null {
  if (testing !== undefined)
    return `test ${testing.number} of version ${testing.version} is under way: usersync test show ${customer} ${testing.number}`;
  return test === null ? null : `test ${test.number} of version ${test.version} is approved, and nothing of it is left`;
}

function proposalText(
  { version, baseVersion, run, differences, effects, closed }: KeptProposal,
  isLatest: boolean,
): string {
  return [
    `Version ${version}, compared with version ${baseVersion}${isLatest ? '' : ', not open any more'}; dry run ${run}:`,
    ...differences.map((difference) => `  ${renderDifference(difference)}`),
    ...effects.map((sentence) => `  ${sentence}`),
    ...closed.map((group) => `  ${closedText(group)}`),
  ].join('\n');
}

function closedText({ group, people, moved, without, leaving, untouched }: ClosedGroup): string {
  return `${group} loses its ${people} people: ${moved} move, ${without} stay without one, ${leaving} leave, ${untouched} stay as they are`;
}
