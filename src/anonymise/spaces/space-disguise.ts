import type { CountryCode } from 'libphonenumber-js/min';
import type { Scope } from '../../sync/expression/scope.js';
import type { ValueRule } from '../../sync/mapping/mapping.js';
import type { Fields } from '../../sync/record.js';
import { CannotDisguise } from '../errors.js';
import { code, hasDomain, isEmail, madeUpLocalPart, type EmailDomains } from '../kinds/emails.js';
import { madeUpName, uniquely, type NameKind } from '../kinds/names.js';
import { madeUpPhone, translatedPhonePart } from '../kinds/phones.js';
import { scrambled } from '../kinds/scramble.js';
import { ClassedPermutation } from '../keyed/classed-permutation.js';
import type { Question } from '../keyed/classes.js';
import { Kept } from '../keyed/kept.js';
import type { Draw, Keyed } from '../keyed/keyed.js';
import { asksEquality, literalsIn } from '../plan/atoms.js';
import type { Kind } from '../plan/kinds.js';
import type { Space } from '../plan/plan.js';
import type { Literals } from '../plan/translate-expression.js';
import type { Words } from '../words/words.js';
import { cutsOf, questionOf } from './questions.js';
import { valueChecksOf, type ValueCheck } from './value-checks.js';

/** What all spaces of one test share. */
export interface Material {
  readonly keyed: Keyed;
  readonly words: Words;
  readonly domains: EmailDomains;
  readonly scope: Scope;
}

/** Where a value stands. */
export interface Cell {
  readonly column: string;
  /** The person's id, as it was. */
  readonly person: string;
  /** The row as it was. */
  readonly fields: Fields;
  readonly country: CountryCode | null;
}

const ATTEMPTS = 40;
/** From here on a name or address is no longer made of words, but of the letters that a rule does not look for. */
const WORDLESS_FROM = 8;
/** The longest number whose texts, with zeros before it, are looked for in conditions. */
const LONGEST_ID = 12;

/** Disguises the values of one space: columns in which the same value has to stay the same. */
export class SpaceDisguise {
  readonly literals: Literals | null;
  private readonly permutation: ClassedPermutation;
  private readonly questions: readonly Question[];
  /** And those that only ask whether two things are equal. */
  private readonly allQuestions: readonly Question[];
  private readonly checks: readonly ValueCheck[];
  private readonly named = new Map<string, string>();
  /** Ids alone, since managers' ids come again and again; what is drawn is drawn again as fast as it is looked up. */
  private readonly known = new Kept<string, string>(10_000);

  constructor(
    private readonly space: Space,
    private readonly material: Material,
  ) {
    const { keyed, scope } = material;
    const { cuts, rest } = cutsOf(space.atoms);
    const column = space.columns[0] ?? '';
    const asked = rest.map((atom) => questionOf(atom, scope, null));
    this.permutation = new ClassedPermutation(keyed, space.name, { rule: space.rule, column, cuts, questions: asked });
    this.checks = valueChecksOf(space.values, scope);
    this.literals = isPersonal(space.kind) ? this.makeLiterals() : null;
    // A literal is disguised under the questions that do not ask for literals, and counts in all that comes after.
    const others = space.atoms.filter(({ syntax }) => !asksEquality(syntax));
    this.questions = others.map((atom) => questionOf(atom, scope, this.literals));
    const equal = space.atoms.filter(({ syntax }) => asksEquality(syntax));
    this.allQuestions = [...this.questions, ...equal.map((atom) => questionOf(atom, scope, this.literals))];
  }

  /** @param text without blanks around it, and not empty */
  disguise(text: string, cell: Cell): string {
    if (!/[\p{L}\p{N}]/u.test(text)) return text;
    const named = this.named.get(text);
    if (named !== undefined) return named;
    if (isPermuted(this.space.kind) && !isEmail(text)) return this.permuted(text);
    const { isUnique, isByValue: isNamed, kind } = this.space;
    const isByValue = isUnique || isNamed || kind === 'email' || isEmail(text);
    return this.drawn(text, isByValue ? '' : cell.person, cell);
  }

