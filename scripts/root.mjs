import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** A path inside the clone. */
export const inRoot = (...parts) => join(root, ...parts);

/** For people; standard output belongs to what a program may read. */
export const say = (text) => process.stderr.write(`${text}\n`);
