import { Runtime, type LogLevel, type RuntimeOptions } from '@temporalio/worker';
import { freeLoopbackPort } from './free-loopback-port.js';
import type { Logger } from '../log.js';

const PORTS_TO_TRY = 5;

let installed: Promise<string | null> | undefined;

/**
 * Sends Temporal's logs to ours and its metrics to a loopback address, which is answered. Temporal allows this once a
 * process; later calls answer the same.
 */
export function installRuntime(log: Logger, withMetrics: boolean): Promise<string | null> {
  return (installed ??= install(log, withMetrics));
}

async function install(log: Logger, withMetrics: boolean): Promise<string | null> {
  if (!withMetrics) {
    Runtime.install(optionsFor(log, null));
    return null;
  }
  for (let attempt = 1; ; attempt += 1) {
    const address = `127.0.0.1:${await freeLoopbackPort()}`;
    try {
      Runtime.install(optionsFor(log, address));
      return `http://${address}/metrics`;
    } catch (error) {
      // Temporal does not say which port it took, so it is given one; somebody else may take that in between.
      if (attempt === PORTS_TO_TRY || !String(error).includes('Address already in use')) throw error;
    }
  }
}

function optionsFor(log: Logger, bindAddress: string | null): RuntimeOptions {
  return {
    logger: toTemporalLogger(log),
    telemetryOptions: {
      logging: { forward: {}, filter: { core: 'WARN', other: 'ERROR' } },
      ...(bindAddress === null ? {} : { metrics: { prometheus: { bindAddress } } }),
    },
    // The stack and the worker's program decide when to stop.
    shutdownSignals: [],
  };
}

/** What Temporal writes beside its messages: ids of workflows and activities. Errors come with their stack only. */
function toTemporalLogger(log: Logger) {
  const write = (level: LogLevel, message: string, meta: object = {}): void => {
    const { error, sdkComponent: _, ...rest } = meta as { readonly error?: unknown; readonly sdkComponent?: unknown };
    const details = error instanceof Error ? { ...rest, error: `${error.name}: ${error.message}` } : rest;
    log[LEVELS[level]](details, message);
  };
  return {
    log: write,
    trace: (message: string, meta?: object) => write('TRACE', message, meta),
    debug: (message: string, meta?: object) => write('DEBUG', message, meta),
    info: (message: string, meta?: object) => write('INFO', message, meta),
    warn: (message: string, meta?: object) => write('WARN', message, meta),
    error: (message: string, meta?: object) => write('ERROR', message, meta),
  };
}

const LEVELS = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
