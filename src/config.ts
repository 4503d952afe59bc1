import { join, resolve } from 'node:path';
import { z } from 'zod';
import {
  isKnownElsewhere,
  isLoopback,
  readSender,
  readSmtpUrl,
  UnusableMailSetting,
  type MailSettings,
} from './mail/settings.js';

const wholeNumber = (fallback: number, smallest = 1) => z.coerce.number().int().min(smallest).default(fallback);
const text = z.string().trim().min(1);
const hostAndPort = text.regex(/^\S+:\d{1,5}$/, 'Write it as sftp.example.org:22');
const list = (value: string): readonly string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Text that this function can read. */
const readableBy = (read: (text: string) => unknown) =>
  text.superRefine((value, context) => {
    const problem = problemOf(() => read(value));
    if (problem !== null) context.addIssue({ code: 'custom', message: problem });
  });

/** Every setting with its meaning. Temporal's own (`TEMPORAL_ADDRESS`, TLS, API key, profile) are read by `@temporalio/envconfig`. */
export const Environment = z.object({
  /** Folder of sealed deliveries, keys and, for the embedded stack, everything else. */
  USERSYNC_DATA: text.default('.data'),
  /** postgresql://... ; without it the embedded stack's database is used. */
  DATABASE_URL: text.optional(),
  /** 32 bytes as base64 or hexadecimal; without it a 0600 file in the data folder. */
  USERSYNC_MASTER_KEY: text.optional(),
  /** Earlier master keys, comma separated, that still open what they sealed. */
  USERSYNC_OLD_MASTER_KEYS: z.string().default(''),
  USERSYNC_TASK_QUEUE: text.default('usersync'),
  /** Connections to Postgres that one process opens at most. */
  USERSYNC_DATABASE_CONNECTIONS: wholeNumber(10),
  /** Seconds without a sign of life after which the work of a lost worker is given to another. */
  USERSYNC_HEARTBEAT_SECONDS: wholeNumber(30, 2),
  /** Calls to one network that one worker has under way at once. */
  USERSYNC_NETWORK_CONCURRENCY: wholeNumber(8),
  /** People, or groups, whose changes of one kind are one batch: what a lost worker repeats, and one line of the history. */
  USERSYNC_BATCH_SIZE: wholeNumber(250),
  /** Events after which a long run goes on in a new history. Temporal itself advises it at 4,096. */
  USERSYNC_HISTORY_EVENTS: wholeNumber(2_000, 20),
  /** The largest delivery that is accepted, in bytes. */
  USERSYNC_MAX_DELIVERY_BYTES: wholeNumber(2 * 1024 ** 3),
  /** Days after which the sealed files of deliveries are removed, but for the last accepted one and what came after it. */
  USERSYNC_KEEP_DELIVERIES_DAYS: wholeNumber(30),
  /** Days after its end that a run keeps its changes and warnings; its counts stay. */
  USERSYNC_KEEP_RUNS_DAYS: wholeNumber(180),
  /** Days that a temporary password waits for its letter to be opened, from the invitation on. */
  USERSYNC_KEEP_PASSWORDS_DAYS: wholeNumber(30),
  /** host:port of health and metrics; `off` switches them off. */
  USERSYNC_METRICS_ADDRESS: z.string().default('127.0.0.1:0'),
  USERSYNC_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
  /** host:port the drop listens on. */
  USERSYNC_DROP_ADDRESS: z.string().default('127.0.0.1:2222'),
  /** host:port by which customers reach the drop; told to them with their login. */
  USERSYNC_DROP_PUBLIC_ADDRESS: hostAndPort.optional(),
  /** host:port by which workers reach the drop, where that is another one. */
  USERSYNC_DROP_READ_ADDRESS: hostAndPort.optional(),
  /** Addresses, comma separated, from which workers read the drop, where it is not on this machine. */
  USERSYNC_DROP_READ_FROM: z.string().default(''),
  /** The drop's own data folder as workers see it; without it the data folder. */
  USERSYNC_DROP_DATA: text.optional(),
  /** Fingerprint of the drop's host key, where workers do not see its data folder. */
  USERSYNC_DROP_HOST_KEY: text.regex(/^SHA256:[A-Za-z0-9+/]{43}=?$/).optional(),
  /** Of fewer people than this who share what a test on anonymised data keeps of them, its report tells. */
  USERSYNC_K_ANONYMITY: wholeNumber(5, 2),
  /** Encrypts what people write before Temporal gets it; `off` encodes nothing new and still decodes. */
  USERSYNC_PAYLOAD_CODEC: z.enum(['on', 'off']).default('on'),
  /** host:port of the codec endpoint, which decodes for Temporal's UI. */
  USERSYNC_CODEC_ADDRESS: z.string().default('127.0.0.1:8234'),
  /** What callers of the codec endpoint have to know; needed wherever it does not listen on this machine alone. */
  USERSYNC_CODEC_TOKEN: text.regex(/^[A-Za-z0-9_-]{16,}$/).optional(),
  /** Where Temporal's UI is opened in a browser, comma separated. */
  USERSYNC_CODEC_ORIGINS: z.string().default('http://127.0.0.1:8233,http://localhost:8233'),
  /** host:port the portal listens on. */
  USERSYNC_PORTAL_ADDRESS: z.string().default('127.0.0.1:4020'),
  /** Proxies before the portal whose word about the caller's address is taken. */
  USERSYNC_PORTAL_PROXIES: wholeNumber(0, 0),
  /** How customers reach the portal, as it stands in mails; without it the embedded one. */
  USERSYNC_PORTAL_URL: text.regex(/^https?:\/\/[^\s/]/).optional(),
  /** `yes`: approvals in Temporal's UI need no code, since everybody who can open it may approve for its contacts. */
  USERSYNC_TRUST_TEMPORAL_UI: z.enum(['yes', 'no']).default('no'),
  /** smtp://user:password@host:587 or smtps://... ; without it mail goes into the outbox. */
  USERSYNC_SMTP_URL: readableBy(readSmtpUrl).optional(),
  /** Whom mail is from. */
  USERSYNC_MAIL_FROM: readableBy(readSender).default('User Sync <usersync@localhost>'),
  /** Folder of mails as `.eml` files; without it `outbox` in the data folder. */
  USERSYNC_OUTBOX: text.optional(),
});

