import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';
import type { Draw } from '../keyed/keyed.js';

/**
 * A number that nobody owns in place of one that somebody may (`docs/adr/0040` has the sources), written in the same way;
 * null where the text is no number.
 */
export function madeUpPhone(text: string, country: CountryCode | null, draw: Draw, attempt: number): string | null {
  const number = parsePhoneNumberFromString(text, country === null ? {} : { defaultCountry: country });
  if (number?.isValid() !== true) return null;
  const national = number.nationalNumber;
  const ranges = (number.country === undefined ? undefined : RANGES.get(number.country))?.(national) ?? [];
  if (ranges.length === 0) return filled(attempt === 0 ? `+31${draw.of(FIXED_NL)}` : draw.of(ABROAD), draw);
  const [first = ''] = ranges;
  return inPlace(text, national, filled(attempt === 0 ? first : draw.of(ranges), draw));
}

/** Digits for digits, so that blanks, brackets and the country code stay where they are. */
function inPlace(text: string, before: string, after: string): string {
  const places: number[] = [];
  for (let at = 0; at < text.length; at += 1) if (isDigit(text, at)) places.push(at);
  const from = text.replace(/[^0-9]/g, '').lastIndexOf(before);
  const start = places[from];
  if (start === undefined || before.length !== after.length) {
    return text.slice(0, start ?? 0) + after;
  }
  let made = text.slice(0, start);
  for (let at = start, next = 0; at < text.length; at += 1) {
    made += isDigit(text, at) && next < after.length ? after[next++] : text[at];
  }
  return made;
}

function isDigit(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

/** `x` stands for any digit. */
function filled(range: string, draw: Draw): string {
  let made = '';
  for (const letter of range) made += letter === 'x' ? draw.below(10) : letter;
  return made;
}

/** Numbers of a Dutch area never begin with 0: with one, they are like numbers and ring nowhere. */
const AREAS_NL = '10 13 15 23 24 26 30 33 35 36 38 40 43 45 46 50 53 55 58 70 71 72 73 74 75 76 77 78 79'.split(' ');
const FIXED_NL = AREAS_NL.map((area) => `${area}0xxxxxx`);
/** No mobile numbers are set aside: these stand for them, and rules that look for `06` are translated with them. */
const MOBILE_NL = ['200xxxxxx'];

/** For countries that set no numbers aside. */
const ABROAD = ['+31100xxxxxx', '+493023125xxx', '+3319900xxxx'];

type Ranges = (national: string) => readonly string[];

/** By country, for a national number, the most fitting range first. */
const RANGES: ReadonlyMap<string, Ranges> = new Map<string, Ranges>([
  ['NL', (national) => (national.startsWith('6') ? MOBILE_NL : fitting(national, 2, FIXED_NL))],
  [
    'FR',
    (national) =>
      /^[67]/.test(national)
        ? ['63998xxxx']
        : fitting(national, 1, ['19900xxxx', '26191xxxx', '35301xxxx', '46571xxxx', '53649xxxx']),
  ],
  [
    'DE',
    (national) =>
      /^1[567]/.test(national)
        ? ['17139200xx', '176040690xx']
        : fitting(national, 2, ['3023125xxx', '6990009xxx', '4066969xxx', '2214710xxx', '8999998xxx']),
  ],
  ['GB', (national) => fitting(national, national.startsWith('1') ? 3 : 2, GB)],
  ['US', (national) => [`${geographic(national, '202')}55501xx`]],
  ['CA', (national) => [`${geographic(national, '416')}55501xx`]],
]);

/** Nottingham, 0115, has a range as well; libphonenumber takes its numbers for none. */
const GB = [
  '2079460xxx',
  ...['113', '114', '116', '117', '118', '121', '131', '141', '151', '161'].map((area) => `${area}4960xxx`),
  ...['1914980xxx', '2896496xxx', '2920180xxx'],
];

/** The numbers for fiction lie in areas; where 800 and 900 are called, they may be somebody's. */
function geographic(national: string, usual: string): string {
  const area = national.slice(0, 3);
  return /^(5(00|2[1-9]|33|44|66|77|88)|700|900|8(00|22|33|44|55|66|77|88))$/.test(area) ? usual : area;
}

/** Those that begin alike before those that do not. */
function fitting(national: string, digits: number, ranges: readonly string[]): readonly string[] {
  const alike = ranges.filter((range) => range.startsWith(national.slice(0, digits)));
  return alike.length > 0 ? alike : ranges;
}

/** What rules look for at the beginning of Dutch mobile numbers, in the range that stands for these. */
export function translatedPhonePart(literal: string): string {
  return /^(0|\+31|0031|31)?6$/.test(literal.replace(/[\s()-]|\(0\)/g, ''))
    ? literal.replace(/6(?=\D*$)/, '2')
    : literal;
}
