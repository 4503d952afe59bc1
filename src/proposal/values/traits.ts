import { fold } from '../names/fold.js';
import { dateFormatOf } from './dates.js';
import { isGivenName } from './given-names.js';
import { isLanguage } from './languages.js';
import { isPhone, isPhoneOfDigits } from './phones.js';
import { statusMeaning } from './status-words.js';

/** What can be seen of a single cell without knowing its column. A cell may have several. */
export const TRAITS = [
  'email',
  /** Unmistakably a telephone number: a plus, brackets, groups of digits. */
  'phone',
  /** Digits alone that could be dialled, and could be an id. */
  'phoneDigits',
  'digits',
  'leadingZeros',
  'decimal',
  /** `1.23E+05`: a number that a spreadsheet destroyed. */
  'scientific',
  'date',
  /** A word for a status, or yes and no. */
  'status',
  /** `nl`, `nl-NL`. */
  'languageTag',
  /** `Nederlands`. */
  'languageName',
  'url',
  /** Short, without blanks, with digits or in capitals: `CC3035`, `HR`. */
  'code',
  /** Letters, blanks and the signs that stand in names. */
  'letters',
  /** Begins with a common given name. */
  'givenName',
  /** A given name with others, initials with a name, or `Jansen, Piet`. */
  'fullName',
  /** Two words or more. */
  'words',
  /** `van der`, `von`, `de la`. */
  'particle',
  /** `Mr`, `Frau`. */
  'salutation',
  /** Several values in one cell. */
  'several',
  /** Sentences. */
  'freeText',
  /** Letters that were destroyed before delivery. */
  'damaged',
] as const;

export type Trait = (typeof TRAITS)[number];

const PARTICLES = new Set(
  ('van|de|der|den|van de|van der|van den|van het|vd|v.d.|van \'t|in \'t|\'t|het|ten|ter|te|op de|op den|in de|aan de|uit de|over de|von|von der|von dem|zu|zum|zur|vom|am|' +
    'le|la|les|du|des|de la|de las|de los|del|della|di|da|dal|dos|das|do|el|al|bin|ben|ibn|af|av|d\'|d|o\'|mac|mc|st|saint').split('|'),
); // prettier-ignore
const SALUTATIONS = new Set(
  'mr|mrs|ms|miss|mx|dr|prof|dhr|de heer|heer|mevr|mevrouw|mw|drs|ing|ir|herr|frau|hr|fr|m|mme|mlle|monsieur|madame|mademoiselle|sr|sra|don|dona|sig|sig.ra|signor|signora|hr/fr|man|vrouw'.split('|'),
); // prettier-ignore

/** What UTF-8 looks like that was read as cp1252 (`Ã©`, `â€™`), the replacement letter, and letters that became `?`. */
const DAMAGE =
  /\ufffd|Ã[\u0080-\u00bf\u0152-\u0178\u2018-\u2022©«®±¶¼³¡§ª]|â(?:€|\u0080)|Â[\u00a0-\u00bf]|\p{L}\?\p{L}/u;

/** The traits of one cell, which is trimmed and not empty. */
export function traitsOf(cell: string): readonly Trait[] {
  return TRAITS.filter((trait) => TESTS[trait](cell));
}

const TESTS: Readonly<Record<Trait, (cell: string) => boolean>> = {
  email: (cell) => /^[^\s@<>",;]+@[^\s@<>",;]+\.[^\s@<>",;.]{2,}$/u.test(cell),
  phone: isPhone,
  phoneDigits: isPhoneOfDigits,
  digits: (cell) => /^\d+$/.test(cell),
  leadingZeros: (cell) => /^0\d+$/.test(cell),
  decimal: (cell) => /^-?\d+[.,]\d+$/.test(cell),
  scientific: isScientific,
  date: (cell) => dateFormatOf(cell) !== null,
  status: (cell) => cell.length <= 30 && statusMeaning(cell) !== null,
  languageTag: (cell) => isLanguage(cell) === 'tag',
  languageName: (cell) => isLanguage(cell) === 'name',
  url: (cell) => /^(?:https?:\/\/|www\.)\S+$/i.test(cell),
  code: (cell) => /^(?=\S*\d)[\p{L}\d][\p{L}\d._/-]{0,39}$/u.test(cell) || /^\p{Lu}[\p{Lu}&/_-]{0,5}$/u.test(cell),
  letters: isLetters,
  givenName: (cell) => isLetters(cell) && cell.split(/\s+/).length <= 3 && isGivenName(cell),
  fullName: isFullName,
  words: (cell) => /\p{L}[\s,]+\p{L}/u.test(cell),
  particle: (cell) => PARTICLES.has(fold(cell).replace(/\s+/g, ' ').trim()),
  salutation: (cell) => SALUTATIONS.has(fold(cell).replace(/\.$/, '')),
  several: (cell) => /\p{L}.*[;|\n].*\p{L}/su.test(cell),
  freeText: (cell) => cell.length > 80 || /[.!?]\s+\p{Lu}/u.test(cell.slice(20)),
  damaged: isDamaged,
};

/** `1.23E+05`; also `123E+05`, which no id looks like. */
export function isScientific(cell: string): boolean {
  return /^\d+(?:[.,]\d+)?E\+\d{1,3}$/i.test(cell);
}

export function isDamaged(cell: string): boolean {
  return DAMAGE.test(cell);
}

function isLetters(cell: string): boolean {
  return cell.length <= 80 && /^[\p{L}\p{M}][\p{L}\p{M}\s.,'’`´()&/-]*$/u.test(cell);
}

function isFullName(cell: string): boolean {
  if (!isLetters(cell)) return false;
  const [before = '', after] = cell.split(/,\s*/);
  if (after !== undefined) return isGivenName(after) || isGivenName(before);
  const words = cell.split(/\s+/);
  if (words.length < 2 || words.length > 6) return false;
  return isGivenName(words[0] ?? '') || /^(?:\p{Lu}\.){1,5}$/u.test(words[0] ?? '');
}
