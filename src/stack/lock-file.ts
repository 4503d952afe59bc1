import { mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { identify, isRunning, type ProcessIdentity } from './process-identity.js';

/** Held by a running process, or left behind by one that is gone. */
export interface Lock {
  release(): void;
}

const Owner = z.object({ pid: z.number().int(), startedAt: z.string() });
/** A lock file that is being written is empty for a moment; one that stays so was left by a crash. */
const UNREADABLE_FOR_MS = 2_000;

/**
 * Takes the lock, also from a process that no longer runs. Answers its owner instead when it is held.
 * A lock is a file that only one process can create.
 */
export async function takeLock(path: string): Promise<Lock | { readonly heldBy: ProcessIdentity }> {
  const me = ownIdentity();
  for (;;) {
    if (create(path, me)) return { release: () => releaseLock(path, me) };
    const found = await readOwner(path);
    if (found === 'gone') continue;
    if (found.owner !== null && isRunning(found.owner)) return { heldBy: found.owner };
    moveAway(path, found.text);
  }
}

/** Waits until the lock is free, and takes it; its folder is made. `onWait` hears once who holds it. */
export async function waitForLock(path: string, onWait: (owner: ProcessIdentity) => void): Promise<Lock> {
  mkdirSync(dirname(path), { recursive: true });
  let told = false;
  for (;;) {
    const lock = await takeLock(path);
    if ('release' in lock) return lock;
    if (!told) onWait(lock.heldBy);
    told = true;
    await sleep(100);
  }
}

/** The running owner of the lock; null when it is free or was left behind. */
export function lockOwner(path: string): ProcessIdentity | null {
  const owner = parseOwner(readText(path) ?? '');
  return owner !== null && isRunning(owner) ? owner : null;
}

function ownIdentity(): ProcessIdentity {
  return identify(process.pid) ?? { pid: process.pid, startedAt: 'unknown' };
}

function create(path: string, owner: ProcessIdentity): boolean {
  try {
    writeFileSync(path, JSON.stringify(owner), { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}

async function readOwner(path: string): Promise<'gone' | { text: string; owner: ProcessIdentity | null }> {
  for (;;) {
    const text = readText(path);
    if (text === null) return 'gone';
    const owner = parseOwner(text);
    if (owner !== null || ageInMs(path) > UNREADABLE_FOR_MS) return { text, owner };
    await sleep(50);
  }
}

/** Two starts may find the same left-over: whoever moved away a fresh lock by mistake puts it back. */
function moveAway(path: string, expected: string): void {
  const aside = `${path}.${process.pid}.old`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readText(aside);
  if (moved !== null && moved !== expected) {
    try {
      writeFileSync(path, moved, { flag: 'wx', mode: 0o600 });
    } catch {
      // Somebody has taken it in between, and has it.
    }
  }
  rmSync(aside, { force: true });
}

function releaseLock(path: string, me: ProcessIdentity): void {
  const owner = parseOwner(readText(path) ?? '');
  if (owner?.pid === me.pid && owner.startedAt === me.startedAt) rmSync(path, { force: true });
}

function parseOwner(text: string): ProcessIdentity | null {
  try {
    return Owner.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function ageInMs(path: string): number {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return Infinity;
  }
}