/** How long personal data is kept, in days. */
export interface KeepingTimes {
  readonly deliveries: number;
  readonly runs: number;
  readonly passwords: number;
}

export interface Config {
  readonly dataFolder: string;
  readonly databaseUrl: string | null;
  readonly masterKey: string | undefined;
  readonly oldMasterKeys: readonly string[];
  readonly taskQueue: string;
  readonly databaseConnections: number;
  readonly heartbeatSeconds: number;
  readonly networkConcurrency: number;
  readonly batchSize: number;
  readonly historyEvents: number;
  readonly maxDeliveryBytes: number;
  readonly keep: KeepingTimes;
  readonly kAnonymity: number;
  readonly metricsAddress: string;
  readonly logLevel: string;
  readonly dropAddress: string;
  /** null: not known. */
  readonly dropPublicAddress: string | null;
  /** null: as customers do. */
  readonly dropReadAddress: string | null;
  readonly dropReadFrom: readonly string[];
  readonly dropData: string;
  /** null: read from the drop's data folder. */
  readonly dropHostKey: string | null;
  /** false: nothing new is encoded. */
  readonly payloadCodec: boolean;
  readonly codecAddress: string;
  readonly codecToken: string | null;
  readonly codecOrigins: readonly string[];
  readonly portalAddress: string;
  readonly portalProxies: number;
  /** null: the embedded one. */
  readonly portalUrl: string | null;
  readonly mail: MailSettings;
  readonly trustTemporalUi: boolean;
}

/** A setting in the environment is not usable. */
export class BadConfiguration extends Error {
  override readonly name = 'BadConfiguration';
}

