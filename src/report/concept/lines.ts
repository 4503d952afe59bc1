import { createHash } from 'node:crypto';

/** Columns, groups, roles, invitations, options, exceptions. */
export type LineLetter = 'C' | 'G' | 'R' | 'I' | 'O' | 'E';

/** A line that can be commented on. Kept with the concept in Postgres; it holds no id of a person, but names of columns and groups. */
export interface ConceptLine {
  /** `G2`: the same in every concept as long as the rule is the same. */
  readonly id: string;
  readonly text: string;
  readonly change: 'same' | 'new' | 'changed' | 'removed';
  /** What it was before, where it changed. */
  readonly before?: string;
  /** By what a rule is known again in the next concept, most telling first. */
  readonly about: readonly string[];
  /** Differs when anything of the rule does, also what the text does not tell. */
  readonly mark: string;
}

/** A line before it has an id. */
export interface DraftLine {
  readonly letter: LineLetter;
  readonly about: readonly string[];
  readonly text: string;
  /** Where the rule stands in the mapping: `groups[2]`. */
  readonly path: string;
  /** What belongs to the rule and does not stand in the text: ids of people. */
  readonly behind?: readonly string[];
}

/** A line with where it comes from. */
export interface PlacedLine {
  readonly line: ConceptLine;
  readonly path: string;
  readonly behind: readonly string[];
}

/**
 * Gives every line its id. A rule is known again by what it is about, not by its place: first the same text, then the same
 * subject, then the same condition. New lines get numbers that no line ever had; removed ones stay, so that they keep theirs.
 */
export function identifyLines(
  drafts: readonly DraftLine[],
  previous: readonly ConceptLine[] | null,
): { readonly placed: readonly PlacedLine[]; readonly lines: readonly ConceptLine[] } {
  const known = [...(previous ?? [])];
  const found = new Map<DraftLine, ConceptLine>();
  for (const isSame of [sameRule, sameText, ...SUBJECTS]) {
    for (const draft of drafts) {
      if (found.has(draft)) continue;
      const index = known.findIndex((line) => line.id.startsWith(draft.letter) && isSame(draft, line));
      const [line] = index === -1 ? [] : known.splice(index, 1);
      if (line !== undefined) found.set(draft, line);
    }
  }
  const numbers = new LineNumbers(previous ?? []);
  const placed = drafts.map((draft) => place(draft, found.get(draft), numbers));
  const removed = known.map(({ before: _, ...line }) => ({ ...line, change: 'removed' as const }));
  return { placed, lines: [...placed.map(({ line }) => line), ...removed] };
}

type Comparison = (draft: DraftLine, line: ConceptLine) => boolean;

const sameRule: Comparison = (draft, { mark, about }) => markOf(draft) === mark && draft.about[0] === about[0];
const sameText: Comparison = (draft, { text }) => draft.text === text;
const SUBJECTS: readonly Comparison[] = [0, 1].map(
  (depth) => (draft, line) => draft.about[depth] !== undefined && draft.about[depth] === line.about[depth],
);

function place(draft: DraftLine, earlier: ConceptLine | undefined, numbers: LineNumbers): PlacedLine {
  const { text, about, path, behind = [] } = draft;
  const mark = markOf(draft);
  const id = earlier?.id ?? numbers.next(draft.letter);
  const isBack = earlier === undefined || earlier.change === 'removed';
  const change = isBack ? 'new' : earlier.mark === mark ? 'same' : 'changed';
  const before = change === 'changed' && earlier !== undefined ? { before: earlier.text } : {};
  return { line: { id, text, change, ...before, about, mark }, path, behind };
}

/** Ids of people are told by nobody: a short hash is enough to see that a list has changed. */
function markOf({ text, behind = [] }: DraftLine): string {
  return createHash('sha256')
    .update(JSON.stringify([text, ...behind]))
    .digest('hex')
    .slice(0, 12);
}

class LineNumbers {
  private readonly last = new Map<string, number>();

  constructor(lines: readonly ConceptLine[]) {
    for (const { id } of lines) this.note(id.slice(0, 1), Number(id.slice(1)));
  }

  next(letter: LineLetter): string {
    const number = (this.last.get(letter) ?? 0) + 1;
    this.note(letter, number);
    return `${letter}${number}`;
  }

  private note(letter: string, number: number): void {
    this.last.set(letter, Math.max(number, this.last.get(letter) ?? 0));
  }
}

/** Ids that no line has, of comments for example: to be refused. Removed lines may still be talked about. */
export function unknownLines(lines: readonly Pick<ConceptLine, 'id'>[], ids: readonly string[]): readonly string[] {
  const known = new Set(lines.map(({ id }) => id));
  return [...new Set(ids)].filter((id) => !known.has(id));
}
