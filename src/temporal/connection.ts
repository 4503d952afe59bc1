import { loadClientConnectConfig } from '@temporalio/envconfig';
import { Client, Connection } from '@temporalio/client';
import type { NativeConnectionOptions } from '@temporalio/worker';

export interface TemporalSettings {
  readonly connection: Pick<NativeConnectionOptions, 'address' | 'tls' | 'apiKey' | 'metadata'>;
  readonly namespace: string;
}

/** Where the embedded stack's own server answers. */
export interface TemporalAddress {
  readonly address: string;
  readonly namespace: string;
}

/** Temporal is not there, or does not let us in. */
export class TemporalUnreachable extends Error {
  override readonly name = 'TemporalUnreachable';
  constructor(address: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(
      `Temporal does not answer at ${address} (${reason}). Nothing was changed. Start the stack with "npm start", ` +
        'or check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY and the TLS settings.',
      { cause },
    );
  }
}

/**
 * Address, namespace, TLS and API key from the environment or Temporal's own configuration file, so that Temporal Cloud
 * needs configuration alone. `embedded` is used where the environment says nothing.
 */
export function temporalSettings(env: NodeJS.ProcessEnv, embedded: TemporalAddress | null): TemporalSettings {
  const overrides = Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
  const { connectionOptions, namespace } = loadClientConnectConfig({ overrideEnvVars: overrides });
  if (connectionOptions.address === undefined && embedded !== null) {
    return { connection: { address: embedded.address }, namespace: embedded.namespace };
  }
  const { address, tls, apiKey, metadata = {} } = connectionOptions;
  const texts = Object.entries(metadata).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    connection: { address, tls, apiKey, metadata: Object.fromEntries(texts) },
    namespace: namespace ?? 'default',
  };
}

/** @throws TemporalUnreachable after a few seconds without an answer. */
export async function connectTemporal(settings: TemporalSettings): Promise<Client> {
  try {
    const connection = await Connection.connect({ connectTimeout: '10s', ...settings.connection });
    return new Client({ connection, namespace: settings.namespace });
  } catch (error) {
    throw new TemporalUnreachable(settings.connection.address ?? 'localhost:7233', error);
  }
}
