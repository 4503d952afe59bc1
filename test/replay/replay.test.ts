import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { describe, expect, test } from 'vitest';
import { createLogger } from '../../src/log.js';
import { installRuntime } from '../../src/temporal/runtime.js';
import { csvOf, madeUpPeople } from '../support/people.js';
import { collectTexts } from '../support/history-texts.js';
import { keptHistories, type History } from './histories.js';
import { recordHistories } from './recording.js';

/** `scripts/record-histories.ts` sets it: names of parts with commas between them, or nothing for all. */
const toRecord = process.env['USERSYNC_RECORD_HISTORIES'];

/** How each history replays: null, or what stands in the way. */
async function replay(workflows: string): Promise<ReadonlyMap<string, Error | null>> {
  await installRuntime(createLogger('silent'), false);
  const workflowsPath = fileURLToPath(new URL(workflows, import.meta.url));
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const results = new Map<string, Error | null>();
  for (const { workflowId: name, history } of await keptHistories()) {
    results.set(name, await replayOne(code, history));
  }
  return results;
}

/** Under the id that it had: an onboarding looks whether it has the one of its customer. */
async function replayOne(code: string, history: History): Promise<Error | null> {
  const id = history.events?.[0]?.workflowExecutionStartedEventAttributes?.workflowId;
  try {
    await Worker.runReplayHistory({ workflowBundle: { code } }, history, id ?? undefined);
    return null;
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Runs of every kind, kept as they went: what a worker of this version meets when it takes over from the last one. */
describe('recorded histories', () => {
  if (toRecord !== undefined) {
    const names = toRecord.split(',').filter((name) => name !== '');
    test('are recorded anew from real runs', () => recordHistories(names), 600_000);
  }

  test('replay with the workflows of today', async () => {
    const results = await replay('../../src/workflows/index.ts');
    expect([...results].filter(([, error]) => error !== null)).toEqual([]);
    expect([...results.keys()].map((name) => name.split('.')[0])).toEqual(expect.arrayContaining(KINDS));
  });

  test('do not replay with a workflow that does something else', async () => {
    const results = await replay('programs/changed-workflows.ts');
    const changed = [...results].filter(([name]) => !name.startsWith('starter'));
    expect(changed.filter(([, error]) => !(error instanceof DeterminismViolationError))).toEqual([]);
    expect(changed.length).toBeGreaterThan(20);
  });

  test('hold nothing of a record and nothing of the machine they were recorded on', async () => {
    const cells = new Set(
      csvOf(madeUpPeople(1, 31))
        .split(/[;\r\n]+/)
        .filter((cell) => /\D/.test(cell)),
    );
    for (const header of ['Id', 'First', 'Last', 'Mail', 'Unit', 'Department', 'Title', 'Status', 'Active', ''])
      cells.delete(header);
    expect(cells.size).toBeGreaterThan(90);
    for (const { workflowId, history } of await keptHistories()) {
      const texts = [...collectTexts(history).all].join('\n');
      expect(
        [...cells].filter((cell) => texts.includes(cell)),
        workflowId,
      ).toEqual([]);
      expect(texts, workflowId).not.toMatch(/\/(work|home|root|tmp|Users|usr)\/|file:|node_modules|\d@/);
    }
  });
});

const KINDS = [
  'activating-run',
  'change-continued-as-new-1',
  'change-small',
  'change-structural',
  'change-withdrawn',
  'concept-approved',
  'concept-left-open',
  'concept-rejected',
  'concept-withdrawn',
  'onboarding-cancelled',
  'onboarding-cancelled-in-temporal',
  'onboarding-continued-as-new-1',
  'onboarding-continued-as-new-2',
  'onboarding-whole',
  'approved-by-update',
  'cancelled-while-applying',
  'cancelled-while-waiting',
  'continued-as-new-1',
  'continued-as-new-2',
  'dry-run',
  'of-a-version',
  'pilot',
  'reconcile-repair',
  'reconcile-report',
  'failed',
  'frozen',
  'first-sync',
  'quiet-day',
  'refused-by-signal',
  'release-stopped',
  'release-whole',
  'rejected',
  'starter',
  'starter-that-waited',
  'superseded',
  'undo',
  'undo-planned',
];
