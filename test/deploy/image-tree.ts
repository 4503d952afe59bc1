import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { inClone, readText } from './compose-file.js';
import { readStages, type Instruction } from './dockerfile.js';

const CLONE = fileURLToPath(inClone(''));

const Lock = z.object({
  packages: z.record(
    z.string(),
    z.object({ dev: z.boolean().optional(), optional: z.boolean().optional(), devOptional: z.boolean().optional() }),
  ),
});

/** Does in `folder` what the Dockerfile does in the image, without Docker and the registry. Answers where `/app` would be. */
export async function makeImageTree(folder: string): Promise<string> {
  const stages = readStages(await readText('Dockerfile'));
  const [build, dependencies, app] = ['build', 'dependencies', 'app'].map((name) => join(folder, name));
  if (build === undefined || dependencies === undefined || app === undefined)
    throw new Error('Three names, three paths.');
  copyAll(stages[0] ?? [], build, {});
  symlinkSync(join(CLONE, 'node_modules'), join(build, 'node_modules'));
  await runBuild(build);
  copyProductionPackages(join(dependencies, 'node_modules'));
  copyAll(stages.at(-1) ?? [], app, { build, dependencies });
  return app;
}

/** `COPY` as Docker does it: a folder's content goes into the target, a file into a target that ends with a slash. */
function copyAll(stage: readonly Instruction[], target: string, stages: Readonly<Record<string, string>>): void {
  mkdirSync(target, { recursive: true });
  for (const { name, rest } of stage) {
    if (name !== 'COPY') continue;
    const words = rest.split(' ');
    const from = /^--from=(\w+)/.exec(rest)?.[1];
    const root = from === undefined ? CLONE : (stages[from] ?? '');
    const to = words.at(-1) ?? '';
    for (const source of words.slice(from === undefined ? 0 : 1, -1)) {
      const path = join(root, source.replace(/^\/app\//, ''));
      cpSync(path, to.endsWith('/') ? join(target, to, basename(path)) : join(target, to), {
        recursive: true,
        // .dockerignore keeps the generated client of this clone out.
        filter: (file) => from !== undefined || relative(CLONE, file) !== join('src', 'store', 'prisma'),
      });
    }
  }
}

async function runBuild(folder: string): Promise<void> {
  const child = spawn('npm', ['run', '--silent', 'build'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => output.push(chunk));
  await once(child, 'close');
  if (child.exitCode !== 0) throw new Error(`npm run build failed:\n${Buffer.concat(output).toString()}`);
}

/** What `npm ci --omit=dev --omit=optional` installs, taken from what is installed here; and no tsx, which only sources need. */
function copyProductionPackages(target: string): void {
  const { packages } = Lock.parse(JSON.parse(readFileSync(join(CLONE, 'package-lock.json'), 'utf8')));
  const isLeftOut = ({ dev, optional, devOptional }: z.infer<typeof Lock>['packages'][string]) =>
    dev === true || optional === true || devOptional === true;
  const leftOut = new Set(Object.entries(packages).flatMap(([path, entry]) => (isLeftOut(entry) ? [path] : [])));
  for (const name of ['tsx', 'esbuild']) leftOut.add(join('node_modules', name));
  const source = join(CLONE, 'node_modules');
  mkdirSync(dirname(target), { recursive: true });
  cpSync(source, target, {
    recursive: true,
    filter: (path) =>
      !leftOut.has(relative(CLONE, path)) && !(dirname(path) === source && basename(path).startsWith('.')),
  });
}
