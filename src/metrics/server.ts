import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { request } from 'undici';
import type { SyncMetrics } from './metrics.js';

export interface MetricsServer {
  /** `http://127.0.0.1:9464` */
  readonly url: string;
  close(): Promise<void>;
}

export interface MetricsServerOptions {
  /** host:port; port 0 takes a free one. */
  readonly address: string;
  readonly metrics: SyncMetrics;
  /** Where the Temporal SDK shows its own metrics, so that one address tells all; null: nowhere. */
  readonly temporalMetrics: string | null;
  /** Whether the worker can do work now: Temporal polls and Postgres answers. */
  readonly isReady: () => Promise<boolean>;
}

/** `/metrics` for Prometheus, `/healthz` (the process lives) and `/readyz` (it can do work) for probes. */
export async function startMetricsServer(options: MetricsServerOptions): Promise<MetricsServer> {
  const server = createServer((incoming, response) => {
    answer(incoming.url ?? '', options, response).catch(() => response.writeHead(500).end());
  });
  const { host, port } = splitAddress(options.address);
  server.listen(port, host);
  await once(server, 'listening');
  const { port: taken } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${taken}`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(path: string, options: MetricsServerOptions, response: ServerResponse): Promise<void> {
  if (path === '/healthz') response.writeHead(200).end('ok\n');
  else if (path === '/readyz') {
    const ready = await options.isReady();
    response.writeHead(ready ? 200 : 503).end(ready ? 'ready\n' : 'not ready\n');
  } else if (path === '/metrics') {
    const { registry } = options.metrics;
    const temporal = options.temporalMetrics === null ? '' : await readTemporal(options.temporalMetrics);
    response.writeHead(200, { 'content-type': registry.contentType }).end((await registry.metrics()) + temporal);
  } else response.writeHead(404).end('There is /metrics, /healthz and /readyz.\n');
}

async function readTemporal(url: string): Promise<string> {
  try {
    const { body } = await request(url, { headersTimeout: 2000, bodyTimeout: 2000 });
    return await body.text();
  } catch {
    return '';
  }
}

function splitAddress(address: string): { readonly host: string; readonly port: number } {
  const colon = address.lastIndexOf(':');
  return { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
}
