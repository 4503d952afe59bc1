import { personWords } from '../change-words.js';
import type { Profile } from '../../sync/person.js';
import { IN_BRACES, textFor, type Placeholder, type Wording } from './wording.js';

/** One person, as far as their letter is about them. */
export interface Addressee {
  readonly userName: string;
  readonly password: string;
  readonly profile: Profile;
  /** Where the letter is handed out; empty: nobody knows. */
  readonly location: string;
}

/** A piece of a paragraph: words of the text, or what was filled in. */
export interface LetterPiece {
  readonly text: string;
  /** To be typed letter by letter. */
  readonly isTyped: boolean;
}

/** A letter, ready to be put on paper. */
export interface WrittenLetter {
  readonly language: string;
  readonly title: string;
  readonly name: string;
  readonly location: string;
  /** Paragraphs of lines of pieces. */
  readonly paragraphs: readonly (readonly (readonly LetterPiece[])[])[];
}

/** Fills the wording in for one person, in their language. */
export function writeLetterTo(wording: Wording, customer: string, to: Addressee): WrittenLetter {
  const { title, text, language } = textFor(wording, to.profile.preferredLanguage);
  const values = valuesFor(wording, customer, to);
  const paragraphs = text
    .trim()
    .split(/\n[ \t]*\n\s*/)
    .map((paragraph) => paragraph.split('\n').map((line) => fill(line, values)));
  const words = fill(title, values).map((piece) => piece.text);
  return { language, title: words.join(''), name: values.name, location: to.location, paragraphs };
}

type Values = Readonly<Record<Placeholder, string>>;

function valuesFor(wording: Wording, customer: string, { userName, password, profile, location }: Addressee): Values {
  // Somebody without a name in the record is called as they log in.
  const name = personWords(profile) ?? userName;
  const givenName = profile.givenName ?? name;
  return { name, givenName, userName, password, customer, location, address: wording.address ?? '' };
}

/** Values are put in once: braces in a name or a password stay what they are. */
function fill(line: string, values: Values): readonly LetterPiece[] {
  const pieces: LetterPiece[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: word } of line.matchAll(IN_BRACES)) {
    pieces.push({ text: line.slice(end, index), isTyped: false });
    const known = (Object.keys(values) as Placeholder[]).find((key) => key === word);
    pieces.push({
      text: known === undefined ? whole : values[known],
      isTyped: word === 'userName' || word === 'password',
    });
    end = index + whole.length;
  }
  return [...pieces, { text: line.slice(end), isTyped: false }].filter(({ text }) => text !== '');
}
