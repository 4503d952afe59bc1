import type { RunReport } from './run-report.js';
import { countWords, durationWords, instantWords, numberWords } from './words.js';

/** The sentences that stand above every report, in all formats. */
export interface Headline {
  /** `De Korenaar (korenaar), run 3: live, done` */
  readonly title: string;
  readonly facts: readonly string[];
  readonly problem: string | null;
  /** What the reader may do next. */
  readonly next: readonly string[];
}

export function headline(report: RunReport): Headline {
  const { customer, run } = report;
  return {
    title: `${customer.name} (${customer.slug}), run ${run.number}: ${runKindWords(run.kind)}${purposeWords(run)}, ${statusWords(run.status)}`,
    facts: [
      runFact(report),
      ...frozenFact(report),
      ...stepsFact(report),
      ...paceFact(report),
      deliveryFact(report),
      ...removedFact(report),
    ],
    problem: run.problem,
    next: nextSteps(report),
  };
}

/** A run that was stopped before it had a plan has nothing to count. */
export function wasPlanned({ run, kinds }: RunReport): boolean {
  return run.problem === null || kinds.length > 0;
}

export function runKindWords(kind: string): string {
  return kind === 'dry' ? 'dry run' : kind === 'test' ? 'test run' : 'live run';
}

export function statusWords(status: string): string {
  return status === 'waiting' ? 'waiting for a decision' : status;
}

function runFact({ run, customer, counts }: RunReport): string {
  const mapping = run.mappingVersion === null ? '' : `, with mapping version ${run.mappingVersion}`;
  const took = counts.milliseconds === null ? 'not ended yet' : `took ${durationWords(counts.milliseconds)}`;
  const started = `${instantWords(run.startedAt, customer.timeZone)} (${customer.timeZone})`;
  return `Started ${started} by ${run.requestedBy}, ${took}${mapping}.`;
}

function purposeWords({ undoes, reconciles, pilotId, asPlanned }: RunReport['run']): string {
  if (undoes !== null) return ` that undoes run ${undoes}`;
  if (reconciles) return ' that compares the network with what the sync wrote';
  if (asPlanned !== null) return ` as planned by run ${asPlanned}`;
  return pilotId === null ? '' : `, only for the people of pilot ${pilotId}`;
}

function frozenFact({ run, customer }: RunReport): readonly string[] {
  if (run.frozenUntil === null) return [];
  const until = instantWords(run.frozenUntil, customer.timeZone);
  return [`The customer was frozen until ${until}: nothing was applied, and everybody stays due.`];
}

function deliveryFact({ delivery, customer, run }: RunReport): string {
  if (run.reconciles) return 'No delivery was read: the network is compared with what the sync last wrote.';
  if (run.undoes !== null) return 'No delivery was read: what another run did is taken back.';
  if (delivery === null) return 'No delivery was read.';
  const received = instantWords(delivery.receivedAt, customer.timeZone);
  const content =
    delivery.rows === null
      ? ''
      : `: ${countWords(delivery.rows, 'row')} of ${countWords(delivery.people ?? 0, 'person', 'people')}, ${countWords(delivery.badRows ?? 0, 'bad row')}`;
  return `Delivery ${delivery.fileName}, received ${received}, ${delivery.status}${content}.`;
}

function stepsFact({ steps }: RunReport): readonly string[] {
  const parts = steps.map(({ step, milliseconds }) => `${STEPS[step]} ${durationWords(milliseconds)}`);
  return parts.length === 0 ? [] : [`Of this: ${parts.join(', ')}.`];
}

const STEPS: Readonly<Record<RunReport['steps'][number]['step'], string>> = {
  fetch: 'fetching',
  read: 'reading',
  plan: 'planning',
  apply: 'until the last change',
  verify: 'checking and reporting',
};

function paceFact({ pace }: RunReport): readonly string[] {
  if (pace === null) return [];
  const { people, milliseconds, peopleAMinute } = pace;
  const changed = `${countWords(people, 'person was', 'people were')} changed in ${durationWords(milliseconds)}`;
  return [`${changed}: ${numberWords(toShown(peopleAMinute))} people a minute.`];
}

/** Whole people, but where that would be a guess. */
function toShown(peopleAMinute: number): number {
  return peopleAMinute < 10 ? Math.round(peopleAMinute * 10) / 10 : Math.round(peopleAMinute);
}

function removedFact({ run, customer }: RunReport): readonly string[] {
  if (run.removedAt === null) return [];
  const when = instantWords(run.removedAt, customer.timeZone);
  return [`Its changes and warnings were removed on ${when}, since their time was over; the counts stay.`];
}

function nextSteps({ run, customer, kinds, held, failures, givenUp }: RunReport): readonly string[] {
  const steps: string[] = [];
  if (kinds.length > 0 && isRepeatable(run))
    steps.push(
      `"usersync sync run ${customer.slug} --as-planned ${run.number}" does exactly this, or says what differs by then.`,
    );
  if (held.length > 0 && run.kind === 'dry') steps.push('A live run would hold these changes and wait for a decision.');
  else if (held.length > 0)
    steps.push(
      `Decide with "usersync sync approve ${customer.slug} --by YOUR-ID --comment WHY" or "usersync sync refuse ..."; ` +
        `"usersync sync held ${customer.slug}" lists them.`,
    );
  if (failures.length > 0)
    steps.push(
      `What failed is planned again by the next run${givenUp.length === 0 ? '' : ', but for what is given up'}.`,
    );
  if (givenUp.length > 0)
    steps.push(
      "What is given up is tried again when the person's row or the mapping changes, or with " +
        `"usersync sync retry ${customer.slug} --by YOUR-ID".`,
    );
  return steps;
}

/** A dry run about the record whose plan is there. */
function isRepeatable({ kind, status, undoes, reconciles, removedAt }: RunReport['run']): boolean {
  return kind === 'dry' && status === 'done' && undoes === null && !reconciles && removedAt === null;
}
