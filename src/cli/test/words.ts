import { renderTable } from '../../report/table.js';
import type { TestProgress } from '../../workflows/testing/messages.js';

/** Where a test stands, for people. */
export function progressText(customer: string, number: number, progress: TestProgress): string {
  return [
    `Test ${number} of ${customer}: ${progress.outcome ?? progress.step}.`,
    ...(progress.problem === null ? [] : [progress.problem]),
    ...(progress.leftOver === null ? [] : [`Not everything is removed yet: ${progress.leftOver}.`]),
    checksText(progress.checks),
    ...(progress.step === 'waiting for approval'
      ? [
          `The report: usersync test report ${customer} ${number}`,
          `To decide: usersync test approve ${customer} ${number} --by CONTACT, one of the customer and one of Speakap.`,
          ...(progress.toAccept.length === 0
            ? []
            : [
                `The customer's adds --accept COMBINATION for each of ${progress.toAccept.length}, or --accept all: "usersync test show ${customer} ${number}" lists what still points to few people.`,
              ]),
        ]
      : []),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

export function checksText(checks: TestProgress['checks']): string {
  if (checks.length === 0) return '';
  const rows = checks.map(({ words, lookedAt, differences }) => [words, String(lookedAt), String(differences)]);
  return renderTable({ head: ['check', 'looked at', 'differences'], right: [1, 2] }, rows);
}
