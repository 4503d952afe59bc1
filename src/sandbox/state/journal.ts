import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Effect } from './effects.js';
import { readLines, writeWhole } from './lines.js';

/** Where effects are kept. One line of the file is one request, so a request is kept as a whole or not at all. */
export interface Journal {
  replay(apply: (effects: readonly Effect[]) => void): void;
  append(effects: readonly Effect[]): void;
  /** Replaces the journal by a snapshot when it has become long, or `now`: what is gone stands nowhere any more. */
  compact(effects: () => Iterable<Effect>, now: boolean): void;
  close(): void;
}

export class MemoryJournal implements Journal {
  replay(): void {}
  append(): void {}
  compact(): void {}
  close(): void {}
}

const COMPACT_AT_BYTES = 32 * 1024 * 1024;
const CHUNK_CHARACTERS = 1 << 20;

/**
 * A snapshot and the journal that follows it. The snapshot's first line names its generation, and with it the only
 * journal that belongs to it, so a crash between the two steps of a compaction cannot replay an old journal.
 * Lines are handed to the operating system before the answer is sent: they outlive the process, not a power cut.
 */
export class FileJournal implements Journal {
  #generation = 0;
  #file = -1;
  #bytes = 0;
  #snapshotBytes = 0;

  constructor(
    private readonly folder: string,
    private readonly compactAtBytes = COMPACT_AT_BYTES,
  ) {
    mkdirSync(folder, { recursive: true });
  }

  replay(apply: (effects: readonly Effect[]) => void): void {
    if (existsSync(this.#snapshot)) this.#snapshotBytes = this.#replaySnapshot(apply);
    this.#removeOtherFiles();
    this.#file = openSync(this.#path, 'a+');
    this.#bytes = readLines(this.#path, (line) => apply(parseEffects(line, this.#path)));
    if (fstatSync(this.#file).size > this.#bytes) ftruncateSync(this.#file, this.#bytes);
  }

  append(effects: readonly Effect[]): void {
    try {
      this.#bytes += writeWhole(this.#file, `${JSON.stringify(effects)}\n`);
    } catch (error) {
      ftruncateSync(this.#file, this.#bytes);
      throw error;
    }
  }

  compact(effects: () => Iterable<Effect>, now = false): void {
    if (!now && this.#bytes < Math.max(this.compactAtBytes, this.#snapshotBytes)) return;
    const next = this.#generation + 1;
    this.#snapshotBytes = this.#writeSnapshot(next, effects());
    closeSync(this.#file);
    const old = this.#path;
    this.#generation = next;
    this.#file = openSync(this.#path, 'a+');
    this.#bytes = 0;
    rmSync(old, { force: true });
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  get #snapshot(): string {
    return join(this.folder, 'snapshot.jsonl');
  }

  get #path(): string {
    return join(this.folder, `journal-${this.#generation}.jsonl`);
  }

  #replaySnapshot(apply: (effects: readonly Effect[]) => void): number {
    let first = true;
    return readLines(this.#snapshot, (line) => {
      if (first) this.#generation = parseGeneration(line, this.#snapshot);
      else apply(parseEffects(line, this.#snapshot));
      first = false;
    });
  }

  #writeSnapshot(generation: number, effects: Iterable<Effect>): number {
    const draft = `${this.#snapshot}.draft`;
    const file = openSync(draft, 'w');
    let bytes = 0;
    let text = `${generation}\n`;
    for (const effect of effects) {
      text += `${JSON.stringify([effect])}\n`;
      if (text.length < CHUNK_CHARACTERS) continue;
      bytes += writeWhole(file, text);
      text = '';
    }
    bytes += writeWhole(file, text);
    fsyncSync(file);
    closeSync(file);
    renameSync(draft, this.#snapshot);
    return bytes;
  }

  #removeOtherFiles(): void {
    for (const name of readdirSync(this.folder)) {
      const isStale = /^journal-\d+\.jsonl$/.test(name) && join(this.folder, name) !== this.#path;
      if (isStale || name.endsWith('.draft')) rmSync(join(this.folder, name));
    }
  }
}

/** The one place where the sandbox's own files become values. */
function parseEffects(line: string, path: string): readonly Effect[] {
  try {
    return JSON.parse(line) as readonly Effect[];
  } catch {
    throw new Error(damaged(path));
  }
}

function parseGeneration(line: string, path: string): number {
  if (!/^\d+$/.test(line)) throw new Error(damaged(path));
  return Number(line);
}

function damaged(path: string): string {
  return `The sandbox's file ${path} is damaged. Nothing was changed. Restore the file, or remove its folder to start with no networks.`;
}
