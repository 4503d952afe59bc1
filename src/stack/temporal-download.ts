import { createWriteStream } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { EnvHttpProxyAgent, fetch } from 'undici';
import { z } from 'zod';
import { runProgram } from './run-program.js';

const SITE = 'https://temporal.download';
/** A machine without a way to the internet must not wait long for the build that it needs instead. */
const ANSWER_WITHIN_MS = 8_000;
const DOWNLOAD_WITHIN_MS = 300_000;
const Announcement = z.object({ archiveUrl: z.string(), fileToExtract: z.string() });

export interface Download {
  readonly folder: string;
  readonly version: string;
  readonly log: (step: string) => void;
  /** For tests; default Temporal's own site. */
  readonly site?: string;
}

/** Downloads Temporal's command line from where the SDK takes it. @throws DownloadFailed */
export async function downloadTemporal({ folder, version, log, site = SITE }: Download): Promise<string> {
  log(`Downloading Temporal ${version}.`);
  const proxy = new EnvHttpProxyAgent();
  try {
    const { archiveUrl, fileToExtract } = await announcement(`${site}/temporal-cli/v${version}?${machine()}`, proxy);
    const archive = join(folder, 'archive');
    await fetchFile(archiveUrl, archive, proxy, log);
    await runProgram('tar', ['-xf', archive, '-C', folder], { timeoutMs: 60_000 });
    const program = join(folder, fileToExtract);
    await chmod(program, 0o755);
    return program;
  } catch (error) {
    throw new DownloadFailed(reasonOf(error));
  } finally {
    await proxy.destroy();
  }
}

/** Temporal's site could not be reached, or sent something else. Nothing of it is kept. */
export class DownloadFailed extends Error {
  constructor(reason: string) {
    super(`the download from ${SITE} failed (${reason})`);
    this.name = new.target.name;
  }
}

async function announcement(url: string, dispatcher: EnvHttpProxyAgent) {
  const answer = await fetch(url, { dispatcher, signal: AbortSignal.timeout(ANSWER_WITHIN_MS) });
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return Announcement.parse(await answer.json());
}

async function fetchFile(
  url: string,
  path: string,
  dispatcher: EnvHttpProxyAgent,
  log: Download['log'],
): Promise<void> {
  const answer = await fetch(url, { dispatcher, signal: AbortSignal.timeout(DOWNLOAD_WITHIN_MS) });
  if (!answer.ok || answer.body === null) throw new Error(`answered ${answer.status}`);
  await pipeline(Readable.fromWeb(answer.body), countMegabytes(log), createWriteStream(path));
}

/** Says every 10 MB that it is alive. */
function countMegabytes(log: Download['log']): Transform {
  let [bytes, told] = [0, 0];
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      const tens = Math.floor(bytes / 10_000_000);
      if (tens > told) log(`Downloaded ${tens * 10} MB.`);
      told = tens;
      done(null, chunk);
    },
  });
}

function machine(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  return `platform=${platform}&arch=${arch}`;
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause;
  return cause instanceof Error && cause.message !== '' ? `${error.message}: ${cause.message}` : error.message;
}
