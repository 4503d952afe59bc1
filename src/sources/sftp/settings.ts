/** Where a customer's SFTP server is, and how a complete file is recognised there. */
export interface SftpSettings {
  readonly host: string;
  /** Usually 22. */
  readonly port: number;
  readonly userName: string;
  readonly auth: SftpAuth;
  /** `SHA256:...`, as OpenSSH prints them; at least one. `fingerprint()` looks up what a host presents. */
  readonly hostKeyFingerprints: readonly string[];
  /** As the server names it: `/`, `out/hr`. */
  readonly folder: string;
  /** `*.csv`; also `?` and `{csv,txt}`; the case does not matter. */
  readonly pattern: string;
  readonly completeness: Completeness;
  /** Relative to `folder`, or absolute; made when it is missing. null: files stay where they are. */
  readonly archiveFolder: string | null;
  /** How long one answer of the server may take. Default 30 s. */
  readonly timeoutMs?: number;
}

export type SftpAuth =
  | { readonly kind: 'password'; readonly password: string }
  /** OpenSSH or PEM. */
  | { readonly kind: 'key'; readonly privateKey: string; readonly passphrase?: string };

export type Completeness =
  /** Size and time are equal twice, so long apart. Default 30 s. */
  | { readonly kind: 'stable'; readonly forMs?: number }
  /** A second file, `employees.csv.done`, says that the first is complete. It must not be older than the first. */
  | { readonly kind: 'marker'; readonly suffix: string }
  /** The server shows complete files only, as our own drop does. */
  | { readonly kind: 'atomic' };

export const DEFAULT_STABLE_MS = 30_000;
export const DEFAULT_TIMEOUT_MS = 30_000;
