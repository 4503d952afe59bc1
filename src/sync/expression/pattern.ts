/** What a pattern is made of. */
export type Pattern =
  /** One character; `only`: the one that fits, where no other does. */
  | { readonly type: 'character'; readonly only: string | null; readonly fits: (character: string) => boolean }
  | { readonly type: 'sequence'; readonly parts: readonly Pattern[] }
  | { readonly type: 'choice'; readonly options: readonly Pattern[] }
  | { readonly type: 'repeat'; readonly part: Pattern; readonly least: number; readonly most: number | null };

/** A pattern that cannot be used. Thrown when a mapping is read. */
export class PatternError extends Error {
  constructor(
    text: string,
    /** Where in the pattern, from 0. */
    readonly offset: number,
  ) {
    super(text);
    this.name = 'PatternError';
  }
}

const MOST_TIMES = 200;

/**
 * Reads a pattern: a regular expression without what takes more than one look at each character (references, looking around)
 * and without `^` and `$`, since it is for a whole text. The reference is `docs/mapping.md`.
 * @throws PatternError
 */
export function readPattern(source: string): Pattern {
  const reader = new Reader(source);
  const pattern = reader.choice();
  if (!reader.isAtEnd)
    throw new PatternError('This `)` closes nothing. The character itself is written `[)]`.', reader.at);
  return pattern;
}

/** What stands in it letter by letter, in runs: every text that fits has some of them. */
export function fixedParts(pattern: Pattern): readonly string[] {
  switch (pattern.type) {
    case 'character':
      return pattern.only === null ? [] : [pattern.only];
    case 'choice':
      return pattern.options.flatMap(fixedParts);
    case 'repeat':
      return fixedParts(pattern.part);
    case 'sequence': {
      const runs: string[] = [];
      let isOpen = false;
      for (const part of pattern.parts) {
        const only = part.type === 'character' ? part.only : null;
        if (only === null) runs.push(...fixedParts(part));
        else if (isOpen) runs.push(`${runs.pop() ?? ''}${only}`);
        else runs.push(only);
        isOpen = only !== null;
      }
      return runs;
    }
  }
}

type Fits = (character: string) => boolean;

const KINDS: ReadonlyMap<string, Fits> = new Map<string, Fits>([
  ['d', (character) => /^[0-9]$/.test(character)],
  ['w', (character) => /^[\p{L}\p{M}\p{N}_]$/u.test(character)],
  ['s', (character) => /^\s$/.test(character)],
]);

class Reader {
  at = 0;

  constructor(private readonly source: string) {}

  get isAtEnd(): boolean {
    return this.at >= this.source.length;
  }

  choice(): Pattern {
    const first = this.sequence();
    const others: Pattern[] = [];
    while (this.skips('|')) others.push(this.sequence());
    return others.length === 0 ? first : { type: 'choice', options: [first, ...others] };
  }

  private sequence(): Pattern {
    const parts: Pattern[] = [];
    while (!this.isAtEnd && this.next !== '|' && this.next !== ')') parts.push(this.repeated());
    return { type: 'sequence', parts };
  }

