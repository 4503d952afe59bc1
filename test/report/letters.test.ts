import { describe, expect, test } from 'vitest';
import { writeLetterTo, type WrittenLetter } from '../../src/report/letters/letter.js';
import { lettersPage } from '../../src/report/letters/letters-page.js';
import { problemsOfSettings, textFor, toWording } from '../../src/report/letters/wording.js';
import type { Profile } from '../../src/sync/person.js';

const OWN = {
  language: 'nl',
  address: 'https://korenaar.example',
  wording: { nl: { title: 'Welkom, {givenName}', text: 'Log in op {address}.\n\n{userName}\n{password}' } },
};

describe('the wording', () => {
  test.each(['en', 'nl', 'de', 'fr'])('of ours in %s says who, where, and with what', (language) => {
    for (const settings of [{ language }, { language, address: 'https://korenaar.example' }]) {
      expect(problemsOfSettings(settings)).toEqual([]);
      const letter = write(settings, {});
      expect(textOf(letter)).toContain('user-1');
      expect(textOf(letter)).toContain('Geheim-1');
      expect(textOf(letter)).not.toMatch(/[{}]|undefined/);
      expect(textOf(letter).includes('https://korenaar.example')).toBe('address' in settings);
    }
  });

  test('is in the language of the person, else in that of the customer', () => {
    const wording = toWording({ language: 'nl' });
    expect(textFor(wording, 'de-AT').language).toBe('de');
    expect(textFor(wording, 'pl-PL').language).toBe('nl');
    expect(textFor(wording, undefined).language).toBe('nl');
    expect(textFor(toWording(null), undefined).language).toBe('en');
  });

  test("is the customer's own, where it has one", () => {
    expect(write(OWN, { givenName: 'Anna' })).toMatchObject({ title: 'Welkom, Anna', language: 'nl' });
    expect(write(OWN, { preferredLanguage: 'de-DE' }).title).toBe('Ihr Konto bei De Korenaar');
  });

  test('of somebody without a name calls them as they log in', () => {
    expect(write({}, {}, 'user-1').name).toBe('user-1');
  });
});

describe('a wording that is not usable', () => {
  const problems = (title: string, text: string, rest: object = {}) =>
    problemsOfSettings({ wording: { nl: { title, text } }, ...rest }).map((problem) => problem.text);

  test('knows what a mistyped word was meant to be', () => {
    expect(problems('Hi', '{usrName} {userName} {password}')).toEqual([
      '{usrName} means nothing here. Did you mean "userName"?',
    ]);
    expect(problems('{nonsense}', '{userName} {password}')[0]).toContain('Known: name, givenName, userName');
  });

  test('is one with which nobody could log in', () => {
    expect(problems('Hi', 'Welcome, {userName}')).toEqual(['Without {password} nobody could log in.']);
    expect(problems('Hi', 'Welcome')).toHaveLength(2);
  });

  test('has a brace too many, an address that is not there, or a language that is none', () => {
    expect(problems('Hi', '{userName} {password} {')).toEqual(['A brace is not closed, or was not opened.']);
    expect(problems('Hi', '{userName} {password} {address}')).toEqual([
      'It says {address}, and no `address` is given.',
    ]);
    expect(problems('Your {password}', '{userName} {password}')).toEqual(['The password belongs into the text.']);
    expect(problemsOfSettings({ language: 'pl' })[0]).toMatchObject({ path: ['language'] });
    expect(problemsOfSettings({ wording: { Dutch: { title: 'x', text: '{userName}{password}' } } })).toMatchObject([
      { path: ['wording', 'Dutch'] },
    ]);
  });
});

describe('the page', () => {
  test('holds names and passwords as text, whatever signs are in them', () => {
    const odd = {
      userName: '<u>&',
      password: '{name}<b>"\'',
      profile: { givenName: '<script>x</script>' },
      location: '<i>',
    };
    const letter = writeLetterTo(toWording(null), 'De <Korenaar>', odd);
    const page = lettersPage({ customer: 'De <Korenaar>', letters: [letter], above: '' });
    expect(page).not.toMatch(/<script|<u>|<b>"|<i>|<Korenaar/);
    expect(page).toContain('<b class="typed">{name}&lt;b&gt;&quot;&#39;</b>');
  });

  test('keeps the blanks beside what is filled in', () => {
    const page = lettersPage({ customer: 'x', letters: [write({}, { givenName: 'Anna' })], above: '' });
    expect(page).toContain('Dear Anna,');
    expect(page).toContain('User name: <b class="typed">user-1</b><br>');
  });

  test('begins each location with the names, to tick off', () => {
    const letters = ['Arnhem', 'Delft', 'Delft'].map((location, index) => ({
      ...write({}, { givenName: `Person${index}` }),
      location,
    }));
    const page = lettersPage({ customer: 'De Korenaar', letters, above: '' });
    expect(page).toContain('3 letters of De Korenaar, for 2 locations');
    expect(page.match(/class="sheet cover"/g)).toHaveLength(2);
    expect(page).toMatch(/<h2>Delft<\/h2>\n<p>2 letters<\/p>\n<ul>\n<li>Person1<\/li>\n<li>Person2<\/li>/);
  });
});

function write(settings: object, profile: Profile, userName = 'user-1'): WrittenLetter {
  const addressee = { userName, password: 'Geheim-1', profile, location: 'Delft' };
  return writeLetterTo(toWording(settings), 'De Korenaar', addressee);
}

function textOf({ title, paragraphs }: WrittenLetter): string {
  const lines = paragraphs.flatMap((paragraph) => paragraph.map((pieces) => pieces.map(({ text }) => text).join('')));
  return [title, ...lines].join('\n');
}
