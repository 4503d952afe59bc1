import { createServer, type ServerResponse } from 'node:http';
import { Registry } from 'prom-client';
import { listen, type Listening } from '../listen.js';
import { splitAddress } from './address.js';

export interface MetricsServerOptions {
  /** host:port; port 0 takes a free one. */
  readonly address: string;
  /** Each answers series of its own in Prometheus' text format; one that fails is left out. */
  readonly series: readonly (() => Promise<string>)[];
  /** What the process needs to do work, by the name that the answer gives it. Each has to answer in a few seconds. */
  readonly needs: Readonly<Record<string, () => Promise<boolean>>>;
}

interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * `/metrics` for Prometheus, `/healthz` (the process lives) and `/readyz` (it can do work) for probes.
 * @throws BadAddress, and when the port is taken.
 */
export async function startMetricsServer(options: MetricsServerOptions): Promise<Listening> {
  const server = createServer((incoming, response) => {
    const path = new URL(incoming.url ?? '/', 'http://worker').pathname;
    answerTo(path, options).then(
      (answer) => send(response, answer),
      () => send(response, { status: 500, text: 'This could not be answered.\n' }),
    );
  });
  const { host, port } = splitAddress(options.address);
  return listen(server, host, port);
}

async function answerTo(path: string, options: MetricsServerOptions): Promise<Answer> {
  if (path === '/healthz') return { status: 200, text: 'ok\n' };
  if (path === '/readyz') return readiness(options.needs);
  if (path === '/metrics') return { status: 200, text: await allSeries(options.series) };
  return { status: 404, text: 'There is /metrics, /healthz and /readyz.\n' };
}

async function readiness(needs: MetricsServerOptions['needs']): Promise<Answer> {
  const answers = await Promise.all(
    Object.entries(needs).map(async ([name, isThere]) => ({ name, isThere: await isThere() })),
  );
  const missing = answers.filter(({ isThere }) => !isThere).map(({ name }) => name);
  if (missing.length === 0) return { status: 200, text: 'ready\n' };
  return { status: 503, text: `not ready: no answer from ${missing.join(' and ')}\n` };
}

async function allSeries(series: MetricsServerOptions['series']): Promise<string> {
  const texts = await Promise.all(series.map((read) => read().catch(() => '')));
  return texts.map((text) => (text === '' || text.endsWith('\n') ? text : `${text}\n`)).join('');
}

/** A client that has gone does not matter. */
function send(response: ServerResponse, { status, text }: Answer): void {
  response.writeHead(status, { 'content-type': Registry.PROMETHEUS_CONTENT_TYPE }).end(text);
}
