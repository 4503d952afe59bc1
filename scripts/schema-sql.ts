/**
 * Prints the SQL that turns an empty database (or, with `--from FILE`, an older schema file) into `prisma/schema.prisma`.
 * Works where Prisma's own engine cannot be downloaded: `npx tsx scripts/schema-sql.ts DATABASE_URL`.
 */
import { readFile } from 'node:fs/promises';
import { schemaSql } from '../test/support/schema-sql.js';

const [url, flag, file] = process.argv.slice(2);
if (url === undefined) throw new Error('Usage: tsx scripts/schema-sql.ts DATABASE_URL [--from OLD_SCHEMA]');
const from = flag === '--from' && file !== undefined ? await readFile(file, 'utf8') : null;
process.stdout.write(await schemaSql(url, from));
