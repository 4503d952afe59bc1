import type { ChangeCount } from '../store/changes.js';
import type { ChangeKind } from '../sync/change.js';

/** What became of the changes of one kind. */
export interface KindCounts {
  readonly kind: ChangeKind;
  readonly planned: number;
  readonly done: number;
  readonly failed: number;
  readonly skipped: number;
  readonly held: number;
  readonly refused: number;
  /** Not done by this run any more; the next one plans them anew. */
  readonly expired: number;
}

/** One entry a kind, in the order in which they are applied. `planned` counts all of the kind, whatever became of them. */
export function countByKind(counts: readonly ChangeCount[]): readonly KindCounts[] {
  const kinds = [...new Set(counts.map(({ kind }) => kind))];
  return kinds.map((kind) => {
    const own = counts.filter((count) => count.kind === kind);
    const of = (status: ChangeCount['status']): number => own.find((count) => count.status === status)?.changes ?? 0;
    return {
      kind,
      planned: own.reduce((total, { changes }) => total + changes, 0),
      done: of('done'),
      failed: of('failed'),
      skipped: of('skipped'),
      held: of('held'),
      refused: of('refused'),
      expired: of('expired'),
    };
  });
}

/** `create group` */
export function kindWords(kind: ChangeKind): string {
  return kind.replaceAll('_', ' ');
}
