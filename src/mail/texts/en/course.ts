import type { CancelledFacts, FinishedFacts, GoLiveMovedFacts } from '../facts.js';
import type { MailText, Piece } from '../letter.js';
import { dayWords } from './dates.js';
import { howToAnswer, inEnglish } from './frame.js';

export function goLiveMoved(facts: GoLiveMovedFacts): MailText {
  const { before, now, reasons, timeZone, customerName } = facts;
  return inEnglish(facts, `New go-live date: ${dayWords(now, timeZone)} (${customerName})`, [
    'The date on which your network goes live with the User Sync has moved.',
    {
      table: [
        ['New date', dayWords(now, timeZone)],
        ['Before', dayWords(before, timeZone)],
      ],
    },
    'Why:',
    { list: reasons },
    `Is the new date a problem? ${howToAnswer(facts)}`,
  ]);
}

export function finished(facts: FinishedFacts): MailText {
  const { frequency, summary, customerName } = facts;
  return inEnglish(facts, `The User Sync runs (${customerName})`, [
    `The implementation is finished. From now on the User Sync brings your network up to date: ${frequency}.`,
    ...listUnder('How it went:', summary),
    `Does something change in your organisation, such as a new location? ${howToAnswer(facts)}`,
  ]);
}

export function cancelled(facts: CancelledFacts): MailText {
  const { reason, removed, kept, customerName } = facts;
  return inEnglish(facts, `The implementation was cancelled (${customerName})`, [
    'The implementation of the User Sync was cancelled. You need not do anything for it any more.',
    { table: [['Why', reason]] },
    ...listUnder('What we made and have removed:', removed),
    ...listUnder('What stays:', kept),
    `Do you have a question about this? ${howToAnswer(facts)}`,
  ]);
}

function listUnder(title: string, list: readonly string[]): readonly Piece[] {
  return list.length === 0 ? [] : [title, { list }];
}
