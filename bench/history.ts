import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

/** One activity of a run, by Temporal's clock; both in milliseconds since 1970. */
export interface Work {
  readonly name: string;
  readonly started: number;
  readonly ended: number;
}

export interface History {
  readonly events: number;
  readonly works: readonly Work[];
}

/**
 * What a run did, as Temporal wrote it down; of a run that continued as new, all of it. `since`: before it was started; what is
 * older is of runs before it, which have the same id.
 */
export async function readHistory(client: Client, workflowId: string, since: Date): Promise<History> {
  // Temporal lists an execution a moment after it was there.
  for (let attempt = 1; ; attempt += 1) {
    const history = await readOnce(client, workflowId, since);
    if (history.events > 0 || attempt === 50) return history;
    await sleep(100);
  }
}

async function readOnce(client: Client, workflowId: string, since: Date): Promise<History> {
  const works: Work[] = [];
  let events = 0;
  for await (const { runId, startTime } of client.workflow.list({ query: `WorkflowId = "${workflowId}"` })) {
    if (startTime < since) continue;
    const history = await client.workflow.getHandle(workflowId, runId).fetchHistory();
    const names = new Map<number, string>();
    const starts = new Map<number, number>();
    for (const event of history.events ?? []) {
      events += 1;
      const scheduled = event.activityTaskScheduledEventAttributes;
      const started = event.activityTaskStartedEventAttributes;
      const completed = event.activityTaskCompletedEventAttributes;
      if (scheduled) names.set(Number(event.eventId), scheduled.activityType?.name ?? '');
      if (started) starts.set(Number(started.scheduledEventId), milliseconds(event.eventTime));
      if (!completed) continue;
      const id = Number(completed.scheduledEventId);
      works.push({ name: names.get(id) ?? '', started: starts.get(id) ?? 0, ended: milliseconds(event.eventTime) });
    }
  }
  return { events, works };
}

/** Seconds from the start of the first to the end of the last of these activities. */
export function secondsOver(history: History, ...names: readonly string[]): number {
  const [from, to] = spanOf(history, ...names);
  return (to - from) / 1000;
}

/** The same as two moments, in milliseconds since 1970. */
export function spanOf({ works }: History, ...names: readonly string[]): readonly [number, number] {
  const chosen = works.filter(({ name }) => names.includes(name));
  if (chosen.length === 0) return [0, 0];
  return [Math.min(...chosen.map(({ started }) => started)), Math.max(...chosen.map(({ ended }) => ended))];
}

type Timestamp = { readonly seconds?: unknown; readonly nanos?: number | null } | null | undefined;

function milliseconds(time: Timestamp): number {
  return Number(time?.seconds ?? 0) * 1000 + (time?.nanos ?? 0) / 1e6;
}
