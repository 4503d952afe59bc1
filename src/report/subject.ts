import type { ReportedChange } from './run-report.js';

/** `0004711 Anna de Vries`, or the network where a change is about nobody. */
export function subject({ xid, person }: Pick<ReportedChange, 'xid' | 'person'>): string {
  return [xid ?? 'the network', person].filter((part) => part !== null).join(' ');
}
