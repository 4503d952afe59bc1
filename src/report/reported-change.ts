import type { Change } from '../sync/change.js';
import type { Profile } from '../sync/person.js';
import { changeWords, personWords } from './change-words.js';
import type { ReportedChange } from './run-report.js';

/** A change as it is kept. */
export interface KeptChange {
  readonly seq: number;
  readonly status: string;
  readonly xid: string | null;
  readonly change: Change;
  readonly guard: string | null;
  readonly decidedBy: string | null;
  readonly problem: string | null;
  /** Of the person it is about, as last written; null when nothing was written yet. */
  readonly profile: Profile | null;
}

/** Puts a kept change into words. */
export function toReportedChange({ change, profile, ...kept }: KeptChange): ReportedChange {
  const { reason } = change;
  return {
    ...kept,
    kind: change.kind,
    person: personWords(change.kind === 'create' ? change.person.profile : profile),
    what: changeWords(change),
    why: reason.text,
    rule: reason.rule,
    line: reason.line ?? null,
    rows: reason.rows,
  };
}
