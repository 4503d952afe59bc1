import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';

export type History = ReturnType<typeof historyFromJSON>;

/** Characters from which on a history is kept compressed. */
const LARGE = 150_000;

const FOLDER = new URL('histories/', import.meta.url);

/** The histories that are kept, as `Worker.runReplayHistories` takes them. */
export async function keptHistories(): Promise<readonly { readonly workflowId: string; readonly history: History }[]> {
  const names = (await readdir(FOLDER)).filter((name) => /\.json(\.gz)?$/.test(name)).sort();
  return Promise.all(
    names.map(async (name) => ({ workflowId: name, history: historyFromJSON(JSON.parse(await readText(name))) })),
  );
}

async function readText(name: string): Promise<string> {
  const content = await readFile(new URL(name, FOLDER));
  return (name.endsWith('.gz') ? gunzipSync(content) : content).toString('utf8');
}

/** Whatever else was kept is an older release's way, and goes. */
export async function removeHistories(): Promise<void> {
  for (const { workflowId } of await keptHistories()) await rm(new URL(workflowId, FOLDER));
}

export async function keepHistory(name: string, history: History): Promise<void> {
  const text = JSON.stringify(JSON.parse(historyToJSON(history)), withoutPlaces, 1);
  // The dates of a course are in its history a hundred times.
  if (text.length > LARGE) await writeFile(new URL(`${name}.json.gz`, FOLDER), gzipSync(text, { level: 9 }));
  else await writeFile(new URL(`${name}.json`, FOLDER), `${text}\n`);
}

/** Which machine and process it ran on, and where the sources lay there, is nobody's business and differs every time. */
function withoutPlaces(this: Record<string, unknown>, key: string, value: unknown): unknown {
  if (key === 'identity') return 'worker';
  if (key === 'stackTrace') return '';
  if (key === 'name' && this['kind'] === 'TASK_QUEUE_KIND_STICKY') return 'sticky';
  return value;
}
