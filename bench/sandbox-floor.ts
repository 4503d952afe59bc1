import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = fileURLToPath(new URL('programs/ask.ts', import.meta.url));

export interface PlainRequests {
  /** Of the network in the sandbox. */
  readonly url: string;
  /** `{app EID}_{app secret}` */
  readonly token: string;
  readonly requests: number;
}

/** Seconds in which another process asks the sandbox so many plain questions, eight at once. */
export async function secondsToAsk({ url, token, requests }: PlainRequests): Promise<number> {
  const args = ['--import', 'tsx', PROGRAM, url, token, String(requests)];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return Number(stdout);
}
