import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { runQuietly } from './programs.mjs';
import { inRoot } from './root.mjs';

/** Generates the Prisma client when the schema or the installed Prisma changed since the last time. */
export async function generatePrismaClient() {
  const schema = inRoot('prisma', 'schema.prisma');
  if (!existsSync(schema)) return;
  const stamp = inRoot('src', 'store', 'prisma', '.stamp');
  const wanted = hashOf([schema, inRoot('package-lock.json'), inRoot('prisma.config.ts')]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  // Generating needs no engine, yet Prisma's command line downloads one first. Naming any program as the engine keeps
  // it from that. For this command alone: `prisma migrate` would do nothing with it, and say that all went well.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  await runQuietly('Generating the database client', process.execPath, [prismaProgram(), 'generate'], env);
  writeFileSync(stamp, wanted);
}

const prismaProgram = () => inRoot('node_modules', 'prisma', 'build', 'index.js');

function hashOf(paths) {
  const hash = createHash('sha256');
  for (const path of paths.filter(existsSync)) hash.update(readFileSync(path));
  return hash.digest('hex');
}
