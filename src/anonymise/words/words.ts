import { DE } from './de.js';
import { EN } from './en.js';
import { FR } from './fr.js';
import { NL } from './nl.js';

/**
 * Names as they are made up in one language: put together of a beginning and an end, so that they sound like names of the
 * place and hardly anybody is called so. Names that people have would make up somebody else who is real.
 */
export interface Words {
  readonly givenBeginnings: readonly string[];
  readonly givenEnds: readonly string[];
  readonly familyBeginnings: readonly string[];
  readonly familyEnds: readonly string[];
  /** `van der`, `von`, `de la` */
  readonly infixes: readonly string[];
}

export type Language = 'nl' | 'de' | 'fr' | 'en';

const WORDS: Readonly<Record<Language, Words>> = { nl: NL, de: DE, fr: FR, en: EN };

/** @param locale `nl`, `nl-NL`; English stands in for what we have no words of. */
export function wordsOf(locale: string): Words {
  const [language = ''] = locale.toLowerCase().split(/[-_]/);
  return language === 'nl' || language === 'de' || language === 'fr' ? WORDS[language] : WORDS.en;
}

/** Words that stand between given and family name in any of these languages. */
export const INFIXES: ReadonlySet<string> = new Set(
  Object.values(WORDS).flatMap(({ infixes }) => infixes.flatMap((infix) => infix.split(' '))),
);

/** Every word of which made-up names and addresses are put together. */
export function* madeUpWords(locale: string): Generator<string> {
  const { givenBeginnings, givenEnds, familyBeginnings, familyEnds } = wordsOf(locale);
  for (const beginning of givenBeginnings) for (const end of givenEnds) yield beginning + end;
  for (const beginning of familyBeginnings) {
    // By itself it stands in addresses.
    yield beginning;
    for (const end of familyEnds) yield beginning + end;
  }
}
