import { NativeConnection } from '@temporalio/worker';
import { TemporalUnreachable, type TemporalSettings } from './connection.js';

const ANSWER_WITHIN_MS = 2_000;

/** Apart from `connection.ts`, so that a command does not load the native part that only workers need. @throws TemporalUnreachable */
export async function connectWorker(settings: TemporalSettings): Promise<NativeConnection> {
  try {
    return await NativeConnection.connect(settings.connection);
  } catch (error) {
    throw new TemporalUnreachable(settings, error);
  }
}

/** Whether the service answers now; an open connection alone does not say so. */
export async function temporalAnswers(connection: NativeConnection): Promise<boolean> {
  return connection
    .withDeadline(Date.now() + ANSWER_WITHIN_MS, () => connection.workflowService.getSystemInfo({}))
    .then(Boolean, () => false);
}
