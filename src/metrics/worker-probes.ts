import type { NativeConnection } from '@temporalio/worker';
import { collectDefaultMetrics, Registry } from 'prom-client';
import type { Listening } from '../listen.js';
import { Observer } from '../store/observer.js';
import { temporalAnswers } from '../temporal/worker-connection.js';
import { CustomerGauges } from './customer-gauges.js';
import type { SyncMetrics } from './metrics.js';
import { startMetricsServer } from './server.js';
import { temporalSeries } from './temporal-series.js';

export interface WorkerProbesOptions {
  /** host:port; port 0 takes a free one. */
  readonly address: string;
  readonly databaseUrl: string;
  readonly metrics: SyncMetrics;
  /** Where the Temporal SDK shows its own series; null: nowhere. */
  readonly temporalMetrics: string | null;
  readonly connection: NativeConnection;
  /** Whether the worker asks for work: after it was made, until it is told to stop. */
  readonly isPolling: () => boolean;
}

/** Health and metrics of one worker: its own, Postgres' view of the customers, Temporal's and Node's. @throws BadAddress */
export async function startWorkerProbes(options: WorkerProbesOptions): Promise<Listening> {
  const { address, databaseUrl, metrics, temporalMetrics, connection, isPolling } = options;
  const observer = new Observer(databaseUrl);
  const customers = new CustomerGauges(() => observer.customers());
  const node = new Registry();
  collectDefaultMetrics({ register: node });
  const server = await startMetricsServer({
    address,
    series: [
      () => metrics.registry.metrics(),
      () => customers.show(),
      () => node.metrics(),
      ...(temporalMetrics === null ? [] : [temporalSeries(temporalMetrics)]),
    ],
    needs: {
      Postgres: () => observer.answers(),
      Temporal: async () => isPolling() && (await temporalAnswers(connection)),
    },
  });
  return {
    url: server.url,
    close: async () => {
      await server.close();
      await observer.close();
    },
  };
}