  private repeated(): Pattern {
    const part = this.one();
    const from = this.at;
    const times = this.times();
    if (times === null) return part;
    if (/^[*+?{]/.test(this.next))
      throw new PatternError('What is repeated already cannot be repeated again.', this.at);
    const [least, most] = times;
    if (Math.max(least, most ?? 0) > MOST_TIMES)
      throw new PatternError(`Something is repeated ${MOST_TIMES} times at most.`, from);
    if (most !== null && most < least) throw new PatternError('The smaller number stands first.', from);
    return { type: 'repeat', part, least, most };
  }

  private times(): readonly [number, number | null] | null {
    if (this.skips('*')) return [0, null];
    if (this.skips('+')) return [1, null];
    if (this.skips('?')) return [0, 1];
    if (this.next !== '{') return null;
    const [whole, least = '', more, most = ''] = /^\{(\d{1,4})(,(\d{0,4}))?\}/.exec(this.source.slice(this.at)) ?? [];
    if (whole === undefined)
      throw new PatternError('Write `{2}`, `{2,}` or `{2,4}`; the character itself is written `[{]`.', this.at);
    this.at += whole.length;
    if (more === undefined) return [Number(least), Number(least)];
    return [Number(least), most === '' ? null : Number(most)];
  }

  private one(): Pattern {
    const from = this.at;
    const character = this.take();
    switch (character) {
      case '(': {
        const inner = this.choice();
        if (!this.skips(')')) throw new PatternError('This `(` is not closed.', from);
        return inner;
      }
      case '[':
        return this.characterClass(from);
      case '.':
        return { type: 'character', only: null, fits: () => true };
      case '\\':
        return this.escaped(from);
      case '^':
      case '$':
        throw new PatternError(`A pattern is for the whole text: leave \`${character}\` out.`, from);
      case '*':
      case '+':
      case '?':
      case '{':
        throw new PatternError(`Nothing that could be repeated stands before \`${character}\`.`, from);
      default:
        return only(character);
    }
  }

  private escaped(from: number): Extract<Pattern, { type: 'character' }> {
    const character = this.take();
    const kind = KINDS.get(character.toLowerCase());
    if (kind !== undefined) {
      const isOpposite = character !== character.toLowerCase();
      return { type: 'character', only: null, fits: isOpposite ? (each) => !kind(each) : kind };
    }
    if (character === '' || /^[\p{L}\p{N}]$/u.test(character))
      throw new PatternError(
        `\`\\${character}\` means nothing here: there are \\d, \\w, \\s and their opposites.`,
        from,
      );
    return only(character);
  }

  private characterClass(from: number): Pattern {
    const isOpposite = this.skips('^');
    const members: Extract<Pattern, { type: 'character' }>[] = [];
    while (this.next !== ']') {
      if (this.isAtEnd) throw new PatternError('This `[` is not closed.', from);
      members.push(this.member());
    }
    this.at += 1;
    const [first] = members;
    if (first === undefined) throw new PatternError('Nothing stands between `[` and `]`.', from);
    if (members.length === 1 && !isOpposite) return first;
    const fits: Fits = (character) => members.some((member) => member.fits(character)) !== isOpposite;
    return { type: 'character', only: null, fits };
  }

  /** One character or a range of them. */
  private member(): Extract<Pattern, { type: 'character' }> {
    const from = this.at;
    const first = this.memberCharacter();
    if (this.next !== '-' || /^-(\]|$)/.test(this.source.slice(this.at))) return first;
    this.at += 1;
    const last = this.memberCharacter();
    const [low, high] = [first.only?.codePointAt(0), last.only?.codePointAt(0)];
    if (low === undefined || high === undefined || low > high)
      throw new PatternError('A range goes from a character to a later one, as `a-z`.', from);
    return { type: 'character', only: null, fits: (character) => isBetween(character.codePointAt(0), low, high) };
  }

  private memberCharacter(): Extract<Pattern, { type: 'character' }> {
    const from = this.at;
    const character = this.take();
    return character === '\\' ? this.escaped(from) : only(character);
  }

  private get next(): string {
    return this.isAtEnd ? '' : String.fromCodePoint(this.source.codePointAt(this.at) ?? 0);
  }

  private take(): string {
    const { next } = this;
    this.at += next.length;
    return next;
  }

  private skips(character: string): boolean {
    if (this.next !== character) return false;
    this.at += character.length;
    return true;
  }
}

function only(character: string): Extract<Pattern, { type: 'character' }> {
  return { type: 'character', only: character, fits: (other) => other === character };
}

function isBetween(code: number | undefined, low: number, high: number): boolean {
  return code !== undefined && code >= low && code <= high;
}
