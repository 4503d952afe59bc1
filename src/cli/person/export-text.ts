import { changeWords } from '../../report/change-words.js';
import { kindWords } from '../../report/kind-counts.js';
import { countWords, instantWords, oneLine } from '../../report/words.js';
import { groupWords } from '../../sync/plan/words.js';
import type { KnownPerson } from './known-person.js';

export interface ExportedPerson extends KnownPerson {
  readonly customer: { readonly slug: string; readonly name: string };
  readonly xid: string;
  readonly exportedAt: Date;
}

/** For the person to read: what is known, from where, what was done with it and why, and for how long it is kept. */
export function exportText(person: ExportedPerson, timeZone: string): string {
  const { customer, xid, exportedAt } = person;
  const at = (instant: Date): string => instantWords(instant, timeZone);
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['The employee record, as the HR system delivered it', recordLines(person)],
    ['The account at Speakap, as last written by this system', accountLines(person, at)],
    ['What was planned and done, and why', changeLines(person, at)],
    ['What failed in the last runs', failureLines(person, at)],
    ['What plans put off', waitLines(person, at)],
    ['What somebody should mend in the record', warningLines(person)],
    ['Letters with a temporary password', letterLines(person, at)],
    ['Lists of people that somebody wrote', listLines(person, at)],
    ['Exceptions in the rules that name the person', exceptionLines(person)],
    ['Encrypted files that may hold the person', sealedLines(person, at)],
  ];
  const head = `${customer.name} (${customer.slug}), XID ${xid}, as kept on ${at(exportedAt)} (${timeZone})`;
  const body = sections.map(([title, lines]) =>
    [`${title}:`, ...(lines.length === 0 ? ['  nothing'] : lines.map((line) => `  ${oneLine(line)}`))].join('\n'),
  );
  return [oneLine(head), ...body, ELSEWHERE].join('\n\n');
}

const ELSEWHERE =
  'Temporal, logs and metrics hold nothing about people. What Speakap itself keeps of the account is exported from the network.';

function recordLines({ records }: ExportedPerson): readonly string[] {
  return records.flatMap(({ row, fields }) => [
    `row ${row}${fields === null ? ', which could not be read' : ''}`,
    ...Object.entries(fields ?? {}).map(([column, value]) => `  ${column}: ${value}`),
  ]);
}

function accountLines({ link, due }: ExportedPerson, at: (instant: Date) => string): readonly string[] {
  const waiting = due === null ? [] : [dueLine(due, at)];
  if (link === null) return waiting;
  const { written, state, userName, scimId, userEid, hasTemporaryPassword, invitedAt, suspendedAt, updatedAt } = link;
  return [
    `state: ${state}, written on ${at(updatedAt)}`,
    `user name: ${userName}`,
    `ids at Speakap: ${[scimId, userEid].filter((id) => id !== null).join(', ') || 'none yet'}`,
    ...Object.entries(written.profile).map(([field, value]) => `${field}: ${value}`),
    `role in the network: ${written.networkRole}`,
    ...Object.values(written.memberships).map(({ group, role }) => `${groupWords(group)}: ${role}`),
    `invited: ${invitedAt === null ? 'no' : `${at(invitedAt)}, as ${written.audience}`}`,
    ...(suspendedAt === null ? [] : [`suspended: ${at(suspendedAt)}`]),
    ...(hasTemporaryPassword ? ['a temporary password is kept, encrypted, until its letter is handed over'] : []),
    ...waiting,
  ];
}

function dueLine({ reason, dueAt }: NonNullable<ExportedPerson['due']>, at: (instant: Date) => string): string {
  return `looked at next from ${dueAt === null ? 'a day that is not known' : at(dueAt)} on: ${reason}`;
}

function changeLines({ changes }: ExportedPerson, at: (instant: Date) => string): readonly string[] {
  return changes.map(({ run, runKind, startedAt, status, change, guard, decidedBy, problem }) => {
    const notes = [
      ...(guard === null ? [] : [`guard: ${guard}`]),
      ...(decidedBy === null ? [] : [`decided by ${decidedBy}`]),
      ...(problem === null ? [] : [problem]),
    ];
    const what = `run ${run} (${runKind}, ${at(startedAt)}), ${status}: ${changeWords(change)}, because ${change.reason.text}`;
    return [what, ...notes].join('; ');
  });
}

function failureLines({ failing }: ExportedPerson, at: (instant: Date) => string): readonly string[] {
  return failing.map(({ kind, problem, runs, since, givenUpAt }) => {
    const givenUp = givenUpAt === null ? '' : `, given up on ${at(givenUpAt)}`;
    return `${kindWords(kind)}: failed in ${countWords(runs, 'run')} in a row since ${at(since)}${givenUp}; ${problem}`;
  });
}

function warningLines({ warnings }: ExportedPerson): readonly string[] {
  return warnings.map(({ run, rows, column, text }) => {
    const place = [
      ...(rows.length === 0 ? [] : [`rows ${rows.join(', ')}`]),
      ...(column === null ? [] : [`column ${column}`]),
    ];
    return `run ${run}${place.length === 0 ? '' : `, ${place.join(', ')}`}: ${text}`;
  });
}

function letterLines({ letters }: ExportedPerson, at: (instant: Date) => string): readonly string[] {
  return letters.map(({ bundle, contactId, madeBy, createdAt, shownAt, outcome }) => {
    const opened = shownAt === null ? 'not opened' : `opened ${at(shownAt)}`;
    return `letters ${bundle}, made ${at(createdAt)} by ${madeBy} for ${contactId}, ${opened}${outcome === null ? '' : `, ${outcome}`}`;
  });
}

function waitLines({ waits }: ExportedPerson, at: (instant: Date) => string): readonly string[] {
  return waits.map(({ run, until, reason }) => {
    const end = until === null ? 'until the next accepted delivery' : `until ${at(until)}`;
    return `run ${run}: ${end}, ${reason}`;
  });
}

function listLines({ lists }: ExportedPerson, at: (instant: Date) => string): readonly string[] {
  return lists.map(({ what, by, at: written, comment }) => {
    const about = what === 'pilot' ? 'whom a run or a wave is for' : 'about whom somebody decided what was held';
    return `${about}, by ${by} on ${at(written)}${comment === null || comment === '' ? '' : `: ${comment}`}`;
  });
}

function exceptionLines({ exceptions }: ExportedPerson): readonly string[] {
  return exceptions.map(({ version, status }) => `version ${version} of the mapping (${status})`);
}

function sealedLines({ sealed }: ExportedPerson, at: (instant: Date) => string): readonly string[] {
  if (sealed.length === 0) return [];
  return [
    `${countWords(sealed.length, 'file')} of the customer, each with the rows of many people:`,
    ...sealed.map(({ what, fileName, at: arrived, removedAfter }) => {
      const until =
        removedAfter === null
          ? 'until the customer is removed'
          : `until ${at(removedAfter)}, or a newer one is accepted after that`;
      return `${what} ${fileName}, of ${at(arrived)}, kept ${until}`;
    }),
  ];
}
