import type { ApprovalCodeFacts, ConceptFacts } from '../facts.js';
import type { MailText, Piece } from '../letter.js';
import { dayWords, timeWords } from './dates.js';
import { howToAnswer, inEnglish } from './frame.js';

export function conceptMapping(facts: ConceptFacts): MailText {
  const { version, documentName, due, timeZone, customerName, manager } = facts;
  const name = `version ${version} of the concept mapping`;
  return inEnglish(
    facts,
    `Concept mapping, version ${version}: your feedback until ${dayWords(due, timeZone)} (${customerName})`,
    [
      `Attached is ${name}, "${documentName}": what every column of your employee record becomes in your network, and which people land where.`,
      ...differenceWords(facts),
      {
        table: [
          ['What we ask', `Read ${name}, and approve it or tell us what should be different.`],
          ['Why', 'The User Sync does what the mapping says, so nothing is set up before you agree to it.'],
          ['Until', timeWords(due, timeZone)],
          ['How to answer', howToAnswer(facts)],
        ],
      },
      `To comment: every line of the document has an id. Name the line and what should be different there. You then get the next version, with what has changed.`,
      `To approve: tell ${manager.name} that you approve version ${version}, and add the code that you get in a mail of its own. The code is yours and counts for version ${version} only.`,
    ],
  );
}

export function approvalCode(facts: ApprovalCodeFacts): MailText {
  const { subject, code, validUntil, timeZone, customerName, manager } = facts;
  return inEnglish(facts, `Your code to approve: ${subject} (${customerName})`, [
    `With this code you approve one thing: ${subject}.`,
    { code },
    {
      table: [
        ['What we ask', `Give the code to ${manager.name} when you approve, and only then.`],
        ['Why', 'It shows that the approval is yours. It counts once, and for nothing else.'],
        ['Valid until', timeWords(validUntil, timeZone)],
        ['How to answer', howToAnswer(facts)],
      ],
    },
    'Do not forward this mail: whoever has the code can approve in your name.',
  ]);
}

function differenceWords({ differences, version }: ConceptFacts): readonly Piece[] {
  if (differences.length === 0) return [];
  return [`What is different from version ${version - 1}:`, { list: differences }];
}
