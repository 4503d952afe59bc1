/** Accepts every combination there is. */
const ALL = 'all';
/** So many are named in a sentence. */
const NAMED = 8;
const MOST = 500;
const LONGEST = 1_000;

/** What an approval says of combinations of kept columns that point to few people. */
export interface Accepting {
  /** Those that it accepts, as the report names them. */
  readonly accepted: readonly string[];
  /** Those that it does not speak of. */
  readonly open: readonly string[];
  /** What it names and the report does not. */
  readonly unknown: readonly string[];
}

/** @param accept `all`, or names as the report has them: `Location+JobTitle`, in any case and order */
export function acceptingOf(accept: string | readonly string[] | undefined, there: readonly string[]): Accepting {
  const said = accept === undefined ? [] : typeof accept === 'string' ? [accept] : accept;
  if (said.some((name) => plain(name) === ALL)) return { accepted: there, open: [], unknown: [] };
  const names = new Set(said.map(plain));
  const known = new Set(there.map(plain));
  return {
    accepted: there.filter((name) => names.has(plain(name))),
    open: there.filter((name) => !names.has(plain(name))),
    unknown: said.filter((name) => !known.has(plain(name))),
  };
}

/** Why an approval is refused that leaves combinations open; null when it leaves none. */
export function objectionToOpen({ open }: Accepting): string | null {
  if (open.length === 0) return null;
  const some = open.slice(0, NAMED).map((name) => `"${name}"`);
  const more = open.length > NAMED ? [`and ${open.length - NAMED} more`] : [];
  return (
    `Some kept columns together still point to few people, and the customer's approval has to name which of them it accepts: ` +
    `${[...some, ...more].join(', ')}. Add each to "accept", or "all".`
  );
}

export function objectionToUnknown({ unknown }: Accepting, there: readonly string[]): string | null {
  if (unknown.length === 0) return null;
  return there.length === 0
    ? 'There is nothing to accept: what was kept points to nobody. Leave "accept" out.'
    : `"accept" names ${unknown.length === 1 ? 'a combination' : `${unknown.length} combinations`} that the report does not list. "usersync test show" lists them.`;
}

/** Whether what was sent as `accept` can be read at all. */
export function isAccept(value: unknown): boolean {
  const isName = (each: unknown): boolean => typeof each === 'string' && each.length <= LONGEST;
  return isName(value) || (Array.isArray(value) && value.length <= MOST && value.every(isName));
}

/** Neither case, blanks nor the order of the columns matter. */
function plain(name: string): string {
  return name
    .split('+')
    .map((column) => column.trim().toLowerCase())
    .sort()
    .join('+');
}
