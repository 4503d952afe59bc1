import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { PrismaPg } from '@prisma/adapter-pg';
import type { SchemaEngine as Engine } from '@prisma/schema-engine-wasm';

/** The SQL that leads from an older schema text (null: an empty database) to `prisma/schema.prisma`, by Prisma's own engine. */
export async function schemaSql(databaseUrl: string, olderSchema: string | null): Promise<string> {
  const schema = await readFile(new URL('../../prisma/schema.prisma', import.meta.url), 'utf8');
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaPg({ connectionString: databaseUrl }));
  const { SchemaEngine } = await loadEngine();
  const engine = await SchemaEngine.new({ datamodels: [['schema.prisma', schema]] }, () => undefined, adapter);
  const result = await engine.diff({
    from: olderSchema === null ? { tag: 'empty' } : datamodel(olderSchema),
    to: datamodel(schema),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  if (result.stdout === null) throw new Error('Prisma answered no SQL for the difference of the schemas.');
  return result.stdout;
}

function datamodel(content: string) {
  return { tag: 'schemaDatamodel' as const, files: [{ path: 'schema.prisma', content }] };
}

interface EngineModule {
  readonly SchemaEngine: typeof Engine;
  __wbg_set_wasm(exports: object): void;
}

/** Node 20 cannot import `.wasm` files, which the package's entry does, so the module is put together by hand. */
async function loadEngine(): Promise<EngineModule> {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('@prisma/schema-engine-wasm'));
  const glue = (await import(join(folder, 'schema_engine_bg.js'))) as EngineModule;
  const module = await WebAssembly.compile(await readFile(join(folder, 'schema_engine_bg.wasm')));
  const instance = await WebAssembly.instantiate(module, { './schema_engine_bg.js': glue });
  glue.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  return glue;
}
