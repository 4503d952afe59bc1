import { CONCEPT_RULES, type Concept, type ConceptRule } from './concepts.js';
import type { Meaning } from './meanings.js';
import { wordsOf, type Word } from './words.js';

/** What the name of a column says. */
export interface NameReading {
  readonly concept: Concept;
  /** 0 to 1: how well such a name says it. */
  readonly rank: number;
  /**
   * `whole`: every word is understood and fits. `guessed`: one is abbreviated or misspelt. `partly`: one is unknown.
   * `mixed`: one means something else, as in "Location e-mail".
   */
  readonly certainty: 'whole' | 'guessed' | 'partly' | 'mixed';
  readonly meanings: ReadonlySet<Meaning>;
}

/** Reads the name of a column, in many languages and ways of writing; null when it says nothing that is known. */
export function readName(header: string): NameReading | null {
  const words = wordsOf(header);
  const meanings = new Set(words.flatMap((word) => word.meanings));
  meanings.delete('NOISE');
  const rule = bestRule(meanings);
  if (rule === null) return null;
  return { concept: rule.concept, rank: rule.rank ?? 1, certainty: certaintyOf(rule, words), meanings };
}

/** The first rule that fits without a word too many; else the first that fits at all. */
function bestRule(meanings: ReadonlySet<Meaning>): ConceptRule | null {
  const fitting = CONCEPT_RULES.filter(({ all }) => all.every((meaning) => meanings.has(meaning)));
  const first = fitting[0];
  if (first === undefined) return null;
  return fitting.find((rule) => rule.concept === first.concept && leftOver(rule, meanings).length === 0) ?? first;
}

function certaintyOf(rule: ConceptRule, words: readonly Word[]): NameReading['certainty'] {
  const meanings = new Set(words.flatMap((word) => word.meanings));
  meanings.delete('NOISE');
  if (leftOver(rule, meanings).length > 0) return 'mixed';
  const isGuessed = words.some((word) => word.isGuess);
  const isUnknown = words.some((word) => word.meanings.length === 0);
  if (isGuessed && isUnknown) return 'mixed';
  return isUnknown ? 'partly' : isGuessed ? 'guessed' : 'whole';
}

function leftOver({ all, may = [] }: ConceptRule, meanings: ReadonlySet<Meaning>): readonly Meaning[] {
  return [...meanings].filter((meaning) => !all.includes(meaning) && !may.includes(meaning));
}