/** @throws BadConfiguration naming every setting that is wrong. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = Environment.safeParse(withoutEmpty(env));
  if (!parsed.success) throw new BadConfiguration(explain(parsed.error));
  const settings = parsed.data;
  return {
    dataFolder: resolve(settings.USERSYNC_DATA),
    databaseUrl: settings.DATABASE_URL ?? null,
    masterKey: settings.USERSYNC_MASTER_KEY,
    oldMasterKeys: list(settings.USERSYNC_OLD_MASTER_KEYS),
    taskQueue: settings.USERSYNC_TASK_QUEUE,
    databaseConnections: settings.USERSYNC_DATABASE_CONNECTIONS,
    heartbeatSeconds: settings.USERSYNC_HEARTBEAT_SECONDS,
    networkConcurrency: settings.USERSYNC_NETWORK_CONCURRENCY,
    batchSize: settings.USERSYNC_BATCH_SIZE,
    historyEvents: settings.USERSYNC_HISTORY_EVENTS,
    maxDeliveryBytes: settings.USERSYNC_MAX_DELIVERY_BYTES,
    kAnonymity: settings.USERSYNC_K_ANONYMITY,
    keep: {
      deliveries: settings.USERSYNC_KEEP_DELIVERIES_DAYS,
      runs: settings.USERSYNC_KEEP_RUNS_DAYS,
      passwords: settings.USERSYNC_KEEP_PASSWORDS_DAYS,
    },
    metricsAddress: settings.USERSYNC_METRICS_ADDRESS,
    logLevel: settings.USERSYNC_LOG_LEVEL,
    dropAddress: settings.USERSYNC_DROP_ADDRESS,
    dropPublicAddress: settings.USERSYNC_DROP_PUBLIC_ADDRESS ?? null,
    dropReadAddress: settings.USERSYNC_DROP_READ_ADDRESS ?? null,
    dropReadFrom: list(settings.USERSYNC_DROP_READ_FROM),
    dropData: resolve(settings.USERSYNC_DROP_DATA ?? settings.USERSYNC_DATA),
    dropHostKey: settings.USERSYNC_DROP_HOST_KEY ?? null,
    payloadCodec: settings.USERSYNC_PAYLOAD_CODEC === 'on',
    codecAddress: settings.USERSYNC_CODEC_ADDRESS,
    codecToken: settings.USERSYNC_CODEC_TOKEN ?? null,
    codecOrigins: list(settings.USERSYNC_CODEC_ORIGINS),
    portalAddress: settings.USERSYNC_PORTAL_ADDRESS,
    portalProxies: settings.USERSYNC_PORTAL_PROXIES,
    portalUrl: settings.USERSYNC_PORTAL_URL?.replace(/\/+$/, '') ?? null,
    mail: toMailSettings(settings),
    trustTemporalUi: settings.USERSYNC_TRUST_TEMPORAL_UI === 'yes',
  };
}

/** @throws BadConfiguration when a mail server elsewhere would be given a sender of this machine. */
function toMailSettings(settings: z.infer<typeof Environment>): MailSettings {
  const { USERSYNC_SMTP_URL: url, USERSYNC_OUTBOX: outbox } = settings;
  const sender = readSender(settings.USERSYNC_MAIL_FROM);
  const smtp = url === undefined ? null : readSmtpUrl(url);
  if (smtp !== null && !isLoopback(smtp.host) && !isKnownElsewhere(sender)) {
    const line = 'USERSYNC_MAIL_FROM: has to be an address of yours, since USERSYNC_SMTP_URL names a mail server';
    throw new BadConfiguration(inSentence([line]));
  }
  return { sender, smtp, outbox: resolve(outbox ?? join(settings.USERSYNC_DATA, 'outbox')) };
}

/** A setting that is there and empty counts as absent, as compose files write it. */
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== ''),
  );
}

function explain(error: z.ZodError): string {
  return inSentence(error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`));
}

function inSentence(problems: readonly string[]): string {
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  return `The configuration cannot be used, so nothing was started:\n${lines}\nMend these variables and start again.`;
}

function problemOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (error instanceof UnusableMailSetting) return error.message;
    throw error;
  }
}