  private permuted(text: string): string {
    return this.known.get(text, () => this.permutation.disguise(text));
  }

  private drawn(text: string, seed: string, cell: Cell | null): string {
    const questions = cell === null ? this.questions : this.allQuestions;
    // Ids that differ in case alone are two people.
    const folded = this.space.kind === 'id' ? text : text.toLowerCase();
    let failed = this.space.rule;
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const draw = this.material.keyed.draw(this.space.kind, seed, folded, String(attempt));
      const country = cell?.country ?? null;
      // A number that can be read becomes one that can: reading both once more would take most of the time.
      const number = this.space.kind === 'phone' ? madeUpPhone(text, country, draw, attempt) : null;
      const candidate = number ?? this.candidate(text, draw, attempt, country);
      if (candidate.toLowerCase() === text.toLowerCase() || (cell === null && this.isTaken(candidate))) continue;
      const broken = this.broken(text, candidate, questions, number === null ? cell : null);
      if (broken === null) return candidate;
      failed = broken;
    }
    if (this.isOfMarkers(text)) return text;
    const reason = 'no other value was found of which the rules say the same.';
    throw new CannotDisguise(failed, cell?.column ?? this.space.columns[0] ?? '', reason);
  }

  /** The rule that would say something else of the candidate. */
  private broken(text: string, candidate: string, questions: readonly Question[], cell: Cell | null): string | null {
    for (const { rule, before, after } of questions) if (before(text) !== after(candidate)) return rule;
    if (cell === null) return null;
    for (const check of this.checks) {
      if (!check.columns.has(cell.column)) continue;
      if (check.of(cell.fields) !== check.of({ ...cell.fields, [cell.column]: candidate })) return check.rule;
    }
    return null;
  }

  /** `(temp)`, which a table takes out wherever it stands: a word of the mapping, and nobody's own. */
  private isOfMarkers(text: string): boolean {
    const markers = this.space.values.flatMap(({ value }) => replacedIn(value));
    return markers.reduce((rest, marker) => rest.replaceAll(marker, ''), text).trim() === '';
  }

  /** Two literals never become one. */
  private isTaken(candidate: string): boolean {
    return [...this.named.values()].some((other) => other.toLowerCase() === candidate.toLowerCase());
  }

  private candidate(text: string, draw: Draw, attempt: number, country: CountryCode | null): string {
    const { kind, atoms } = this.space;
    if (isEmail(text) || (kind === 'email' && hasDomain(text))) return this.email(text, draw, attempt);
    if (kind === 'phone') return madeUpPhone(text, country, draw, attempt) ?? this.malformed(text, draw, attempt);
    if (!isName(kind) || attempt >= WORDLESS_FROM) return scrambled(text, atoms, draw);
    const name = madeUpName(text, kind, this.material.words, draw);
    return this.space.isUnique ? uniquely(name, draw) : name;
  }

  private email(text: string, draw: Draw, attempt: number): string {
    const at = text.lastIndexOf('@');
    const [local, domain] = [text.slice(0, at), text.slice(at + 1)];
    const words = attempt < WORDLESS_FROM / 2 && isEmail(text);
    const made = words
      ? madeUpLocalPart(local, this.material.words, draw)
      : scrambled(local, this.space.atoms, draw) + (attempt < ATTEMPTS / 2 ? `.${code(draw, 11)}` : '');
    return `${made}@${this.material.domains.of(domain)}`;
  }

  /** What is no number here stays none, and begins with noughts as no number anywhere does, as far as the rules let it. */
  private malformed(text: string, draw: Draw, attempt: number): string {
    if (attempt > (ATTEMPTS * 3) / 4) return text.replace(/\d/g, '0');
    const made = this.withParts(text, scrambled(text, this.space.atoms, draw));
    if (attempt >= WORDLESS_FROM) return made;
    let noughts = 3;
    return made.replace(/\d/g, (digit) => (noughts-- > 0 ? '0' : digit));
  }

  /** What rules look for at the beginning is translated in them, and so it is here. */
  private withParts(text: string, made: string): string {
    const parts = this.space.atoms.flatMap(({ syntax }) =>
      syntax.type === 'call' && syntax.name !== 'matches' ? literalsIn(syntax) : [],
    );
    for (const part of parts) {
      if (typeof part === 'string' && part !== '' && text.startsWith(part))
        return translatedPhonePart(part) + made.slice(part.length);
    }
    return made;
  }

  private makeLiterals(): Literals {
    const { kind } = this.space;
    return {
      equal: (text) => (text.trim() === '' || !/[\p{L}\p{N}]/u.test(text) ? text : this.literal(text)),
      number: (digits) => (kind === 'id' || kind === 'userName' ? this.numbers(digits) : null),
      part: (text, called) => {
        if (kind === 'email') return this.material.domains.part(text, called === 'endsWith');
        return kind === 'phone' && called !== 'endsWith' ? translatedPhonePart(text) : text;
      },
    };
  }

  /** Disguised by itself, since it belongs to no row; rows that have the same value are disguised as it is. */
  private literal(text: string): string {
    const known = this.named.get(text);
    if (known !== undefined) return known;
    const trimmed = text.trim();
    if (isPermuted(this.space.kind) && !isEmail(trimmed)) {
      this.named.set(
        text,
        text.replace(trimmed, () => this.permuted(trimmed)),
      );
    } else {
      const variants = [...new Set([trimmed, trimmed.toLowerCase(), trimmed.toUpperCase(), capitalised(trimmed)])];
      const made = this.drawnTogether(variants) ?? [this.drawn(trimmed, '', null)];
      made.forEach((each, index) => this.named.set(variants[index] ?? trimmed, each));
      this.named.set(
        text,
        text.replace(trimmed, () => made[0] ?? ''),
      );
    }
    return this.named.get(text) ?? text;
  }

  /** One draw for a text in all its cases, since rules may ask for it in any; null when none fits all. */
  private drawnTogether(variants: readonly string[]): readonly string[] | null {
    const [text = ''] = variants;
    const folded = this.space.kind === 'id' ? text : text.toLowerCase();
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      const made = variants.map((variant) => {
        const draw = this.material.keyed.draw(this.space.kind, '', folded, String(attempt));
        return this.candidate(variant, draw, attempt, null);
      });
      const isFree = made.every((each) => each.toLowerCase() !== folded.toLowerCase() && !this.isTaken(each));
      if (
        isFree &&
        variants.every((each, index) => this.broken(each, made[index] ?? '', this.questions, null) === null)
      )
        return made;
    }
    return null;
  }

  private numbers(digits: string): readonly string[] | null {
    if (!/^\d+$/.test(digits)) return null;
    const lengths = Array.from({ length: LONGEST_ID }, (_, index) => index + 1).filter((each) => each >= digits.length);
    return lengths.flatMap((length) => {
      try {
        const id = this.permuted(digits.padStart(length, '0'));
        // Beside a number, blanks around a cell do not matter.
        return [id, ` ${id}`, `${id} `];
      } catch (error) {
        // Nobody can have an id in a class that is too small: the disguise of the record would say so.
        if (error instanceof CannotDisguise) return [];
        throw error;
      }
    });
  }
}

function replacedIn(value: ValueRule): readonly string[] {
  if (value.kind === 'first' || value.kind === 'joined') return value.values.flatMap(replacedIn);
  if (value.kind !== 'made') return [];
  const own = value.steps.flatMap((step) => (step.kind === 'replace' ? step.texts.map(({ from }) => from) : []));
  return [...own, ...replacedIn(value.source)];
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}

function isPermuted(kind: Kind): boolean {
  return kind === 'id' || kind === 'userName' || kind === 'text';
}

function isName(kind: Kind): kind is NameKind {
  return kind === 'given' || kind === 'family' || kind === 'full' || kind === 'infix';
}

function isPersonal(kind: Kind): boolean {
  return kind !== 'kept' && kind !== 'date';
}
