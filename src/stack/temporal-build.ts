import { mkdir, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { runProgram } from './run-program.js';
import { showAlive } from './show-alive.js';

export interface Build {
  readonly folder: string;
  readonly version: string;
  readonly env: NodeJS.ProcessEnv;
  readonly log: (step: string) => void;
}

/** The last release that `go install` takes: later ones hold "replace" lines (temporalio/cli#213). Server 1.29.1. */
const LAST_INSTALLABLE = '1.5.1';
const WITHIN_MS = 30 * 60_000;
const PACKAGE = 'github.com/temporalio/cli/cmd/temporal';

/**
 * Builds Temporal's command line with Go, whose module proxy is often reachable where other downloads are not.
 * @throws ProgramFailed when there is no Go, or when neither release builds.
 */
export async function buildTemporal(build: Build): Promise<string> {
  const env = goEnvironment(build.env);
  await runProgram('go', ['version'], { env, timeoutMs: 60_000 });
  const { log, version } = build;
  log(`Building Temporal ${version} with Go: about 3 minutes, only this once.`);
  return showAlive('Building Temporal with Go', log, async () => {
    try {
      return await buildModule(build, env);
    } catch (error) {
      log(`Temporal ${version} does not build here (${String(error)}), trying ${LAST_INSTALLABLE}.`);
      return installOlder(build, env);
    }
  });
}

/** A module of our own that says what the release's own "replace" lines say, which Go ignores in a dependency. */
async function buildModule({ folder, version }: Build, env: NodeJS.ProcessEnv): Promise<string> {
  const cwd = join(folder, 'module');
  await mkdir(cwd);
  await writeFile(join(cwd, 'go.mod'), goMod(version));
  const program = join(folder, 'temporal');
  await runProgram('go', ['mod', 'tidy'], { cwd, env, timeoutMs: WITHIN_MS });
  await runProgram('go', ['build', '-ldflags=-s -w', '-o', program, PACKAGE], { cwd, env, timeoutMs: WITHIN_MS });
  return program;
}

async function installOlder({ folder }: Build, env: NodeJS.ProcessEnv): Promise<string> {
  const args = ['install', '-ldflags=-s -w', `${PACKAGE}@v${LAST_INSTALLABLE}`];
  await runProgram('go', args, { cwd: folder, env: { ...env, GOBIN: folder }, timeoutMs: WITHIN_MS });
  return join(folder, 'temporal');
}

function goMod(version: string): string {
  return `module tools/temporal-cli

go 1.26.4

tool ${PACKAGE}

require github.com/temporalio/cli v${version}

replace github.com/temporalio/cli/cliext => github.com/temporalio/cli/cliext v0.0.0-20260731000218-c579925f193f
`;
}

/** modcacherw: without it the module cache could not be removed by its own owner with a plain `rm -r`. */
function goEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const flags = [env['GOFLAGS'], '-buildvcs=false', '-modcacherw'].filter(Boolean).join(' ');
  return { ...env, HOME: env['HOME'] || homedir(), CGO_ENABLED: '0', GOFLAGS: flags, GOWORK: 'off' };
}
