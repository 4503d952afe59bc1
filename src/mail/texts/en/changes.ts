import type {
  ChangeClockFacts,
  ChangeClosedFacts,
  ChangeDateFacts,
  ChangeFiledFacts,
  ChangeProposalFacts,
  ChangeWaitsFacts,
} from '../facts.js';
import type { MailText, Piece } from '../letter.js';
import { dayWords, timeWords } from './dates.js';
import { howToAnswer, inEnglish } from './frame.js';

export function changeFiled(facts: ChangeFiledFacts): MailText {
  const { number, size, reason, promised, due, timeZone, customerName } = facts;
  return inEnglish(facts, `Change ${number} is filed (${customerName})`, [
    `Your wish is known as change ${number}. We take it as ${size}: ${reason}`,
    {
      table: [
        ['What we promise', promised],
        ['Until', timeWords(due, timeZone)],
      ],
    },
    'While we wait for an answer of yours, that time stands still.',
    `Is it larger or smaller than we think? ${howToAnswer(facts)}`,
  ]);
}

export function changeDate(facts: ChangeDateFacts): MailText {
  const { number, date, isAgreed, timeZone, customerName } = facts;
  const day = dayWords(date, timeZone);
  if (isAgreed) {
    return inEnglish(facts, `Change ${number}: done by ${day} (${customerName})`, [
      `It is agreed that change ${number} is done by ${timeWords(date, timeZone)}.`,
      `Does that date not suit you any more? ${howToAnswer(facts)}`,
    ]);
  }
  return inEnglish(facts, `Change ${number}: is ${day} good for you? (${customerName})`, [
    `It is proposed that change ${number} is done by ${timeWords(date, timeZone)}. It counts when both sides agree.`,
    `Is it good, or would another day be better? ${howToAnswer(facts)}`,
  ]);
}

export function changeProposal(facts: ChangeProposalFacts): MailText {
  const { number, version, run, differences, effects, closed, customerName, manager } = facts;
  return inEnglish(facts, `Change ${number}: please look at version ${version} of the mapping (${customerName})`, [
    `For change ${number} we have made version ${version} of the mapping. Nothing is changed before you approve it.`,
    ...listUnder('What is different in it:', differences),
    ...listUnder('What that means for your people today:', effects),
    ...listUnder('Groups that nobody is in any more:', closed),
    `It was tried on your last employee record without changing anything (dry run ${run}).`,
    `To approve: tell ${manager.name} that you approve version ${version}, and add the code that you get in a mail of its own. The code is yours and counts for version ${version} only.`,
    `Is something not as you meant it? ${howToAnswer(facts)}`,
  ]);
}

export function changeClock(facts: ChangeClockFacts): MailText {
  const { number, isBroken, promised, due, step, timeZone, customerName } = facts;
  const subject = isBroken
    ? `Change ${number}: the promise is broken (${customerName})`
    : `Change ${number}: three quarters of the time are over (${customerName})`;
  return inEnglish(facts, subject, [
    isBroken
      ? `Change ${number} was promised within ${promised}, and that time is over.`
      : `Change ${number} is promised within ${promised}, and three quarters of that time are over.`,
    {
      table: [
        ['Until', timeWords(due, timeZone)],
        ['Where it stands', step],
      ],
    },
    'While the customer is waited for, the time stands still: this was counted without it.',
  ]);
}

export function changeWaits(facts: ChangeWaitsFacts): MailText {
  const { number, waits, since, isEscalation, timeZone, customerName } = facts;
  const waited = `Change ${number} has been waiting since ${timeWords(since, timeZone)} for ${waits}.`;
  return isEscalation
    ? inEnglish(facts, `Change ${number}: the customer does not answer (${customerName})`, [
        waited,
        'A reminder did not help. Its time stands still meanwhile; a call may.',
      ])
    : inEnglish(facts, `Change ${number} waits for you (${customerName})`, [
        waited,
        'As long as it waits, nothing is changed in your network.',
        `Can you help us on? ${howToAnswer(facts)}`,
      ]);
}

export function changeClosed(facts: ChangeClosedFacts): MailText {
  const { number, status, words, kept, customerName } = facts;
  return inEnglish(facts, `Change ${number} is ${status} (${customerName})`, [
    words,
    ...(kept === null
      ? []
      : [kept ? 'It was done in the time that we promised.' : 'It took longer than we had promised.']),
    `Is something not as it should be? ${howToAnswer(facts)}`,
  ]);
}

function listUnder(title: string, list: readonly string[]): readonly Piece[] {
  return list.length === 0 ? [] : [title, { list }];
}
