import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import SftpClient from 'ssh2-sftp-client';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const RUN = fileURLToPath(new URL('../run.mjs', import.meta.url));

/** What `demo --journey --json` answers, as far as it is needed here. */
const Journey = z.object({ temporalUi: z.string(), test: z.object({ report: z.string() }) });

/** What `demo --json` answers, as far as it is needed here. */
const Answer = z.object({
  temporalUi: z.string(),
  sandbox: z.string(),
  drop: z.object({ host: z.string(), port: z.number(), user: z.string(), password: z.string() }),
});

/** A journey that is over, and whose stack stays until it is closed. */
export async function startJourney(
  dataFolder: string,
  people: number,
): Promise<z.infer<typeof Journey> & { readonly close: () => Promise<void> }> {
  const demo = startDemo(dataFolder, '--journey', '--people', String(people));
  return { ...(await answerOf(demo, Journey)), close: () => end(demo) };
}

/** The demo in a data folder of its own, driven as a person would: by SFTP and by commands. */
export class DemoStack {
  private constructor(
    private readonly demo: ChildProcess,
    readonly dataFolder: string,
    readonly addresses: z.infer<typeof Answer>,
  ) {}

  /** Answers when both days of the sample are synced. @throws when the demo ends before. */
  static async start(dataFolder: string): Promise<DemoStack> {
    const demo = startDemo(dataFolder);
    return new DemoStack(demo, dataFolder, await answerOf(demo, Answer));
  }

  /** Delivers `content` as the customer's HR system would. */
  async deliver(content: string): Promise<void> {
    const { host, port, user, password } = this.addresses.drop;
    const client = new SftpClient();
    await client.connect({ host, port, username: user, password });
    try {
      await client.put(Buffer.from(content), 'woodgrove.csv');
    } finally {
      await client.end();
    }
  }

  /** Runs `usersync` on this stack; answers what it printed, and its exit code. */
  async usersync(...args: readonly string[]): Promise<{ readonly code: number | null; readonly output: string }> {
    const command = execFile(process.execPath, [RUN, 'usersync', ...args, '--data', this.dataFolder], { cwd: ROOT });
    const ended = once(command, 'close');
    const output = command.stdout === null ? '' : await text(command.stdout);
    await ended;
    return { code: command.exitCode, output };
  }

  /** As Ctrl-C does; answers when everything has ended. */
  close(): Promise<void> {
    return end(this.demo);
  }
}

function startDemo(dataFolder: string, ...words: readonly string[]) {
  return spawn(process.execPath, [RUN, 'demo', '--json', '--data', dataFolder, ...words], {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function end(demo: ChildProcess): Promise<void> {
  if (demo.exitCode !== null) return;
  const ended = once(demo, 'close');
  demo.kill('SIGTERM');
  await ended;
}

/** The demo prints one JSON object on standard output and then stays. */
async function answerOf<Shape extends z.ZodType>({ stdout }: ChildProcess, shape: Shape): Promise<z.infer<Shape>> {
  let printed = '';
  for await (const piece of stdout ?? []) {
    printed += String(piece);
    if (!printed.endsWith('}\n')) continue;
    return shape.parse(JSON.parse(printed));
  }
  throw new Error('The demo ended without an answer; see what it said above. No picture was taken.');
}
