import { renderTable } from '../../report/table.js';
import { countWords, instantWords, numberWords } from '../../report/words.js';
import type { CustomerWithConnections } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { listBundles, type LetterBundle } from '../../store/letters/bundles.js';
import { waitingLetters, type WaitingFilter, type WaitingLetter } from '../../store/letters/waiting.js';
import { toCustomerId } from '../../sync/ids.js';
import type { Context } from '../context.js';

/** `letters` without `--to`: counts by location, and what became of the letters that were made. No names. */
export async function listLetters(
  context: Context,
  database: Database,
  { id, timeZone }: CustomerWithConnections,
  filter: WaitingFilter,
): Promise<void> {
  const waiting = byLocation(await waitingLetters(database.pool, toCustomerId(id), filter));
  const bundles = (await listBundles(database, id)).map(toEntry);
  context.output.answer({ customer: id, waiting, bundles }, () =>
    [
      waitingText(context, id, waiting, filter),
      ...(bundles.length === 0 ? [] : ['', bundlesText(context, bundles, timeZone)]),
    ].join('\n'),
  );
}

interface AtLocation {
  readonly location: string;
  readonly letters: number;
  /** Of these, so many lie behind a link. */
  readonly behindLinks: number;
}

function byLocation(waiting: readonly WaitingLetter[]): readonly AtLocation[] {
  const locations = [...new Set(waiting.map(({ location }) => location))];
  return locations.map((location) => {
    const own = waiting.filter((letter) => letter.location === location);
    const behindLinks = own.filter(({ bundle }) => bundle !== null).length;
    return { location, letters: own.length, behindLinks };
  });
}

function toEntry({
  number,
  contactId,
  letters,
  madeBy,
  createdAt,
  expiresAt,
  shownAt,
  endedAt,
  outcome,
}: LetterBundle) {
  return {
    number,
    to: contactId,
    letters,
    state: stateOf({ shownAt, outcome }),
    madeBy,
    createdAt,
    expiresAt,
    shownAt,
    endedAt,
  };
}

type Entry = ReturnType<typeof toEntry>;

function stateOf({ shownAt, outcome }: Pick<LetterBundle, 'shownAt' | 'outcome'>): string {
  if (outcome !== null) return STATES[outcome];
  return shownAt === null ? 'not opened yet' : 'open now';
}

const STATES: Readonly<Record<NonNullable<LetterBundle['outcome']>, string>> = {
  confirmed: 'handed over',
  shown: 'opened, not confirmed',
  withdrawn: 'withdrawn',
  expired: 'not opened in time',
};

function waitingText(
  { output }: Context,
  slug: string,
  waiting: readonly AtLocation[],
  { runId, location }: WaitingFilter,
): string {
  if (waiting.length === 0) {
    const isNarrowed = runId !== undefined || location !== undefined;
    return isNarrowed
      ? `Nobody of those who were asked for waits for a letter. "usersync letters ${slug}" counts all who wait.`
      : 'Nobody waits for a letter.';
  }
  const letters = waiting.reduce((total, place) => total + place.letters, 0);
  const rows = waiting.map(({ location, letters, behindLinks }) => [
    location === '' ? '(none)' : location,
    ...[letters, behindLinks].map(numberWords),
  ]);
  const table = renderTable({ head: ['location', 'letters', 'behind a link'], right: [1, 2] }, rows, output.paint);
  const people =
    letters === 1 ? '1 person waits for a letter' : `${countWords(letters, 'person', 'people')} wait for a letter`;
  return `${people}.\n${table}\nMake them with: usersync letters ${slug} --to CONTACT`;
}

function bundlesText({ output }: Context, bundles: readonly Entry[], timeZone: string): string {
  const rows = bundles.map(({ number, to, letters, state, madeBy, createdAt, shownAt, expiresAt }) => [
    ...[String(number), to, numberWords(letters), state, `${instantWords(createdAt, timeZone)} by ${madeBy}`],
    shownAt === null ? '-' : instantWords(shownAt, timeZone),
    instantWords(expiresAt, timeZone),
  ]);
  const head = ['letters', 'to', 'how many', 'state', 'made', 'opened', 'link until'];
  return renderTable({ head, right: [0, 2] }, rows, output.paint);
}
