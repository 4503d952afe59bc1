import type { LettersFacts } from '../facts.js';
import type { MailText } from '../letter.js';
import { timeWords } from './dates.js';
import { howToAnswer, inEnglish } from './frame.js';

export function letters(facts: LettersFacts): MailText {
  const { letters: count, link, validUntil, timeZone, customerName } = facts;
  const many = count === 1 ? 'One letter' : `${count} letters`;
  return inEnglish(facts, `Letters with temporary passwords, to be printed (${customerName})`, [
    `${many} with user names and temporary passwords are ready, for people who cannot be invited by e-mail.`,
    `They are behind this link, which opens them once: ${link}`,
    {
      table: [
        [
          'What we ask',
          'Open the link at a printer that nobody else uses, print the letters, and hand them out in closed envelopes.',
        ],
        ['Why', 'Whoever reads a letter can log in as the person it is to.'],
        ['Until', timeWords(validUntil, timeZone)],
        ['How to answer', howToAnswer(facts)],
      ],
    },
    'Do not forward this mail. If the link does not work, tell us at once: somebody else may have used it.',
  ]);
}
