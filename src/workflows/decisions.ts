import type { Decision, RunProgress } from './messages.js';

/** A name stands in a summary, which Temporal keeps short; a comment in the details, which a person has to read. */
const LONGEST = { by: 100, kind: 40, comment: 1000 } as const;

/** Why a decision cannot be taken now; null when it can. What came by signal may be anything at all. */
export function objectionTo(decision: Decision, run: RunProgress | null): string | null {
  const objection = objectionToForm(decision) ?? objectionToMoment(decision, run);
  return objection === null ? null : `${objection} Nothing was changed.`;
}

function objectionToForm(message: unknown): string | null {
  const { by, kind, comment } = fieldsOf(message);
  if (!isText(by, LONGEST.by) || by.trim() === '') {
    return 'A decision needs to say who takes it: {"by": "your id"}.';
  }
  if (kind !== undefined && !isText(kind, LONGEST.kind)) {
    return 'The kind of a decision is a word such as "suspend"; without it, it is about everything that is held.';
  }
  if (comment !== undefined && !isText(comment, LONGEST.comment)) {
    return `The comment of a decision is a text of at most ${LONGEST.comment} characters.`;
  }
  return null;
}

function objectionToMoment({ kind }: Decision, run: RunProgress | null): string | null {
  if (run === null || run.step !== 'waiting for approval') return 'Nothing waits for approval in this run now.';
  const open = undecided(run);
  if (open.length === 0) return 'Everything that was held is decided about already.';
  if (kind === undefined || open.includes(kind)) return null;
  return `No change of the kind "${kind}" is held. Held are: ${open.join(', ')}.`;
}

/** Held kinds about which nobody has decided yet; a decision takes a moment to be carried out. */
function undecided({ kinds, decisions }: RunProgress): readonly string[] {
  const isDecided = (kind: string) => decisions.some(({ about }) => about.kind === undefined || about.kind === kind);
  return kinds.filter(({ kind, held }) => held > 0 && !isDecided(kind)).map(({ kind }) => kind);
}

function fieldsOf(message: unknown): { readonly by?: unknown; readonly kind?: unknown; readonly comment?: unknown } {
  return typeof message === 'object' && message !== null ? message : {};
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}
