import type { ReportedChange, ReportedWarning, RunReport } from '../../src/report/run-report.js';
import type { RunFacts } from '../../src/report/run-counts.js';
import type { ChangeCount } from '../../src/store/changes.js';

export const STARTED = new Date('2026-03-02T04:30:00Z');

export function aCount(kind: ChangeCount['kind'], status: ChangeCount['status'], changes: number): ChangeCount {
  return { kind, status, changes, people: changes };
}

export function theFacts(facts: Partial<RunFacts> = {}): RunFacts {
  const endedAt = new Date(STARTED.getTime() + 12_300);
  return { kind: 'live', rows: 1000, people: 735, managed: 0, startedAt: STARTED, endedAt, ...facts };
}

export function aChange(change: Partial<ReportedChange> = {}): ReportedChange {
  return {
    seq: 1,
    status: 'done',
    kind: 'join',
    xid: '0004711',
    person: 'Anna de Vries',
    what: 'join department "Bakery"',
    why: 'the record says so (rule groups[1] in line 14, row 7)',
    rule: 'groups[1]',
    line: 14,
    rows: [7],
    guard: null,
    decidedBy: null,
    problem: null,
    ...change,
  };
}

export function aWarning(warning: Partial<ReportedWarning> = {}): ReportedWarning {
  return {
    stage: 'read',
    code: 'unreadable_row',
    xid: null,
    rows: [12],
    column: 'Email',
    text: 'Row 12 is odd.',
    ...warning,
  };
}

export function aReport(report: Partial<RunReport> = {}): RunReport {
  return {
    customer: { slug: 'korenaar', name: 'De Korenaar', timeZone: 'Europe/Amsterdam' },
    run: {
      ...{ number: 3, kind: 'live', status: 'done', requestedBy: 'schedule', undoes: null },
      ...{ reconciles: false, pilotId: null, asPlanned: null, frozenUntil: null },
      ...{ startedAt: STARTED, endedAt: STARTED, mappingVersion: 2, problem: null, removedAt: null },
    },
    steps: [],
    pace: null,
    delivery: {
      ...{ fileName: 'day-1.csv', status: 'accepted', receivedAt: STARTED },
      ...{ rows: 1000, people: 735, badRows: 1, reason: null },
    },
    counts: {
      ...{ read: 1000, people: 735, active: 383, groups: 4, created: 383, invited: 0, joined: 1149, roles: 9 },
      ...{ updated: 0, left: 0, suspended: 0, restored: 0, held: 0, failed: 0, skipped: 0, milliseconds: 12_300 },
    },
    kinds: [{ kind: 'join', planned: 1, done: 1, failed: 0, skipped: 0, held: 0, refused: 0, expired: 0 }],
    held: [],
    changes: [aChange()],
    totalChanges: 1,
    failures: [],
    givenUp: [],
    totalGivenUp: 0,
    warnings: [],
    totalWarnings: 0,
    ...report,
  };
}
