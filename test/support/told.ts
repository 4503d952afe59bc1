import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { collectTexts, type HistoryTexts } from './history-texts.js';
import type { World } from './world.js';

/** The namespace was tried out with a workflow that nobody knows. */
const OURS = `WorkflowType IN ('dailySync', 'startDailySync')`;

/**
 * Everything that Temporal tells of the world's workflows, text by text with payloads decoded: histories, search
 * attributes, memo, summaries, the details of today, and what is said of activities that are under way.
 */
export async function toldByTemporal({ temporal }: World): Promise<HistoryTexts> {
  const texts: HistoryTexts = { all: new Set(), inPayloads: new Set() };
  for await (const { workflowId, runId } of temporal.client.workflow.list({ query: OURS })) {
    const handle = temporal.client.workflow.getHandle(workflowId, runId);
    collectTexts(await handle.fetchHistory(), texts);
    texts.all.add(JSON.stringify((await handle.describe()).raw, decoded));
    texts.all.add(JSON.stringify(await handle.query('__temporal_workflow_metadata')));
  }
  return texts;
}

/** What Postgres and Temporal themselves wrote to their logs while the tests ran. */
export async function serverLogs({ database }: World): Promise<string> {
  const { rows } = await database.pool.query<{ folder: string }>(`SELECT current_setting('data_directory') AS folder`);
  const logs = join(dirname(rows[0]?.folder ?? ''), 'logs');
  return [await readFile(join(logs, 'postgres.log'), 'utf8'), await readFile(join(logs, 'temporal.log'), 'utf8')].join(
    '\n',
  );
}

/** A payload's bytes as the text that they are; a message turns them into base64 when it is written as JSON. */
function decoded(key: string, value: unknown): unknown {
  if (key === 'data' && typeof value === 'string') return Buffer.from(value, 'base64').toString('utf8');
  return typeof value === 'bigint' ? String(value) : value;
}
