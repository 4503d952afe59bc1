import type { ConceptInput, LineComment } from './concept.js';
import type { Block, ShownLine } from './document.js';
import type { LineLetter, PlacedLine } from './lines.js';

/** So many ids of people stand below an exception. */
const IDS_SHOWN = 50;

/** The lines as a section shows them: with their marks, what they do, and what was said about them. */
export class LineView {
  private readonly hasPrevious: boolean;
  private readonly comments: readonly LineComment[];
  private readonly people: ReadonlyMap<string, number>;

  constructor(
    private readonly placed: readonly PlacedLine[],
    { previous, comments, effect }: ConceptInput,
  ) {
    this.hasPrevious = previous !== null;
    this.comments = comments;
    this.people = new Map(effect.rules.map(({ path, people }) => [path, people]));
  }

  /** The lines of one letter. `effectOf`: what a rule does, from its path and the people that it decides about. */
  block(letter: LineLetter, effectOf: (path: string, people: number | null) => string | null): readonly Block[] {
    const lines = this.placed
      .filter(({ line }) => line.id.startsWith(letter))
      .map((placed) => this.show(placed, effectOf(placed.path, this.people.get(placed.path) ?? null)));
    return lines.length === 0 ? [] : [{ kind: 'lines', lines }];
  }

  /** Ids of the lines that stand for these rules: `G1, G3`. */
  idsOf(paths: readonly string[]): string {
    return this.placed
      .filter(({ path }) => paths.includes(path))
      .map(({ line }) => line.id)
      .join(', ');
  }

  /** Comments on lines that are not in this concept any more. */
  commentsElsewhere(): readonly LineComment[] {
    const shown = new Set(this.placed.map(({ line }) => line.id));
    return this.comments.filter(({ line }) => !shown.has(line));
  }

  private show({ line, behind }: PlacedLine, effect: string | null): ShownLine {
    const { id, text, change, before = null } = line;
    const ids = behind.length === 0 ? '' : ` Ids: ${idWords(behind)}.`;
    return {
      id,
      text: `${text}${ids}`,
      change: this.hasPrevious ? change : null,
      before: before === text ? 'the same words for other people' : before,
      effect,
      comments: this.comments.filter((comment) => comment.line === id),
    };
  }
}

function idWords(ids: readonly string[]): string {
  const more = ids.length - IDS_SHOWN;
  return `${ids.slice(0, IDS_SHOWN).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
