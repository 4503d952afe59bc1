/** How a text is built: which of its characters may change, each within its own kind. Texts of one shape are numbered in their order as texts. */
export class Shape {
  /** The same for texts that differ in upper and lower case alone, so that these are disguised alike. */
  readonly name: string;
  readonly size: bigint;
  readonly isOfDigits: boolean;
  private readonly pattern: readonly string[];

  constructor(text: string) {
    this.pattern = patternOf(text);
    this.name = this.pattern.map((kind) => (kind.length === 1 ? kind.toLowerCase() : NAMES.get(kind))).join('');
    this.size = this.pattern.reduce((size, kind) => size * BigInt(kind.length), 1n);
    this.isOfDigits = this.pattern.every((kind) => kind.length === 1 || kind === DIGITS);
  }

  rank(text: string): bigint {
    // Most ids are short enough for plain numbers, which are ten times as fast.
    if (this.size <= Number.MAX_SAFE_INTEGER) {
      let rank = 0;
      this.pattern.forEach((kind, index) => {
        if (kind.length > 1) rank = rank * kind.length + kind.indexOf(text[index] ?? '');
      });
      return BigInt(rank);
    }
    return this.pattern.reduce(
      (rank, kind, index) =>
        kind.length === 1 ? rank : rank * BigInt(kind.length) + BigInt(kind.indexOf(text[index] ?? '')),
      0n,
    );
  }

  text(rank: bigint): string {
    const letters = Array.from<string>({ length: this.pattern.length });
    let [small, large] = rank <= Number.MAX_SAFE_INTEGER ? [Number(rank), null] : [0, rank];
    for (let index = this.pattern.length - 1; index >= 0; index -= 1) {
      const kind = this.pattern[index] ?? '';
      if (kind.length === 1) letters[index] = kind;
      else if (large === null) {
        letters[index] = kind[small % kind.length] ?? '';
        small = Math.floor(small / kind.length);
      } else {
        const size: bigint = BigInt(kind.length);
        letters[index] = kind[Number(large % size)] ?? '';
        large /= size;
      }
    }
    return letters.join('');
  }
}

const DIGITS = '0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz';
const UPPER = LOWER.toUpperCase();
/** Each in the order of its code units, so that texts of one shape are numbered as they are sorted. */
const ALPHABETS: readonly string[] = [
  ...[DIGITS, LOWER, UPPER, letters(0xe0, 0xf6), letters(0xf8, 0xff), letters(0xc0, 0xd6), letters(0xd8, 0xde)],
  ...[letters(0x430, 0x44f), letters(0x410, 0x42f), letters(0x3b1, 0x3c9), letters(0x391, 0x3a1)],
];
const ALPHABET_OF: ReadonlyMap<string, string> = new Map(
  ALPHABETS.flatMap((alphabet) => [...alphabet].map((letter) => [letter, alphabet] as const)),
);
/** Control characters stand for whole alphabets. */
const NAMES: ReadonlyMap<string, string> = new Map(
  ALPHABETS.map((alphabet, index) => [alphabet, alphabet === UPPER ? '\u0001' : String.fromCharCode(index)]),
);

function letters(from: number, to: number): string {
  return Array.from({ length: to - from + 1 }, (_, index) => String.fromCharCode(from + index)).join('');
}

/** The same for texts of one shape, letter by letter. */
export function shapeKey(text: string): string {
  return keyOf(patternOf(text));
}

function keyOf(pattern: readonly string[]): string {
  return pattern.map((kind) => (kind.length === 1 ? kind : String.fromCharCode(ALPHABETS.indexOf(kind)))).join('');
}

/** Letters before a number are a prefix (`EMP0004711`), which says what kind of id it is and stays. */
function patternOf(text: string): readonly string[] {
  const prefix = /^[^0-9]+(?=(?:[^0-9]*[0-9]){3})/.exec(text)?.[0].length ?? 0;
  const pattern: string[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const letter = text[index] ?? '';
    pattern.push(index < prefix ? letter : kindOf(letter));
  }
  return pattern;
}

function kindOf(letter: string): string {
  return ALPHABET_OF.get(letter) ?? letter;
}
