import { isDate } from '../../onboarding/calendar/dates.js';
import { dateAt, isTimeZone } from '../../onboarding/calendar/zones.js';
import { doubles, looseDocument, type CrossProblem, type LooseDocument } from './loose-document.js';

/** What the plan says that cannot be, or that the rest of the file contradicts. */
export function planProblems(value: unknown, now: Date): readonly CrossProblem[] {
  const document = looseDocument(value);
  const { onboarding } = document;
  if (onboarding === undefined) return [];
  const path = ['onboarding'];
  const holidays = onboarding.holidays ?? [];
  return [
    ...pastStart(document, now),
    ...sourceProblems(document),
    ...doubles(holidays, (day) => day).map(({ at, key }) => ({
      ...{ path: [...path, 'holidays', at], text: `${key} is among the holidays above already.` },
    })),
  ];
}

/** Today is where the customer is. Without a time zone that is known, nobody can tell. */
function pastStart({ onboarding, timeZone }: LooseDocument, now: Date): readonly CrossProblem[] {
  const start = onboarding?.start;
  const today = timeZone !== undefined && isTimeZone(timeZone) ? dateAt(now.toISOString(), timeZone) : null;
  if (start === undefined || today === null || !isDate(start) || start >= today) return [];
  const text = `${start} is past: today is ${today} in ${timeZone}. Choose today or later.`;
  return [{ path: ['onboarding', 'start'], text }];
}

/** Files come by SFTP, from our own drop or a server of the customer's; everything else is a real-time connection. */
function sourceProblems({ source, onboarding }: LooseDocument): readonly CrossProblem[] {
  const kind = source?.kind;
  const wanted = onboarding?.source;
  if (kind === undefined || wanted === undefined || isByFile(kind) === (wanted === 'sftp')) return [];
  const text = `The record comes by ${wanted} here, and \`source\` is of the kind ${kind}. Leave \`source\` out until access is agreed on, or mend one of them.`;
  return [{ path: ['onboarding', 'source'], text }];
}

export function isByFile(kind: string): boolean {
  return kind === 'drop' || kind === 'sftp';
}
