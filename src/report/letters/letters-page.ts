import { escapeHtml } from '../html-parts.js';
import { countWords } from '../words.js';
import type { LetterPiece, WrittenLetter } from './letter.js';
import { LETTERS_STYLE } from './letters-style.js';

export interface LettersPage {
  readonly customer: string;
  /** By location. */
  readonly letters: readonly WrittenLetter[];
  /** Shown above the letters and never printed: what to do with them. HTML. */
  readonly above: string;
}

/**
 * All letters as one page to print: for each location a sheet with the names, to be ticked off when a letter is handed out, then a
 * sheet for each person.
 */
export function lettersPage({ customer, letters, above }: LettersPage): string {
  const locations = [...new Set(letters.map(({ location }) => location))];
  const sheets = locations.flatMap((location) => {
    const own = letters.filter((letter) => letter.location === location);
    return [coverSheet(customer, location, own), ...own.map(letterSheet)];
  });
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light">
<title>${escapeHtml(`${countWords(letters.length, 'letter')} of ${customer}`)}</title>
<style>${LETTERS_STYLE}</style>
</head>
<body>
<header>
<h1>${escapeHtml(`${countWords(letters.length, 'letter')} of ${customer}, for ${countWords(locations.length, 'location')}`)}</h1>
${above}
</header>
<main>
${sheets.join('\n')}
</main>
</body>
</html>
`;
}

function coverSheet(customer: string, location: string, letters: readonly WrittenLetter[]): string {
  const rows = letters.map(({ name }) => `<li>${escapeHtml(name)}</li>`).join('\n');
  return `<section class="sheet cover">
<p class="place">${escapeHtml(customer)}</p>
<h2>${escapeHtml(locationWords(location))}</h2>
<p>${escapeHtml(countWords(letters.length, 'letter'))}</p>
<ul>
${rows}
</ul>
</section>`;
}

function letterSheet({ language, title, location, paragraphs }: WrittenLetter): string {
  return `<article class="sheet" lang="${escapeHtml(language)}">
<p class="place">${escapeHtml(locationWords(location))}</p>
<h2>${escapeHtml(title)}</h2>
${paragraphs.map(paragraph).join('\n')}
</article>`;
}

function paragraph(lines: readonly (readonly LetterPiece[])[]): string {
  const isLogin = lines.some((pieces) => pieces.some(({ isTyped }) => isTyped));
  const text = lines.map((pieces) => pieces.map(piece).join('')).join('<br>\n');
  return isLogin ? `<p class="login">${text}</p>` : `<p>${text}</p>`;
}

function piece({ text, isTyped }: LetterPiece): string {
  return isTyped ? `<b class="typed">${escapeHtml(text)}</b>` : escapeWithBlanks(text);
}

/** `escapeHtml` takes blanks at the ends away, which here stand beside what was filled in. */
function escapeWithBlanks(text: string): string {
  const [, before = '', words = '', after = ''] = /^(\s*)(.*?)(\s*)$/s.exec(text) ?? [];
  return `${before === '' ? '' : ' '}${escapeHtml(words)}${after === '' ? '' : ' '}`;
}

function locationWords(location: string): string {
  return location === '' ? 'without a location' : location;
}
