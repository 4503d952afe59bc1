import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import type { ChildRecord } from './end-process.js';

const Signal = z.enum(['SIGINT', 'SIGTERM', 'SIGQUIT', 'SIGKILL']);
const Records = z.array(
  z.object({
    name: z.string(),
    pid: z.number().int().positive(),
    startedAt: z.string(),
    signals: z.array(Signal),
    graceMs: z.number(),
  }),
);

/** The children written down in a file; none when there is no file, or none that can be read. */
export function readChildren(path: string): readonly ChildRecord[] {
  try {
    return parseChildren(readFileSync(path, 'utf8'));
  } catch {
    return [];
  }
}

/** @throws when the text is cut off or is something else. */
export function parseChildren(text: string): readonly ChildRecord[] {
  return Records.parse(JSON.parse(text));
}

/** Replaces the file as a whole, so that whoever reads it after a crash never sees half of it. */
export function writeChildren(path: string, children: readonly ChildRecord[]): void {
  const written = `${path}.new`;
  writeFileSync(written, JSON.stringify(children), { mode: 0o600 });
  renameSync(written, path);
}
