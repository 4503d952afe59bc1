import { z } from 'zod';
import { didYouMean } from '../../sync/nearest.js';
import { DEFAULT_TEXTS } from './default-texts.js';

/** A letter in one language. An empty line ends a paragraph; words in braces are filled in. */
export interface LetterText {
  readonly title: string;
  readonly text: string;
}

const Text = z.object({ title: z.string(), text: z.string() });
const Wording = z.object({
  language: z.string(),
  address: z.string().nullable(),
  texts: z.record(z.string(), Text),
});

/** What the letters of a customer say, in every language that there is a text for. */
export type Wording = Readonly<z.infer<typeof Wording>>;

const Settings = z.object({
  /** Of letters to whoever has no language of their own, or one that there is no text for. */
  language: z.string().optional(),
  /** Where people log in: `https://korenaar.speakap.com`. */
  address: z.string().optional(),
  wording: z.record(z.string(), Text).optional(),
});

/** What a customer has set: its own texts by language. */
export type LetterSettings = Readonly<z.infer<typeof Settings>>;

/** What may stand in braces. */
const PLACEHOLDERS = ['name', 'givenName', 'userName', 'password', 'customer', 'location', 'address'] as const;

export type Placeholder = (typeof PLACEHOLDERS)[number];

/** What braces hold, in a text that was checked. */
export const IN_BRACES = /\{([^{}]*)\}/g;

/** The customer's wording over ours; null: nothing is set. @throws ZodError for what no `checkSettings` has seen. */
export function toWording(settings: unknown): Wording {
  const { language = 'en', address = null, wording = {} } = Settings.parse(settings ?? {});
  const ours = Object.entries(DEFAULT_TEXTS).map(([key, make]) => [key, make(address !== null)] as const);
  return { language, address, texts: { ...Object.fromEntries(ours), ...wording } };
}

/** A wording as it was kept. @throws ZodError */
export function readWording(kept: unknown): Wording {
  return Wording.parse(kept);
}

/** The text in a person's language (`nl-NL`), else in that of the customer. */
export function textFor(
  { texts, language }: Wording,
  preferred: string | undefined,
): LetterText & { readonly language: string } {
  const own = preferred?.toLowerCase().split('-')[0] ?? '';
  for (const candidate of [own, language]) {
    const text = texts[candidate];
    if (text !== undefined) return { ...text, language: candidate };
  }
  throw new TypeError('There is no letter in the language of the customer.');
}

export interface WordingProblem {
  readonly path: readonly string[];
  readonly text: string;
}

/** What a customer's settings get wrong: an unknown word in braces, a letter with which nobody could log in. */
export function problemsOfSettings({
  language = 'en',
  address,
  wording = {},
}: LetterSettings): readonly WordingProblem[] {
  const known = [...Object.keys(DEFAULT_TEXTS), ...Object.keys(wording)];
  const noText = `There is no letter in "${language}": put one under \`wording\`, or name one of ${known.join(', ')}.`;
  return [
    ...(known.includes(language) ? [] : [{ path: ['language'], text: noText }]),
    ...Object.entries(wording).flatMap(([key, letter]) => [
      ...(/^[a-z]{2,3}$/.test(key) ? [] : [{ path: ['wording', key], text: 'A language is two small letters: nl.' }]),
      ...problemsOfText(letter, address !== undefined).map(({ path, text }) => ({
        path: ['wording', key, ...path],
        text,
      })),
    ]),
  ];
}

function problemsOfText({ title, text }: LetterText, hasAddress: boolean): readonly WordingProblem[] {
  const missing = (['userName', 'password'] as const).filter((word) => !text.includes(`{${word}}`));
  return [
    ...unknownWords(title).map((problem) => ({ path: ['title'], text: problem })),
    ...(/\{password\}/.test(title) ? [{ path: ['title'], text: 'The password belongs into the text.' }] : []),
    ...unknownWords(text).map((problem) => ({ path: ['text'], text: problem })),
    ...missing.map((word) => ({ path: ['text'], text: `Without {${word}} nobody could log in.` })),
    ...(!hasAddress && `${title}${text}`.includes('{address}')
      ? [{ path: ['text'], text: 'It says {address}, and no `address` is given.' }]
      : []),
  ];
}

function unknownWords(text: string): readonly string[] {
  const words = [...text.matchAll(IN_BRACES)].map(([, word = '']) => word);
  const unknown = words.filter((word) => !PLACEHOLDERS.some((known) => known === word));
  const problems = unknown.map(
    (word) => `{${word}} means nothing here.${didYouMean(word, PLACEHOLDERS) || ` Known: ${PLACEHOLDERS.join(', ')}.`}`,
  );
  const rest = text.replaceAll(IN_BRACES, '');
  return /[{}]/.test(rest) ? [...problems, 'A brace is not closed, or was not opened.'] : problems;
}
