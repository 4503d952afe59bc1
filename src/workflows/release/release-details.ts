import type { KindCounts } from '../../release/types.js';
import type { ReleaseOrder, ReleaseProgress, WaveProgress } from './messages.js';

/** The page that a project manager reads in the Temporal UI: counts and what to do, nothing about a person. */
export function renderRelease({ customer, number }: ReleaseOrder, progress: ReleaseProgress): string {
  return [
    `# ${customer}, release ${number}`,
    headline(progress),
    ...planLines(progress),
    ...wavesTable(progress.waves),
    ...checklistLines(progress),
    ...progress.watched.map(({ run, words }) => `- 👀 run ${run} ${words}`),
    ...progress.notes.map((sentence) => `- ${sentence}`),
    ...progress.approvals.map(
      ({ by, side, plan, comment }) => `- ${by} (${side}) approved the plan of run ${plan}${said(comment)}`,
    ),
    ...(progress.accepted === null ? [] : [`- ${progress.accepted.by} accepted${said(progress.accepted.comment)}`]),
    ...progress.refusedMessages.map((sentence) => `- ⚠️ refused: ${sentence}`),
    '',
    `Left out: ${progress.leftOut.length === 0 ? 'nothing' : progress.leftOut.join(', ')}.`,
    '',
    `Everything: \`usersync release show ${customer}\``,
  ].join('\n');
}

function headline({ step, paused, problem, outcome, shown }: ReleaseProgress): string {
  if (problem !== null) return `❌ **${problem}**\n`;
  if (outcome === 'accepted') return '✅ **The finalised User Sync is accepted, and runs every day.**\n';
  if (paused !== null)
    return `⏸️ **Paused by ${paused.by}: ${paused.comment}** \`resume\` goes on, \`stop\` ends it.\n`;
  if (step === 'waiting for approval') {
    const again = shown?.why ?? null;
    return `✋ **The customer and Speakap decide about the plan of run ${shown?.plan ?? 0}.**${again === null ? '' : ` ${again}`}\n`;
  }
  if (step === 'waiting for acceptance') return '✋ **The customer accepts the finalised User Sync: send `accept`.**\n';
  return `⏳ **${step}**\n`;
}

function planLines({ step, shown, mappingVersion, goLiveWords, options }: ReleaseProgress): readonly string[] {
  if (options === null) return [];
  const { tolerance, day } = options;
  return [
    `- go-live: ${goLiveWords}; waves begin from ${day.from} to ${day.until}; tolerance ${tolerance.percent} % and at least ${tolerance.floor}`,
    `- version ${mappingVersion} of the mapping`,
    ...(shown === null ? [] : [`- the plan of run ${shown.plan}: ${kindWords(shown.kinds)}, ${shown.groups} groups`]),
    ...(shown === null || step !== 'waiting for approval'
      ? []
      : [`- to approve: \`approve\` with \`{"by": "c-hr", "plan": ${shown.plan}, "code": "123456"}\``]),
    '',
  ];
}

function wavesTable(waves: readonly WaveProgress[]): readonly string[] {
  if (waves.length === 0) return [];
  return [
    '| wave\u2003 | part\u2003 | people\u2003 | approved\u2003 | state\u2003 |',
    '|---|---:|---:|---|---|',
    ...waves.map(
      ({ wave, name, part, parts, people, approved, status, note }) =>
        `| ${wave}. ${name}\u2003 | ${part} of ${parts}\u2003 | ${people}\u2003 | ${approved === null ? '' : kindWords(approved.kinds)}\u2003 | ${SIGNS[status]} ${note ?? status}\u2003 |`,
    ),
    '',
  ];
}

const SIGNS = { planned: '▫️', running: '⏳', done: '✅', interrupted: '⏸️' } as const;

function checklistLines({ checklist }: ReleaseProgress): readonly string[] {
  return checklist.map(({ item, isOk, words, mend, completed }) => {
    if (completed !== null) return `- ☑️ **${item}**: ${completed.by}: ${completed.comment}`;
    return isOk ? `- ✅ **${item}**: ${words}` : `- ◻️ **${item}**: ${words}. To mend: ${mend ?? ''}`;
  });
}

/** `40 create, 80 join` */
export function kindWords(kinds: KindCounts): string {
  const words = Object.entries(kinds).map(([kind, count]) => `${count} ${kind.replaceAll('_', ' ')}`);
  return words.length === 0 ? 'no changes' : words.join(', ');
}

function said(comment: string | null): string {
  return comment === null ? '' : `: ${comment}`;
}
