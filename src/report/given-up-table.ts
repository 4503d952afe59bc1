import { kindWords } from './kind-counts.js';
import type { RunReport } from './run-report.js';
import { subject } from './subject.js';
import { instantWords, numberWords, partWords } from './words.js';

export const GIVEN_UP_HEAD = ['who', 'change', 'runs', 'since', 'given up', 'problem'] as const;

/** `2 changes are given up` */
export function givenUpTitle({ givenUp, totalGivenUp }: Pick<RunReport, 'givenUp' | 'totalGivenUp'>): string {
  return `${partWords(givenUp.length, totalGivenUp, 'change')} given up`;
}

/** What no run tries any more, a row each. */
export function givenUpRows({
  givenUp,
  customer,
}: Pick<RunReport, 'givenUp'> & {
  readonly customer: Pick<RunReport['customer'], 'timeZone'>;
}): readonly (readonly string[])[] {
  return givenUp.map((entry) => [
    ...[subject(entry), kindWords(entry.kind), numberWords(entry.runs)],
    ...[instantWords(entry.since, customer.timeZone), instantWords(entry.givenUpAt, customer.timeZone)],
    entry.problem,
  ]);
}
