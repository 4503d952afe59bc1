import { TooFewIds } from '../errors.js';
import { answersOf, type Classes } from './classes.js';
import { Kept } from './kept.js';
import type { Keyed } from './keyed.js';
import { LargeCycle, LARGEST_TABLED, TabledCycle } from './permutation.js';
import { Shape, shapeKey } from './shape.js';

/** In a class of fewer texts a disguise hides nobody. The same as the number that the report asks for by default. */
export const FEWEST = 5;

/** Longer walks mean that a class has next to nothing in it. */
const LONGEST_WALK = 20_000;
/** Leading zeros are kept exactly where that leaves this many ids. */
const ENOUGH = 10;

/**
 * Texts for texts of the same shape and class, by a key: every text has one disguise, no two have the same, and none is its own
 * (`docs/adr/0040`). Each class is a piece of the numbered texts of a shape; where questions cut it otherwise, the walk goes on.
 */
export class ClassedPermutation {
  private readonly shapes = new Kept<string, Pieces>(1_000);
  private readonly cycles = new Kept<string, (rank: bigint) => bigint>(64);
  private readonly counted = new Kept<string, number>(10_000);

  constructor(
    private readonly keyed: Keyed,
    private readonly name: string,
    private readonly classes: Classes,
  ) {}

  /** @throws TooFewIds when the rules tell this text apart from all but a few. */
  disguise(text: string): string {
    const pieces = this.shapes.get(shapeKey(text), () => new Pieces(new Shape(text), this.classes));
    const { shape } = pieces;
    const rank = shape.rank(text);
    const piece = pieces.of(rank);
    if (piece.size < FEWEST) throw this.tooFew(piece.rule);
    const next = this.cycleOf(piece);
    if (this.classes.questions.length === 0) return shape.text(piece.from + next(rank - piece.from));
    return this.walk(text, rank - piece.from, { shape, piece, next });
  }

  private walk(text: string, start: bigint, { shape, piece, next }: Way): string {
    const { questions } = this.classes;
    const answers = answersOf(questions, text);
    this.refuseSmall(answers, { shape, piece, next });
    let rank = start;
    for (let step = 0; step < LONGEST_WALK; step += 1) {
      rank = next(rank);
      const other = shape.text(piece.from + rank);
      if (answersOf(questions, other) === answers && other !== text) return other;
    }
    throw this.tooFew(questions[0]?.rule ?? piece.rule);
  }

  /** Small pieces are counted once; in large ones the walk finds out. */
  private refuseSmall(answers: string, { shape, piece }: Way): void {
    if (piece.size > BigInt(LONGEST_WALK)) return;
    const { questions } = this.classes;
    const members = this.counted.get(`${shapeKey(shape.text(piece.from))} ${piece.from} ${answers}`, () => {
      let count = 0;
      for (let rank = 0n; rank < piece.size; rank += 1n) {
        if (answersOf(questions, shape.text(piece.from + rank)) === answers) count += 1;
      }
      return count;
    });
    if (members < FEWEST) throw this.tooFew(questions[0]?.rule ?? piece.rule);
  }

  private cycleOf({ name: piece, size }: Piece): (rank: bigint) => bigint {
    return this.cycles.get(piece, () => {
      const name = `${this.name} ${piece}`;
      if (size > LARGEST_TABLED) {
        const large = new LargeCycle(size, this.keyed, name);
        return (rank) => large.next(rank);
      }
      const tabled = new TabledCycle(Number(size), this.keyed, name);
      return (rank) => BigInt(tabled.next(Number(rank)));
    });
  }

  private tooFew(rule: string): TooFewIds {
    return new TooFewIds(rule, this.classes.column, FEWEST);
  }
}

interface Way {
  readonly shape: Shape;
  readonly piece: Piece;
  readonly next: (rank: bigint) => bigint;
}

/** A run of numbered texts that no cut tells apart. */
interface Piece {
  /** The same for shapes that differ in upper and lower case alone. */
  readonly name: string;
  readonly from: bigint;
  readonly to: bigint;
  readonly size: bigint;
  /** The rule that made it as small as it is. */
  readonly rule: string;
}

class Pieces {
  private readonly pieces: readonly Piece[];

  constructor(
    readonly shape: Shape,
    classes: Classes,
  ) {
    const { cuts, rule } = classes;
    const hard = new Map<bigint, string>();
    for (const cut of cuts) hard.set(firstBeyond(shape, cut.isBeyond), cut.rule);
    hard.delete(0n);
    hard.delete(shape.size);
    this.pieces = piecesOf(withZeros([...hard], shape, classes), shape, rule);
  }

  of(rank: bigint): Piece {
    const found = this.pieces.find(({ to }) => rank < to);
    if (found === undefined) throw new RangeError('A text is not one of its own shape.');
    return found;
  }
}

type At = readonly [bigint, string];

/** The number of leading zeros tells ids apart too, but gives way where it would leave too few in a class. */
function withZeros(hard: readonly At[], shape: Shape, { questions }: Classes): readonly At[] {
  if (!shape.isOfDigits) return hard;
  const ends = [...hard.map(([at]) => at), shape.size].sort((one, other) => (one < other ? -1 : 1));
  const soft: At[] = [];
  const first = shape.size >= 1_000n ? 100n : 10n;
  for (let at = first; at < shape.size; at *= 10n) {
    const before = [0n, ...ends, ...soft.map(([each]) => each)].filter((each) => each < at);
    const from = before.reduce((one, other) => (one > other ? one : other));
    const to = ends.find((each) => each > at) ?? shape.size;
    if (ends.includes(at)) continue;
    if (isRoomy(shape, { from, to: at }, questions) && isRoomy(shape, { from: at, to }, questions)) soft.push([at, '']);
  }
  return [...hard, ...soft];
}

/** Whether everything that questions tell apart in a run of texts has enough of them, or none. */
function isRoomy(
  shape: Shape,
  { from, to }: { readonly from: bigint; readonly to: bigint },
  questions: Classes['questions'],
): boolean {
  if (to - from < ENOUGH) return false;
  if (questions.length === 0 || to - from > LONGEST_WALK) return true;
  const counts = new Map<string, number>();
  for (let rank = from; rank < to; rank += 1n) {
    const answers = answersOf(questions, shape.text(rank));
    counts.set(answers, (counts.get(answers) ?? 0) + 1);
  }
  return [...counts.values()].every((count) => count >= ENOUGH);
}

function piecesOf(cuts: readonly At[], shape: Shape, rule: string): readonly Piece[] {
  const ends = [...cuts, [shape.size, ''] as const].sort(([one], [other]) => (one < other ? -1 : 1));
  let from = 0n;
  let before = '';
  return ends.map(([at, named]) => {
    const size = at - from;
    const piece = { name: `${shape.name} ${from} ${size}`, from, to: at, size, rule: named || before || rule };
    from = at;
    before = named;
    return piece;
  });
}

/** By halving: along one shape the answer turns once. */
function firstBeyond(shape: Shape, isBeyond: (text: string) => boolean): bigint {
  let [low, high] = [0n, shape.size];
  while (low < high) {
    const middle = (low + high) / 2n;
    if (isBeyond(shape.text(middle))) high = middle;
    else low = middle + 1n;
  }
  return low;
}
