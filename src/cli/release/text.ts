import type { ReleaseProgress } from '../../workflows/release/messages.js';
import type { Paint } from '../../report/paint.js';
import { renderFields, renderTable } from '../../report/table.js';

export interface ReleaseFactsShown {
  readonly customer: string;
  readonly release: number;
  readonly status: string;
  readonly mapping: number;
  readonly goLiveAt: Date | null;
  readonly problem: string | null;
}

/** A release for the terminal; `progress` is null as long as it was not begun. */
export function renderRelease(facts: ReleaseFactsShown, progress: ReleaseProgress | null, paint: Paint): string {
  return [
    renderFields(fieldsOf(facts, progress), paint),
    ...(progress === null ? [] : [checklist(progress, paint), waves(progress, paint), ...lines(facts, progress)]),
  ]
    .filter((part) => part !== '')
    .join('\n\n');
}

function fieldsOf(
  { customer, release, status, mapping, goLiveAt, problem }: ReleaseFactsShown,
  progress: ReleaseProgress | null,
): readonly (readonly [string, string])[] {
  const goLive = goLiveAt === null ? 'as soon as it is approved' : goLiveAt.toISOString();
  const paused = progress?.paused ?? null;
  return [
    ['release', `${release} of ${customer}, mapping ${mapping}`],
    ['status', progress === null ? status : `${status}: ${progress.step}`],
    ['go-live', progress?.goLiveWords ?? goLive],
    ...(paused === null ? [] : [['paused', `by ${paused.by}: ${paused.comment}`] as const]),
    ...(problem === null ? [] : [['problem', problem] as const]),
    ...(progress === null
      ? []
      : [['left out', progress.leftOut.length === 0 ? 'nothing' : progress.leftOut.join(', ')] as const]),
  ];
}

function checklist({ checklist: items }: ReleaseProgress, paint: Paint): string {
  if (items.length === 0) return '';
  const rows = items.map(({ item, isOk, words, mend, completed }) => {
    if (completed !== null) return [item, 'completed', `by ${completed.by}: ${completed.comment}`, ''];
    return [item, isOk ? 'ok' : 'open', words, mend ?? ''];
  });
  return renderTable({ head: ['checklist', 'state', 'what is so', 'to mend'], widths: { 2: 40, 3: 40 } }, rows, paint);
}

function waves({ waves: all }: ReleaseProgress, paint: Paint): string {
  if (all.length === 0) return '';
  const rows = all.map(({ wave, name, part, parts, people, approved, status, note }) => [
    ...[`${wave}. ${name}`, `${part} of ${parts}`, String(people)],
    ...[approved === null ? '' : changesOf(approved.kinds), note ?? status],
  ]);
  const shape = { head: ['wave', 'part', 'people', 'approved', 'state'], right: [2], widths: { 3: 30, 4: 40 } };
  return renderTable(shape, rows, paint);
}

function lines({ customer }: ReleaseFactsShown, progress: ReleaseProgress): readonly string[] {
  const { shown, step, watched, approvals, notes, refusedMessages } = progress;
  const asked =
    step !== 'waiting for approval' || shown === null
      ? []
      : [
          `To approve: the plan of run ${shown.plan}, ${changesOf(shown.kinds)}, ${shown.groups} groups. ${shown.why ?? ''}`.trim(),
          `usersync release approve ${customer} --by CONTACT --plan ${shown.plan}`,
        ];
  const said = [
    ...watched.map(({ run, words }) => `Run ${run} ${words}`),
    ...approvals.map(({ by, side, plan }) => `${by} (${side}) approved the plan of run ${plan}.`),
    ...notes.map((note) => `${note}.`),
    ...refusedMessages.map((sentence) => `Refused: ${sentence}`),
    ...asked,
  ];
  return said.length === 0 ? [] : [said.join('\n')];
}

function changesOf(kinds: Readonly<Record<string, number>>): string {
  const words = Object.entries(kinds).map(([kind, count]) => `${count} ${kind}`);
  return words.length === 0 ? 'no changes' : words.join(', ');
}
