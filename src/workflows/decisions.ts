import type { Decision, HeldPart, RunProgress } from './messages.js';

/** A name stands in a summary, which Temporal keeps short; a comment in the details, which a person has to read. */
const LONGEST = { by: 100, kind: 40, comment: 1000 } as const;

/** Why a decision cannot be taken now; null when it can. What came by signal may be anything at all. */
export function objectionTo(decision: Decision, run: RunProgress | null): string | null {
  const objection = objectionToForm(decision) ?? objectionToMoment(decision, run);
  return objection === null ? null : `${objection} Nothing was changed.`;
}

/** Messages that were typed by hand may bring anything along; only what is known is kept. */
export function onlyWhatIsMeant({ by, kind, selection, run, comment }: Decision): Decision {
  return {
    by,
    ...(kind === undefined ? {} : { kind }),
    ...(selection === undefined ? {} : { selection }),
    ...(run === undefined ? {} : { run }),
    ...(comment === undefined ? {} : { comment }),
  };
}

/** What a decision is about, without saying who the people are. */
export function decidedWords({ kind, selection }: Decision): string {
  const what = kind === undefined ? 'everything that is held' : `${kind.replaceAll('_', ' ')}`;
  return selection === undefined ? what : `${what} of the people in selection ${selection}`;
}

function objectionToForm(message: unknown): string | null {
  const { by, kind, comment, run, selection } = fieldsOf(message);
  if (!isText(by, LONGEST.by) || by.trim() === '') {
    return 'A decision needs to say who takes it: {"by": "your id"}.';
  }
  if (kind !== undefined && !isText(kind, LONGEST.kind)) {
    return 'The kind of a decision is a word such as "suspend"; without it, it is about everything that is held.';
  }
  if (comment !== undefined && !isText(comment, LONGEST.comment)) {
    return `The comment of a decision is a text of at most ${LONGEST.comment} characters.`;
  }
  if (run !== undefined && !isNumber(run)) return 'The run of a decision is its number, such as 12.';
  if (selection !== undefined && !isNumber(selection)) {
    return 'The selection of a decision is a number that "usersync sync approve --xid" issues.';
  }
  return null;
}

function objectionToMoment({ kind, run: meant }: Decision, run: RunProgress | null): string | null {
  if (run === null || run.step !== 'waiting for approval') return 'Nothing waits for approval in this run now.';
  if (meant !== undefined && meant !== run.number) {
    return `The decision is about run ${meant}, and the one that waits is run ${run.number}. Look at that one first.`;
  }
  const open = undecided(run);
  if (open.length === 0) return 'Everything that was held is decided about already.';
  if (kind === undefined || open.includes(kind)) return null;
  return `No change of the kind "${kind}" is held. Held are: ${open.join(', ')}.`;
}

/** What is held and decided about as one thing; older runs only know kinds. */
export function heldParts({ holds, kinds }: RunProgress): readonly Pick<HeldPart, 'with' | 'changes' | 'guard'>[] {
  if (holds !== undefined) return holds;
  return kinds
    .filter(({ held }) => held > 0)
    .map(({ kind, held, guard }) => ({ with: kind as HeldPart['with'], changes: held, guard }));
}

/** Held parts about which nobody has decided yet; a decision takes a moment to be carried out. */
function undecided(run: RunProgress): readonly string[] {
  const isDecided = (part: string) =>
    run.decisions.some(
      ({ about: { kind, selection } }) => selection === undefined && (kind === undefined || kind === part),
    );
  return heldParts(run)
    .map((part) => part.with)
    .filter((part) => !isDecided(part));
}

function fieldsOf(message: unknown): Partial<Readonly<Record<keyof Decision, unknown>>> {
  return typeof message === 'object' && message !== null ? message : {};
}

function isNumber(value: unknown): boolean {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 && value <= 2_147_483_647;
}

/** A text that Postgres can keep: without the character NUL and without halves of characters. */
function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest && !/[\0\p{Surrogate}]/u.test(value);
}
