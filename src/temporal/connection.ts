import { existsSync } from 'node:fs';
import { loadClientConnectConfig, type ClientConnectConfig } from '@temporalio/envconfig';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
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
  constructor({ connection }: TemporalSettings, cause: unknown) {
    super(
      `Temporal does not answer at ${connection.address ?? 'localhost:7233'} (${reasonOf(cause)}). Nothing was changed. Start the stack with ` +
        '"npm start", or check TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY and the TLS settings.',
      { cause },
    );
  }
}

/** The settings for Temporal contradict each other or name a file that cannot be read. */
export class BadTemporalSettings extends Error {
  override readonly name = 'BadTemporalSettings';
  constructor(reason: string) {
    super(
      `The settings for Temporal cannot be used: ${reason}. Nothing was started. ` +
        'Mend the TEMPORAL_ variables or the file of TEMPORAL_CONFIG_FILE and start again.',
    );
  }
}

/**
 * Address, namespace, TLS and API key from the environment or Temporal's own configuration file, so that Temporal Cloud
 * needs configuration alone. The embedded stack's own server gives way to a TEMPORAL_ADDRESS only: the profile that a
 * developer keeps for `temporal` may well be a customer's production.
 * @throws BadTemporalSettings
 */
export function temporalSettings(env: NodeJS.ProcessEnv, embedded: TemporalAddress | null): TemporalSettings {
  const settings = withoutEmpty(env);
  if (embedded !== null && settings['TEMPORAL_ADDRESS'] === undefined) {
    return { connection: { address: embedded.address }, namespace: embedded.namespace };
  }
  const { connectionOptions, namespace } = load(settings);
  const { address, tls, apiKey, metadata = {} } = connectionOptions;
  if (isHalfAnIdentity(settings, tls)) {
    throw new BadTemporalSettings('of the client certificate and its private key only one is given');
  }
  const texts = Object.entries(metadata).filter((entry): entry is [string, string] => typeof entry[1] === 'string');
  return {
    connection: { address, tls, apiKey, metadata: Object.fromEntries(texts) },
    namespace: namespace ?? 'default',
  };
}

/** For whoever starts and asks workflows. @throws TemporalUnreachable after a few seconds without an answer. */
export async function connectTemporal(settings: TemporalSettings, dataConverter: DataConverter): Promise<Client> {
  const connection = await openConnection(settings);
  return new Client({ connection, namespace: settings.namespace, dataConverter });
}

/** For whoever only prepares the service. @throws TemporalUnreachable after a few seconds without an answer. */
export async function openConnection(settings: TemporalSettings): Promise<Connection> {
  try {
    return await Connection.connect({ connectTimeout: '10s', ...settings.connection });
  } catch (error) {
    throw new TemporalUnreachable(settings, error);
  }
}

/** A setting that is there and empty counts as absent, as compose files write it. */
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

function load(settings: Record<string, string>): ClientConnectConfig {
  // The loader takes a file that is not there for an empty one; one that was named should be there.
  const file = settings['TEMPORAL_CONFIG_FILE'];
  if (file !== undefined && !existsSync(file)) throw new BadTemporalSettings(`there is no file ${file}`);
  try {
    return loadClientConnectConfig({ overrideEnvVars: settings });
  } catch (error) {
    throw new BadTemporalSettings(reasonOf(error));
  }
}

/** The loader leaves out a client certificate without its key, and the other way round; the service would only say no. */
function isHalfAnIdentity(settings: Record<string, string>, tls: NativeConnectionOptions['tls']): boolean {
  const isNamed = Object.keys(settings).some((name) => /^TEMPORAL_TLS_CLIENT_(CERT|KEY)_(PATH|DATA)$/.test(name));
  return isNamed && typeof tls === 'object' && tls?.clientCertPair === undefined;
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
