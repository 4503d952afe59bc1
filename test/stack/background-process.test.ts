import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startInBackground } from '../../src/stack/background-process.js';
import { retryWhenTaken } from '../../src/stack/retry-when-taken.js';
import { temporaryFolder } from '../cli/support.js';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;

beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

/** A program that says this and ends before it is ready. */
async function startSaying(...lines: readonly string[]): Promise<void> {
  const script = `console.error(${JSON.stringify(lines.join('\n'))}); process.exit(2)`;
  const child = await startInBackground({
    name: 'Server',
    command: process.execPath,
    args: ['-e', script],
    logPath: join(folder.path, 'server.log'),
  });
  await child.waitUntil(async () => false, 10_000);
}

const CALLS = ['', 'goroutine 1 [running]:', ...Array.from({ length: 30 }, (_, n) => `\tserver.go:${n} +0x205`)];

test('the reason of a program that lists its calls after it is told, and not the calls', async () => {
  await expect(startSaying('starting', 'panic: the file is damaged', ...CALLS)).rejects.toThrow(
    /^Server ended with exit code 2 before it was ready\. Its last words: panic: the file is damaged Its log is /,
  );
  await expect(startSaying('starting', 'no', 'room', 'left')).rejects.toThrow(/Its last words: no \| room \| left /);
});

test('what found its port taken is started again, whatever it says after that', async () => {
  let starts = 0;
  const started = retryWhenTaken(async () => {
    starts += 1;
    if (starts === 1) await startSaying('panic: listen tcp 127.0.0.1:7233: bind: address already in use', ...CALLS);
    return 'started';
  });
  expect(await started).toBe('started');
  await expect(retryWhenTaken(() => startSaying('panic: the file is damaged', ...CALLS))).rejects.toThrow('is damaged');
});
