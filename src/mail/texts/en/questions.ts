import type { AnswerFacts, QuestionFacts } from '../facts.js';
import type { MailText } from '../letter.js';
import { dayWords, timeWords } from './dates.js';
import { howToAnswer, inEnglish, personWords } from './frame.js';

export function question(facts: QuestionFacts): MailText {
  const { askedBy, due, timeZone, customerName } = facts;
  return inEnglish(facts, `A question for you, until ${dayWords(due, timeZone)} (${customerName})`, [
    `${personWords(askedBy)} has a question for you about the User Sync:`,
    { quote: facts.question },
    {
      table: [
        ['What we ask', 'Your answer to this question.'],
        ['Why', 'What depends on it waits, and the longer an answer takes, the longer the implementation takes.'],
        ['Until', timeWords(due, timeZone)],
        ['How to answer', howToAnswer(facts)],
      ],
    },
  ]);
}

export function answer(facts: AnswerFacts): MailText {
  return inEnglish(facts, `An answer to your question (${facts.customerName})`, [
    `${personWords(facts.answeredBy)} has answered your question about the User Sync. You asked:`,
    { quote: facts.question },
    'The answer:',
    { quote: facts.answer },
    `Is it not what you need? ${howToAnswer(facts)}`,
  ]);
}
