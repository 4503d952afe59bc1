import { plain, type Paint } from './paint.js';
import { renderTable } from './table.js';
import { countWords, durationWords, numberWords } from './words.js';

/** What a live run would ask of the network. */
export interface ReportedRequests {
  readonly counts: readonly { readonly what: string; readonly requests: number }[];
  readonly requests: number;
  /** At the network's allowed rate; null without a limit. */
  readonly seconds: number | null;
  /** With everything that a guard holds; null when nothing is held. */
  readonly ifApproved: { readonly requests: number; readonly seconds: number | null } | null;
}

/** The requests of a plan, with the time that they take at the network's rate. */
export function renderRequests(
  { counts, requests, seconds, ifApproved }: ReportedRequests,
  paint: Paint = plain,
): string {
  const rows = counts.map(({ what, requests }) => [what.replaceAll('_', ' '), numberWords(requests)]);
  const held =
    ifApproved === null
      ? []
      : [`With what is held: ${countWords(ifApproved.requests, 'request')}${timeWords(ifApproved.seconds)}.`];
  return [
    `${paint.title('Requests to the network')}, when everything goes well: ${numberWords(requests)}${timeWords(seconds)}`,
    renderTable({ head: ['for', 'requests'], right: [1] }, rows, paint),
    ...held,
  ].join('\n');
}

function timeWords(seconds: number | null): string {
  return seconds === null ? '; the network has no limit' : `, about ${durationWords(seconds * 1_000)} at its rate`;
}
