import { missingApprovals } from '../../onboarding/acts/agreements.js';
import { dayWords } from '../../onboarding/dates.js';
import type { Subject } from '../../onboarding/messages.js';
import { openQuestions } from '../../onboarding/owners.js';
import type { Approval, OnboardingState } from '../../onboarding/state.js';
import type { Paint } from '../../report/paint.js';
import { renderTable } from '../../report/table.js';
import { instantWords, numberWords } from '../../report/words.js';
import type { WholeOnboarding } from './read-onboarding.js';

/** Each answers the empty text when there is nothing of it. */

export function questions(state: OnboardingState, paint: Paint): string {
  const rows = openQuestions(state).map(({ id, by, to, due, about, text }) => {
    const isLate = state.schedule?.questions.some((entry) => entry.id === id && entry.late) === true;
    return [id, by, to, `${dayWords(due)}${isLate ? ', late' : ''}`, about ?? '', text];
  });
  const mark = (row: readonly string[]) => (row[3]?.endsWith('late') === true ? paint.bad : null);
  return table({ head: ['', 'from', 'to', 'due', 'waits for it', 'question'], widths: { 5: 60 }, mark }, rows, paint);
}

export function agreements(state: OnboardingState, paint: Paint): string {
  const { groups, mapping, release } = state;
  const shown = [
    { subject: 'groups', ...groups },
    { subject: 'mapping', words: mapping.iteration === 0 ? null : `concept ${mapping.iteration}`, ...mapping },
    { subject: 'release', ...release },
  ] as const;
  const rows = shown
    .filter(({ version }) => version !== null && version > 0)
    .map(({ subject, version, status, approvals, words }) => [
      ...[subject, String(version), status, approvals.map(approvalWords).join(', ')],
      status === 'open' ? missingApprovals(subject satisfies Subject, approvals) : '',
      words ?? '',
    ]);
  const head = ['what', 'version', 'state', 'approved by', 'still to approve', 'proposed'];
  return table({ head, right: [1], widths: { 3: 40, 5: 50 } }, rows, paint);
}

function approvalWords({ by, at, recordedBy }: Approval): string {
  return `${by} on ${dayWords(at.slice(0, 10))}${recordedBy === null ? '' : ` (written down by ${recordedBy})`}`;
}

export function leftOut({ leftOut: all }: OnboardingState, paint: Paint): string {
  const rows = all.map(({ item, by, at, reason }) => [item, by, dayWords(at.slice(0, 10)), reason]);
  return table({ head: ['business rule', 'by', 'on', 'why'], widths: { 3: 60 } }, rows, paint);
}

export function concepts({ concepts: all, customer }: WholeOnboarding, paint: Paint): string {
  const rows = all.map(({ iteration, version, sentAt, comments, result, decidedAt }) => [
    ...[String(iteration), String(version), instantWords(sentAt, customer.timeZone), String(comments)],
    result === null
      ? 'open, or withdrawn'
      : `${result}${decidedAt === null ? '' : `, ${instantWords(decidedAt, customer.timeZone)}`}`,
  ]);
  return table({ head: ['concept', 'version', 'sent', 'comments', 'result'], right: [0, 1, 3] }, rows, paint);
}

export function coverage({ coverage: all }: WholeOnboarding, paint: Paint): string {
  const rows = all.map(({ item, state, people, run, sentence }) => [
    ...[item, state, numberWords(people), run === null ? '' : String(run), sentence],
  ]);
  return table({ head: ['rule', 'state', 'people', 'run', 'how'], right: [2, 3], widths: { 4: 60 } }, rows, paint);
}

export function files({ files: all, customer }: WholeOnboarding, paint: Paint): string {
  const rows = all.map(({ item, fileName, bytes, deliveredBy, deliveredAt, usable }) => [
    ...[item, fileName, numberWords(bytes), deliveredBy, instantWords(deliveredAt, customer.timeZone)],
    usable ? 'usable' : 'not usable',
  ]);
  return table({ head: ['deliverable', 'file', 'bytes', 'from', 'when', ''], right: [2] }, rows, paint);
}

export function events({ events: all, customer }: WholeOnboarding, paint: Paint): string {
  const rows = all.map(({ at, by, recordedBy, via, what, about, text, refused }) => [
    instantWords(at, customer.timeZone),
    recordedBy === null ? by : `${by} (written down by ${recordedBy})`,
    refused ? `${what}, refused (${via})` : what,
    about ?? '',
    text ?? '',
  ]);
  const head = [`when (${customer.timeZone})`, 'who', 'what', 'about', ''];
  const mark = (row: readonly string[]) => (row[2]?.includes(', refused (') === true ? paint.attention : null);
  return table({ head, widths: { 1: 30, 4: 60 }, mark }, rows, paint);
}

function table(shape: Parameters<typeof renderTable>[0], rows: readonly (readonly string[])[], paint: Paint): string {
  return rows.length === 0 ? '' : renderTable(shape, rows, paint);
}
