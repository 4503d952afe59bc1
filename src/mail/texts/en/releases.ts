import type { WatchedRunFacts } from '../facts.js';
import type { MailText } from '../letter.js';
import { inEnglish } from './frame.js';

export function watchedRun(facts: WatchedRunFacts): MailText {
  const { customer, customerName, run, words } = facts;
  return inEnglish(facts, `Run ${run} of the first days after the release (${customerName})`, [
    `Run ${run} of ${customerName} has ended. The first runs after a release are told to you one by one.`,
    { table: [['How it went', words]] },
    `Person by person: usersync sync report ${customer} --run ${run}`,
  ]);
}
