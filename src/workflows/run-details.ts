import { decidedWords, heldParts } from './decisions.js';
import type { KindProgress, RunOrder, RunProgress } from './messages.js';

/** The page a project manager reads in the Temporal UI: counts and what to do, nothing about a person. */
export function renderDetails(order: RunOrder, run: RunProgress): string {
  return [
    `# ${order.customer}, run ${run.number} (${order.kind}${purposeWords(order)})`,
    headline(run),
    ...run.steps.map(({ step, note }) => `- ✅ **${step}**: ${note}`),
    ...(run.step === 'reported' ? [] : [`- ⏳ **${run.step}**`]),
    '',
    ...changesTable(run.kinds),
    ...howToDecide(run),
    ...run.approvals.map(
      (decision) => `- ${decision.by} decided about ${decidedWords(decision)}${said(decision.comment)}`,
    ),
    ...refusedMessages(run),
    '',
    `Everything by person: \`usersync sync report ${order.customer} --run ${run.number}\``,
  ].join('\n');
}

function purposeWords({ undo, reconcile, only, asPlanned, activate }: RunOrder): string {
  if (activate !== undefined) return `, makes version ${activate.version} of the mapping the active one`;
  if (undo !== undefined) return `, undoes run ${undo}`;
  if (reconcile !== undefined) return `, compares the network with what was written`;
  if (asPlanned !== undefined) return `, as planned by run ${asPlanned}`;
  return only === undefined ? '' : `, only for pilot ${only}`;
}

function headline(run: RunProgress): string {
  if (run.problem !== null) return `❌ **${run.problem}**\n`;
  if (run.step === 'waiting for approval') return '✋ **A guard held changes: they wait for a decision.**\n';
  if (run.frozen !== undefined) return `❄️ **The customer is ${frozenWords(run.frozen)}**\n`;
  return run.step === 'reported' ? '✅ **Finished.**\n' : `⏳ **${run.step}**\n`;
}

export function frozenWords({ until, by }: NonNullable<RunProgress['frozen']>): string {
  return `frozen until ${until.slice(0, 16)}Z by ${by}: planned, and nothing applied. Everybody stays due.`;
}

function changesTable(kinds: readonly KindProgress[]): readonly string[] {
  if (kinds.length === 0) return ['No changes.'];
  return [
    tableRow(['change', 'planned', 'done', 'failed', 'skipped', 'held', 'refused']),
    '|---|---:|---:|---:|---:|---:|---:|',
    ...kinds.map(({ kind, planned, done, failed, skipped, held, refused }) =>
      tableRow([kind.replaceAll('_', ' '), planned, done, failed, skipped, held, refused]),
    ),
  ];
}

/** The UI draws tables without any room between the columns, so the cells bring their own. */
function tableRow(cells: readonly (string | number)[]): string {
  return `| ${cells.map((cell) => `${cell}\u2003`).join(' | ')} |`;
}

function howToDecide(run: RunProgress): readonly string[] {
  if (run.step !== 'waiting for approval') return [];
  const parts = heldParts(run);
  const guards = [...new Set(parts.map(({ guard }) => guard))];
  return [
    '',
    ...guards.flatMap((guard) => (guard === null ? [] : [guard, ''])),
    '**To decide**, send the update or signal `approve` or `refuse` with one JSON value:',
    '',
    ...parts.map(
      (part) =>
        `- ${part.changes} × ${part.with.replaceAll('_', ' ')}: \`{"by": "your id", "kind": "${part.with}", "comment": "why"}\``,
    ),
  ];
}

function refusedMessages({ refusedMessages: texts, refusedBefore }: RunProgress): readonly string[] {
  const before = refusedBefore === 0 ? [] : [`- ⚠️ ${refusedBefore} earlier messages were refused.`];
  return [...before, ...texts.map((text) => `- ⚠️ A message was refused: ${text}`)];
}

function said(comment: string | undefined): string {
  return comment === undefined || comment === '' ? '' : `: ${comment}`;
}
