import type { TestLeftOverFacts } from '../facts.js';
import type { MailText } from '../letter.js';
import { inEnglish } from './frame.js';

export function testLeftOver(facts: TestLeftOverFacts): MailText {
  const { customer, customerName, test, leftOver } = facts;
  return inEnglish(facts, `Not everything of test ${test} is removed (${customerName})`, [
    `Test ${test} of ${customerName} on an anonymised copy is over, and something of it could not be removed.`,
    { table: [['What is left', leftOver]] },
    'As long as anything is left, the User Sync of this customer is not released. It is tried again every ten minutes.',
    `See what is left: usersync test show ${customer} ${test}`,
    `Once you have removed it by hand: usersync test clear ${customer} ${test}`,
  ]);
}
