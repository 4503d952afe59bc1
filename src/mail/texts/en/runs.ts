import type { RunTroubleFacts } from '../facts.js';
import type { MailText } from '../letter.js';
import { inEnglish } from './frame.js';

export function runTrouble(facts: RunTroubleFacts): MailText {
  const { customer, customerName, run, problem, isPaused } = facts;
  return inEnglish(facts, `The daily sync needs you: run ${run} (${customerName})`, [
    `Run ${run} of ${customerName} did not do what it was to do.`,
    { table: [['What happened', problem]] },
    isPaused
      ? `The schedule is paused, since the next run would do the same. Look at the failures, then switch it on again: usersync schedule resume ${customer}`
      : 'The schedule goes on: the next delivery is tried at its time.',
    `Person by person: usersync sync report ${customer} --run ${run}`,
    'As long as the cause stays the same, you get no other mail about it.',
  ]);
}
