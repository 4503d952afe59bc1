import { join } from 'node:path';
import { buildTemporal } from './temporal-build.js';
import { cacheFolder, keepInCache } from './cache-folder.js';
import { downloadTemporal } from './temporal-download.js';
import { runProgram } from './run-program.js';

/** The release of Temporal's command line that is downloaded or built: server 1.31.2, UI 2.50.1. */
export const TEMPORAL_VERSION = '1.8.2';
/** Older servers lack updates with start and what the UI shows of them. */
const OLDEST_SERVER = [1, 27] as const;

/** No development server could be found, downloaded or built. Lists what was tried. */
export class NoTemporal extends Error {
  constructor(readonly tried: readonly string[]) {
    super(
      `No Temporal server was found, downloaded or built: ${tried.join('; ')}. Nothing was started. Install Temporal's ` +
        `command line ("temporal") or Go 1.26 or newer, or set TEMPORAL_ADDRESS to a server that runs.`,
    );
    this.name = new.target.name;
  }
}

interface Search {
  readonly env: NodeJS.ProcessEnv;
  readonly log: (step: string) => void;
}

/**
 * The path of Temporal's command line with its development server: the one on PATH, else an earlier copy in the cache
 * folder, else the download that the SDK would make, else a build with Go (about 3 minutes, once).
 * @throws NoTemporal
 */
export async function findTemporal({ env, log }: Search): Promise<string> {
  if (await isUsable('temporal', env)) return 'temporal';
  const path = join(cacheFolder(env), 'temporal', TEMPORAL_VERSION, 'temporal');
  return keepInCache({ path, log, make: (folder) => makeTemporal(folder, { env, log }) });
}

async function makeTemporal(folder: string, { env, log }: Search): Promise<string> {
  const tried: string[] = [];
  const ways = [
    () => downloadTemporal({ folder, version: TEMPORAL_VERSION, log }),
    () => buildTemporal({ folder, version: TEMPORAL_VERSION, env, log }),
  ];
  for (const way of ways) {
    try {
      const program = await way();
      await proveThatItRuns(program, env);
      return program;
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      tried.push(reason);
      log(`That did not work: ${reason}`);
    }
  }
  throw new NoTemporal(['there is no "temporal" on PATH that runs', ...tried]);
}

async function proveThatItRuns(program: string, env: NodeJS.ProcessEnv): Promise<void> {
  if (!(await isUsable(program, env))) throw new Error(`${program} does not run on this machine`);
}

/** Runs it: a file of this name may be another program, too old, or made for another machine. */
async function isUsable(program: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  try {
    const answer = await runProgram(program, ['--version'], { env, timeoutMs: 15_000 });
    const [, major, minor] = /Server (\d+)\.(\d+)/.exec(answer) ?? [];
    if (major === undefined || minor === undefined) return false;
    return Number(major) > OLDEST_SERVER[0] || Number(minor) >= OLDEST_SERVER[1];
  } catch {
    return false;
  }
}
